"""The exact check of one query on one post: its tree, made ready to be asked many times."""

from bisect import bisect_left
from collections.abc import Callable, Iterator

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
    ways = [_way([compiled(item, languages) for item in way]) for way in group.ways]
    if not without and len(ways) == 1:
        return ways[0]

    def check(post: Post) -> Found:
        met, marks = False, []
        for way in ways:
            found = way(post)
            if found is not None:
                met = True
                marks += found
        if not met:
            return None
        for item in without:
            if item(post) is not None:
                return None
        return marks

    return check


def _way(items: list[Check]) -> Check:
    if len(items) == 1:
        return items[0]

    def check(post: Post) -> Found:
        marks: list[Mark] = []
        for item in items:
            found = item(post)
            if found is None:
                return None
            marks += found
        return marks

    return check


def _near(left: Check, right: Check, words: int) -> Check:
    def check(post: Post) -> Found:
        lefts, rights = _placed(left(post)), _placed(right(post))
        if not lefts or not rights:
            return None
        pairs = [*_following(lefts, rights, words, post), *_following(rights, lefts, words, post)]
        return list(dict.fromkeys(mark for pair in pairs for mark in pair)) or None

    return check


def _placed(found: Found) -> list[Mark]:
    """The marks that stand in the text, in its order."""
    return sorted(mark for mark in found or () if mark.end > mark.start)


def _following(ones: list[Mark], twos: list[Mark], words: int, post: Post) -> Iterator[tuple[Mark, Mark]]:
    """Pairs of which the second begins behind the first, at most `words` words on."""
    starts = [two.start for two in twos]
    for one in ones:
        last = post.word_at(one.end - 1)
        for place in range(bisect_left(starts, one.end), len(twos)):
            two = twos[place]
            if post.word_at(two.start) - last > words:
                break
            yield one, two
