"""What a query finds, in words: pieces with a kind, so that a screen can say them in its own language."""

from dataclasses import dataclass

from gensvar.reading.query import parse
from gensvar.reading.tree import Group, Item, Near, Term

SENTENCES = {
    "any": "Any of these:",
    "all": "All of these:",
    "without": "But not with any of these:",
    "near": "At most {words} words apart:",
    "word": "“{text}”, its inflected forms and compounds that begin with it",
    "exact": "“{text}” in this form only",
    "prefix": "words that begin with “{text}”",
    "phrase": "the words “{text}” in this order; the last may be inflected",
    "tag": "the hashtag #{text}",
    "handle": "the handle @{text}",
    "url": "links to {text} and below it",
    "from": "posts written by @{text}",
    "lang": "posts in the language {text}",
}
"""The English sentence of each kind of piece; a screen translates these."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of an explanation; `depth` counts how many headings it stands below."""

    kind: str
    text: str = ""
    words: int = 0
    depth: int = 0

    def __str__(self) -> str:
        """The line in English."""
        return SENTENCES[self.kind].format(text=self.text, words=self.words)


def explain(query: str) -> list[Piece]:
    """What `query` finds, from the outside in; BadQuery when it cannot be read."""
    return pieces(parse(query))


def pieces(item: Item) -> list[Piece]:
    """What a part of a query finds."""
    return _item(item, 0)


def _group(group: Group, depth: int) -> list[Piece]:
    said: list[Piece] = []
    inner = depth
    if len(group.ways) > 1:
        said.append(Piece("any", depth=depth))
        inner += 1
    for way in group.ways:
        said += _list("all", way, inner) if len(way) > 1 else _item(way[0], inner)
    return said + (_list("without", group.without, depth) if group.without else [])


def _list(kind: str, items: tuple[Item, ...], depth: int, words: int = 0) -> list[Piece]:
    return [
        Piece(kind, words=words, depth=depth),
        *(piece for item in items for piece in _item(item, depth + 1)),
    ]


def _item(item: Item, depth: int) -> list[Piece]:
    if isinstance(item, Term):
        return [Piece(item.how, item.text, depth=depth)]
    if isinstance(item, Near):
        return _list("near", (item.left, item.right), depth, item.words)
    return _group(item, depth)
