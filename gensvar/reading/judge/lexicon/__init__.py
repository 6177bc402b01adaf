"""Words that say the same thing: `<language>.txt`, `urgent-<language>.txt`, and how they are found in a post.

A line is `class: entry, entry …`; an entry is a word, a beginning (`kal*`) or a phrase of up to four of these. So a
word that no labelled post ever held still counts like others of its class.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from gensvar.reading.judge.words import Word, cut

BEGINNING = "*"
SHORTEST = 3
"""Letters of the shortest beginning that is looked for."""


class Phrase(NamedTuple):
    """The words of an entry after its first, and the class of the whole."""

    rest: tuple[str, ...]
    name: str


class Entry(NamedTuple):
    """What begins with one word: classes of the word alone, and phrases."""

    names: tuple[str, ...]
    phrases: tuple[Phrase, ...]


NOTHING = Entry((), ())


class Lexicon:
    """The classes of one language."""

    def __init__(self, lines: str) -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._beginnings: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for line in lines.splitlines():
            name, colon, entries = line.partition(":")
            if colon and not line.startswith("#"):
                for entry in entries.split(","):
                    self._add(entry.strip().lower(), name.strip())
        self._of: dict[str, Entry] = {}

    def found(self, words: Sequence[Word]) -> Iterator[tuple[str, Word, Word]]:
        """Every class that is met, in order: its name, its first word and its last. A phrase uses up its words."""
        after = 0
        for at, word in enumerate(words):
            entry = self._of.get(word.form) or self._entry(word.form)
            if at < after or entry is NOTHING:
                continue
            phrase = next((one for one in entry.phrases if _follows(words, at, one.rest)), None)
            if phrase is not None:
                after = at + len(phrase.rest) + 1
                yield phrase.name, word, words[after - 1]
            else:
                for name in entry.names:
                    yield name, word, word

    def _add(self, entry: str, name: str) -> None:
        forms = [form for written in entry.split() for form in _forms(written)]
        if forms and forms[0] != BEGINNING:
            first, *rest = forms
            kept = self._beginnings if first.endswith(BEGINNING) else self._exact
            kept.setdefault(first.removesuffix(BEGINNING), []).append((tuple(rest), name))

    def _entry(self, form: str) -> Entry:
        """What begins with this word: an exact word goes first, then a longer beginning before a shorter."""
        if len(self._of) > 100_000:
            self._of.clear()
        begun = [self._beginnings.get(form[:size], ()) for size in range(len(form), SHORTEST - 1, -1)]
        ways = [self._exact.get(form, ()), *begun]
        alone = next(
            (
                tuple(dict.fromkeys(name for rest, name in way if not rest))
                for way in ways
                if any(not rest for rest, _ in way)
            ),
            (),
        )
        phrases = [Phrase(rest, name) for way in ways for rest, name in way if rest]
        phrases.sort(key=lambda one: -len(one.rest))
        made = self._of[form] = Entry(alone, tuple(phrases)) if alone or phrases else NOTHING
        return made


def _forms(written: str) -> list[str]:
    """What is written as one word, cut as posts are; the last of it may be a beginning."""
    begins = written.endswith(BEGINNING)
    forms = [word.form for word in cut(written.removesuffix(BEGINNING))]
    if begins and forms:
        forms[-1] += BEGINNING
    return forms


def _follows(words: Sequence[Word], at: int, rest: tuple[str, ...]) -> bool:
    if at + len(rest) >= len(words):
        return False
    return all(
        words[at + step].form.startswith(wanted[:-1])
        if wanted.endswith("*")
        else words[at + step].form == wanted
        for step, wanted in enumerate(rest, start=1)
    )


def of(language: str) -> Lexicon:
    """What people say about companies, in a language; empty where nothing is written."""
    return _book(f"{language}.txt")


def urgent(language: str) -> Lexicon:
    """What makes a post urgent. It is looked for by itself: a word may be urgent whatever else it says."""
    return _book(f"urgent-{language}.txt")


@cache
def _book(name: str) -> Lexicon:
    path = resources.files(__name__).joinpath(name)
    return Lexicon(path.read_text(encoding="utf-8") if path.is_file() else "")
