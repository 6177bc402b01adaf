"""Which forms of a word count as the word: its stems, and how what follows a stem makes a form of it.

The tables of the languages are in `endings`; here they are put together for the languages of a watch.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from gensvar.reading.endings import dutch, english, finnish, german, north
from gensvar.reading.endings.compounds import is_compound
from gensvar.reading.endings.friends import false_friends

type Endings = frozenset[str]
type Stems = Callable[[str], Iterator[tuple[str, Endings]]]

_STEMS: dict[str, Stems] = {
    "fi": finnish.stems,
    "sv": partial(north.stems, language="sv"),
    "no": partial(north.stems, language="no"),
    "da": partial(north.stems, language="da"),
    "nl": dutch.stems,
    "de": german.stems,
    "en": english.stems,
}
LANGUAGES = tuple(_STEMS)
"""Whose inflections are known; all of them unless a watch says otherwise."""
CHANGING = frozenset(("fi", "sv", "en"))
"""In which a word may change before its endings; in the others it is the only stem."""

TAIL = re.compile(r"\w*(?:[:'’ʼ\-‐‑]\w+){0,8}")
"""What may follow a stem and still belong to the same written word; bounded, since posts may be hostile."""
_SAME = str.maketrans("’ʼ‐‑", "''--")
_SPLIT = re.compile(r"(\w*)(?:([:'-])(.*))?")


@dataclass(frozen=True, slots=True)
class Stem:
    """A beginning that some forms of a word share, with their endings by language."""

    text: str
    endings: tuple[Endings, ...]
    languages: tuple[str, ...] = ()
    """Whose compounds count behind it; none when the stem is not the word itself."""
    false_friends: tuple[str, ...] = ()
    """Beginnings of words that begin with the stem and are something else."""

    def ends(self, tail: str) -> tuple[str, int]:
        """How `tail` (see TAIL) behind the stem makes a form, and how much of it belongs; `""`: not at all."""
        if not tail:
            return ("exact" if self.languages else "", 0)
        if tail.isalpha():
            how = self._how(tail)
            return (how, len(tail)) if how else ("", 0)
        split = _SPLIT.fullmatch(tail.translate(_SAME))
        assert split is not None
        letters, mark, rest = split[1], split[2], split[3]
        if letters:
            return self._letters(letters, mark, len(tail))
        if not self.languages:
            return "", 0
        if mark == "-":
            return "compound", len(tail)
        if any(mark + rest in endings for endings in self.endings):
            return "inflected", len(tail)
        return ("exact", 0) if mark == ":" else ("", 0)

    def _letters(self, letters: str, mark: str | None, whole: int) -> tuple[str, int]:
        how = self._how(letters)
        if not how or mark == "'":
            return "", 0
        return ("compound", whole) if mark == "-" else (how, len(letters))

    def _how(self, letters: str) -> str:
        if self.false_friends and (self.text + letters).startswith(self.false_friends):
            return ""
        for endings in self.endings:
            if letters in endings:
                return "inflected"
        return "compound" if self.languages and is_compound(self.text, letters, self.languages) else ""


@lru_cache(maxsize=50_000)
def forms(word: str, languages: tuple[str, ...] = LANGUAGES) -> tuple[Stem, ...]:
    """The stems of `word` (folded) in `languages`; the first is the word itself."""
    stems: dict[str, set[Endings]] = {word: set()}
    for stem, endings in _stems(word, languages):
        stems.setdefault(stem, set()).add(endings)
    return tuple(_stem(stem, word, languages, tuple(endings)) for stem, endings in stems.items())


def beginnings(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """With one of which each form of `word` begins; none of them begins with another."""
    others = [language for language in languages if language in CHANGING]
    if not others:
        return (word,)
    stems = sorted({word, *[stem for stem, _ in _stems(word, others)]})
    if len(stems) == 1:
        return (word,)
    return tuple(stem for place, stem in enumerate(stems) if not stem.startswith(tuple(stems[:place])))


def _stems(word: str, languages: Iterable[str]) -> Iterator[tuple[str, Endings]]:
    for language in languages:
        yield from _STEMS[language](word)


def _stem(stem: str, word: str, languages: tuple[str, ...], endings: tuple[Endings, ...]) -> Stem:
    return Stem(stem, endings, languages if stem == word else (), false_friends(word))
