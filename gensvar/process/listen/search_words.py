"""Which words a network is asked for to find afterwards what a watch would have met; pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from gensvar.reading.folding import fold
from gensvar.reading.query import parse
from gensvar.reading.tree import Item, Near, Term

_SIGNS = {"tag": "#", "handle": "@"}


@dataclass(frozen=True, slots=True)
class Sought:
    """Every post that the watch meets holds one of `words` (in some form), or is by one of `authors`."""

    words: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()

    def __or__(self, other: "Sought") -> "Sought":
        return Sought(self.words | other.words, self.authors | other.authors)


def sought(query: str) -> Sought:
    """What to ask for, as it is written in the query; empty for a query that asks for a language only."""
    found = _of(parse(query))
    return Sought(frozenset(_as_typed(word, query) for word in found.words), found.authors)


def _of(item: Item) -> Sought:
    if isinstance(item, Term):
        return _of_term(item)
    if isinstance(item, Near):
        return max(_of(item.left), _of(item.right), key=_rarity)
    ways = (_of_way(way) for way in item.ways)
    return _joined(ways)


def _of_term(term: Term) -> Sought:
    if term.how == "from":
        return Sought(authors=frozenset({term.text}))
    if term.how == "lang":
        return Sought()
    return Sought(words=frozenset({_SIGNS.get(term.how, "") + term.text}))


def _of_way(way: tuple[Item, ...]) -> Sought:
    """Of what must stand together only the rarest is asked for."""
    return max((_of(item) for item in way), key=_rarity)


def _joined(parts: Iterable[Sought]) -> Sought:
    found = Sought()
    for part in parts:
        found |= part
    return found


def _rarity(found: Sought) -> int:
    """Roughly how rare it is: an author is rarer than any word, a long word rarer than a short one."""
    lengths = [len(word) for word in found.words] + [1000 for _ in found.authors]
    return min(lengths, default=0)


def _as_typed(word: str, query: str) -> str:
    """The word with the capitals that people gave it: some networks tell them apart when they search."""
    folded = fold(query)
    begins = folded.text.find(word)
    if begins < 0:
        return word
    start, end = folded.place(begins, begins + len(word))
    return query[start:end]
