"""Words that say the same thing: `<language>.txt`, `urgent-<language>.txt`, and how they are found in a post.

A line is `class: entry, entry …`; an entry is a word, a beginning (`kal*`) or a phrase of up to four of these. So a
word that no labelled post ever held still counts like others of its class.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from gensvar.reading.judge.words import cut
from gensvar.reading.judge.words import form as form_of

BEGINNING = "*"
SHORTEST = 3
"""Letters of the shortest beginning that is looked for."""


class Node:
    """What is known after some words of an entry: the classes of an entry that ends here, and what may follow."""

    __slots__ = ("begins", "exact", "names", "starts")

    def __init__(self) -> None:
        self.names: tuple[str, ...] = ()
        self.exact: dict[str, Node] = NOWHERE
        self.begins: dict[str, Node] = NOWHERE
        self.starts: frozenset[str] = frozenset()
        """The first letters (SHORTEST of them) of all that stands in `begins`."""

    def begun(self, form: str) -> list["Node"]:
        """Where this word leads as one that only begins so, a longer beginning before a shorter."""
        if form[:SHORTEST] not in self.starts:
            return []
        sizes = range(len(form), SHORTEST - 1, -1)
        return [self.begins[form[:size]] for size in sizes if form[:size] in self.begins]

    def grown(self, form: str) -> "Node":
        """The node behind this written form, made when it is new."""
        bare = form.removesuffix(BEGINNING)
        if bare == form:
            self.exact = self.exact or {}
            return self.exact.setdefault(bare, Node())
        self.begins = self.begins or {}
        if bare[:SHORTEST] not in self.starts:
            self.starts |= {bare[:SHORTEST]}
        return self.begins.setdefault(bare, Node())


NOWHERE: dict[str, Node] = {}
"""What most nodes lead to; it stays empty."""


class Entry(NamedTuple):
    """What begins with one word: the classes of the word alone, and where a phrase may go on."""

    names: tuple[str, ...]
    going_on: tuple[Node, ...]
    next_words: frozenset[str]
    next_beginnings: frozenset[str]
    """The first letters (SHORTEST of them) of words with which a phrase may go on."""


type Met = tuple[str, int, int]
"""The name of a sign or class that is met, and the places of the first and the last of its words."""

NOTHING = Entry((), (), frozenset(), frozenset())


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

    def found(self, forms: Sequence[str], places: Iterable[int]) -> list[Met]:
        """Every class that is met, in order. A phrase uses up its words.

        places: where to look, in order: at least where something `begins`.
        """
        met: list[Met] = []
        after, known = 0, self._of
        for at in places:
            if at < after:
                continue
            entry = known.get(forms[at]) or self._entry(forms[at])
            names, after = entry.names, at + 1
            if entry.going_on and _goes_on(entry, forms, after):
                names, after = _longest(forms, at, entry)
            for name in names:
                met.append((name, at, after - 1))
        return met

    def begins(self, form: str) -> bool:
        """Does anything begin with this word?"""
        return (self._of.get(form) or self._entry(form)) is not NOTHING

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
        nodes = _after([self._root], form)
        made = self._of[form] = _entry(nodes) if nodes else NOTHING
        return made


def _entry(nodes: Sequence[Node]) -> Entry:
    """What these nodes say together, the first of them first."""
    names = next((node.names for node in nodes if node.names), ())
    going_on = tuple(node for node in nodes if node.exact or node.begins)
    words = frozenset(form for node in going_on for form in node.exact)
    return Entry(names, going_on, words, frozenset(start for node in going_on for start in node.starts))


def _after(nodes: Sequence[Node], form: str) -> list[Node]:
    """Where this word leads from each node: the word itself first, then what it begins with."""
    found = []
    for node in nodes:
        own = node.exact.get(form)
        if own is not None:
            found.append(own)
        if node.starts:
            found += node.begun(form)
    return found


def _goes_on(entry: Entry, forms: Sequence[str], after: int) -> bool:
    """May a phrase go on with the word after this one? Mostly not, which is seen at once."""
    if after == len(forms):
        return False
    form = forms[after]
    return form in entry.next_words or (
        bool(entry.next_beginnings) and form[:SHORTEST] in entry.next_beginnings
    )


def _longest(forms: Sequence[str], at: int, entry: Entry) -> tuple[tuple[str, ...], int]:
    """The classes of the longest entry that begins at this word, and the place after its last word."""
    names, end = entry.names, at + 1
    nodes: Sequence[Node] = entry.going_on
    for place in range(at + 1, len(forms)):
        nodes = _after(nodes, forms[place])
        if not nodes:
            break
        said = next((node.names for node in nodes if node.names), ())
        if said:
            names, end = said, place + 1
    return names, end


def _forms(written: str) -> list[str]:
    """What is written as one word, cut as posts are; the last of it may be a beginning."""
    begins = written.endswith(BEGINNING)
    bare = written.removesuffix(BEGINNING)
    forms = [form_of(bare)] if bare.isalpha() else [word.form for word in cut(bare)]
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
