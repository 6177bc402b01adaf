"""A query taken apart: itself without its exclusions, what it excludes, and what must stand together."""

from collections.abc import Iterator

from gensvar.reading.tree import Group, Item, Near, Term


def without_exclusions(item: Item) -> Item:
    """`item` with every NOT taken out, also within parentheses."""
    if isinstance(item, Term):
        return item
    if isinstance(item, Near):
        return Near(without_exclusions(item.left), without_exclusions(item.right), item.words)
    return Group(tuple(tuple(without_exclusions(part) for part in way) for way in item.ways))


def exclusions(item: Item) -> Iterator[Item]:
    """Every part that a NOT excludes, in the order of the query."""
    for part in _within(item):
        yield from exclusions(part)
    if isinstance(item, Group):
        yield from item.without


def together(item: Item) -> Iterator[tuple[Item, ...]]:
    """Parts of which a post needs all: those that AND joins."""
    if isinstance(item, Group):
        yield from (way for way in item.ways if len(way) > 1)
    for part in _within(item):
        yield from together(part)


def nears(item: Item) -> Iterator[Near]:
    """Every pair that must stand near each other."""
    if isinstance(item, Near):
        yield item
    for part in _within(item):
        yield from nears(part)


def _within(item: Item) -> Iterator[Item]:
    if isinstance(item, Near):
        yield from (item.left, item.right)
    elif isinstance(item, Group):
        for way in item.ways:
            yield from way
