"""The exact check of one query on one post: its tree, made ready to be asked many times."""

from collections.abc import Callable

from gensvar.reading.finders import Found, finder
from gensvar.reading.post import Mark, Post
from gensvar.reading.tree import Group, Item, Near, Term

type Check = Callable[[Post], Found]


def compiled(item: Item, languages: tuple[str, ...]) -> Check:
    """The check of `item`: all marks of the ways that are met, or None when it is not met."""
    if isinstance(item, Term):
        return finder(item, languages)
    if isinstance(item, Near):
        return _near(compiled(item.left, languages), compiled(item.right, languages), item.words)
    return _group(item, languages)


def _group(group: Group, languages: tuple[str, ...]) -> Check:
    without = [compiled(item, languages) for item in group.without]
    ways = [[compiled(item, languages) for item in way] for way in group.ways]
    if not without and len(ways) == 1 and len(ways[0]) == 1:
        return ways[0][0]

    def check(post: Post) -> Found:
        met, marks = False, []
        for way in ways:
            found = _all(way, post)
            if found is not None:
                met = True
                marks += found
        if not met or any(item(post) is not None for item in without):
            return None
        return marks

    return check


def _all(way: list[Check], post: Post) -> Found:
    marks: list[Mark] = []
    for item in way:
        found = item(post)
        if found is None:
            return None
        marks += found
    return marks


def _near(left: Check, right: Check, words: int) -> Check:
    def check(post: Post) -> Found:
        lefts, rights = left(post), right(post)
        if not lefts or not rights:
            return None
        pairs = [(one, two) for one in lefts for two in rights if _apart(one, two, post) <= words]
        return list(dict.fromkeys(mark for pair in pairs for mark in pair)) or None

    return check


_FAR = 10**9


def _apart(one: Mark, two: Mark, post: Post) -> int:
    """How many words lie from the end of the first to the beginning of the second; overlapping ones: far."""
    first, second = (one, two) if one.start <= two.start else (two, one)
    if first.end > second.start or first.start == first.end:
        return _FAR
    return post.word_at(second.start) - post.word_at(first.end - 1)
