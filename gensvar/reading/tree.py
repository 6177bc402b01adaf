"""What a query means, as a tree: terms, pairs that stand near each other, and groups of them."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from gensvar.kernel.sentence import Sentence

How = Literal["word", "exact", "prefix", "phrase", "tag", "handle", "url", "from", "lang"]


class BadQuery(ValueError):
    """The query cannot be read. `column` counts from 1; `why` says the mend too."""

    def __init__(self, why: Sentence, column: int) -> None:
        super().__init__(f"Column {column}: {why}")
        self.why, self.column = why, column


class Term(Struct, frozen=True, gc=False):
    """One thing to look for; `text` is folded (`reading.folding`), without its sign."""

    how: How
    text: str


class Near(Struct, frozen=True, gc=False):
    """Matches where `left` and `right` stand at most `words` words apart, in either order."""

    left: "Item"
    right: "Item"
    words: int


class Group(Struct, frozen=True, gc=False):
    """Matches when one of `ways` has all its items, and none of `without` matches."""

    ways: tuple[tuple["Item", ...], ...]
    without: tuple["Item", ...] = ()


type Item = Term | Near | Group


def terms(item: Item) -> Iterator[Term]:
    """Every term that could be found, exclusions left out."""
    if isinstance(item, Term):
        yield item
    elif isinstance(item, Near):
        yield from terms(item.left)
        yield from terms(item.right)
    else:
        for way in item.ways:
            for part in way:
                yield from terms(part)


def literals(item: Item) -> set[str]:
    """The texts of all terms that could be found."""
    return {term.text for term in terms(item)}
