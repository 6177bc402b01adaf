"""Words that say the same thing: `<language>.txt`, `urgent-<language>.txt`, and how they are found in a post.

A line is `class: entry, entry …`; an entry is a word, a beginning (`kal*`) or a phrase of up to four of these. So a
word that no labelled post ever held still counts like others of its class.
"""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from gensvar.reading.judge.words import Word, cut

BEGINNING = "*"
SHORTEST = 3
"""Letters of the shortest beginning that is looked for."""


class Node:
    """What is known after some words of an entry: the classes of an entry that ends here, and what may follow."""

    __slots__ = ("begins", "exact", "names")

    def __init__(self) -> None:
        self.names: tuple[str, ...] = ()
        self.exact: dict[str, Node] = {}
        self.begins: dict[str, Node] = {}

    def after(self, form: str) -> list["Node"]:
        """Where this word leads: the word itself first, then a longer beginning before a shorter."""
        own = self.exact.get(form)
        found = [own] if own is not None else []
        if self.begins:
            sizes = range(len(form), SHORTEST - 1, -1)
            found += [self.begins[form[:size]] for size in sizes if form[:size] in self.begins]
        return found

    def grown(self, form: str) -> "Node":
        """The node behind this written form, made when it is new."""
        kept = self.begins if form.endswith(BEGINNING) else self.exact
        return kept.setdefault(form.removesuffix(BEGINNING), Node())


class Entry(NamedTuple):
    """What begins with one word: the classes of the word alone, and where a phrase may go on."""

    names: tuple[str, ...]
    going_on: tuple[Node, ...]


NOTHING = Entry((), ())


class Lexicon:
    """The classes of one language."""

    def __init__(self, lines: str) -> None:
        self._root = Node()
        self._of: dict[str, Entry] = {}
        for line in lines.splitlines():
            name, colon, entries = line.partition(":")
            if colon and not line.startswith("#"):
                for entry in entries.split(","):
                    self._add(entry.strip().lower(), name.strip())

    def found(self, words: Sequence[Word]) -> list[tuple[str, Word, Word]]:
        """Every class that is met, in order: its name, its first word and its last. A phrase uses up its words."""
        after, met, known = 0, [], self._of
        for at, word in enumerate(words):
            entry = known.get(word.form) or self._entry(word.form)
            if entry is NOTHING or at < after:
                continue
            names, after = _longest(words, at, entry) if entry.going_on else (entry.names, at + 1)
            met += [(name, word, words[after - 1]) for name in names]
        return met

    def _add(self, entry: str, name: str) -> None:
        forms = [form for written in entry.split() for form in _forms(written)]
        if not forms or forms[0] == BEGINNING:
            return
        node = self._root
        for form in forms:
            node = node.grown(form)
        node.names = tuple(dict.fromkeys([*node.names, name]))

    def _entry(self, form: str) -> Entry:
        """What begins with this word."""
        if len(self._of) > 100_000:
            self._of.clear()
        nodes = self._root.after(form)
        names = next((node.names for node in nodes if node.names), ())
        going_on = tuple(node for node in nodes if node.exact or node.begins)
        made = self._of[form] = Entry(names, going_on) if names or going_on else NOTHING
        return made


def _longest(words: Sequence[Word], at: int, entry: Entry) -> tuple[tuple[str, ...], int]:
    """The classes of the longest entry that begins at this word, and the place after its last word."""
    names, end = entry.names, at + 1
    nodes: Sequence[Node] = entry.going_on
    for place in range(at + 1, len(words)):
        form = words[place].form
        nodes = [further for node in nodes for further in node.after(form)]
        if not nodes:
            break
        said = next((node.names for node in nodes if node.names), ())
        if said:
            names, end = said, place + 1
    return names, end


def _forms(written: str) -> list[str]:
    """What is written as one word, cut as posts are; the last of it may be a beginning."""
    begins = written.endswith(BEGINNING)
    forms = [word.form for word in cut(written.removesuffix(BEGINNING))]
    if begins and forms:
        forms[-1] += BEGINNING
    return forms


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
