"""The words that decided: those that say most for the answer that won, against the other answers."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gensvar.reading.judge.columns import COLUMNS
from gensvar.reading.judge.cues import NO_WORD
from gensvar.reading.judge.post import Places, Post
from gensvar.reading.judge.verdict import Reason
from gensvar.reading.judge.words import LONGEST_TEXT

Floats = NDArray[np.float32]
MOST = 3
"""Words that are named for a head, before neighbours are joined."""
LEAST = 0.15
"""A word that says less (logits, before the length of the post is reckoned in) decides nothing."""
HEADS = ("kind", "sentiment", "abuse")
"""What reasons are given for in the words of the post; of its urgency the rules speak (`cues.WHY`)."""
COLUMN_END = max(COLUMNS[head].stop for head in HEADS)
"""No column from here on gives reasons."""
SILENT = frozenset(""".,:;-–—()[]{}"'’‘“”„«»/|*_~&@""")


def tells(form: str) -> bool:
    """Does a word tell a person something? Commas and quotes weigh too, and do not."""
    return form[0] not in SILENT and form != NO_WORD.form


class Stretches(NamedTuple):
    """Words, signs and classes of many posts, one behind the other: where they stand, as words of their post."""

    of_post: Places
    firsts: Places
    lasts: Places
    tells: NDArray[np.bool_]
    """Do they tell a person something?"""


class Named(NamedTuple):
    """What is named for posts and heads. A key is post and head as one number."""

    keys: Places
    starts: Places
    ends: Places
    """In code points."""
    weights: NDArray[np.float64]


def of(
    posts: Sequence[Post], stretches: Stretches, said: Floats, winners: Mapping[str, Places]
) -> list[tuple[Reason, ...]]:
    """The reasons of each post, head by head, the most telling first.

    said: stretches x columns. winners: per head the answer of each post; -1 = nothing to give reasons for.
    """
    found: list[list[Reason]] = [[] for _ in posts]
    for key, start, end, weight in zip(*_joined(_most_telling(posts, stretches, said, winners)), strict=True):
        post, head = divmod(key, len(HEADS))
        found[post].append(Reason(start, end, posts[post].text[start:end], HEADS[head], weight))
    return [tuple(each) for each in found]


def _most_telling(
    posts: Sequence[Post], stretches: Stretches, said: Floats, winners: Mapping[str, Places]
) -> Named:
    """Of each post and head those that say most, as they stand in the post."""
    at, keys, weights = _enough(stretches, said, winners)
    order = np.lexsort((-weights, keys))
    order = order[_rank(keys[order]) < MOST]
    order = order[np.lexsort((stretches.firsts[at[order]], keys[order]))]
    at, keys = at[order], keys[order]
    starts, ends = _places(posts, keys // len(HEADS), stretches.firsts[at], stretches.lasts[at])
    return Named(keys, starts, ends, weights[order].astype(np.float64))


def _places(posts: Sequence[Post], of_post: Places, firsts: Places, lasts: Places) -> tuple[Places, Places]:
    """Where stretches begin and end: code points of their posts."""
    counts = np.fromiter((len(post.pieces) for post in posts), dtype=np.intp, count=len(posts))
    sizes = (len(piece) for post in posts for piece in post.pieces)
    ends = np.cumsum(np.fromiter(sizes, dtype=np.intp, count=int(counts.sum())))
    pieces = np.cumsum(counts) - counts
    begins = np.append(0, ends)[pieces]
    at = pieces[of_post]
    return ends[at + 2 * firsts] - begins[of_post], ends[at + 2 * lasts + 1] - begins[of_post]


def _joined(named: Named) -> tuple[list[int], list[int], list[int], list[float]]:
    """Neighbours become one stretch, as do a word and its class; a head's most telling stretch stands first."""
    far = named.keys * (2 * LONGEST_TEXT)  # so that nothing is near what stands under another key
    reached = np.maximum.accumulate(named.ends + far)
    begins = np.append(np.ones(1, dtype=bool), (named.starts + far)[1:] > reached[:-1] + 1)[: len(far)]
    at = np.flatnonzero(begins)
    if not len(at):
        return [], [], [], []
    weights = np.add.reduceat(named.weights, at)
    order = np.lexsort((-weights, named.keys[at]))
    ends = np.maximum.reduceat(named.ends, at)
    return (
        named.keys[at][order].tolist(),
        named.starts[at][order].tolist(),
        ends[order].tolist(),
        weights[order].tolist(),
    )


def _enough(
    stretches: Stretches, said: Floats, winners: Mapping[str, Places]
) -> tuple[Places, Places, Floats]:
    """What says enough for a head: its place, post and head as one number, and how much it says."""
    compared = said[:, :COLUMN_END] * _against(winners)[stretches.of_post]
    speaking: Floats = np.asarray(compared @ _OF_HEAD, dtype=np.float32)
    enough = np.flatnonzero((speaking > LEAST) & stretches.tells[:, None])
    at, head = enough // len(HEADS), enough % len(HEADS)
    return at, stretches.of_post[at] * len(HEADS) + head, speaking.ravel()[enough]


def _against(winners: Mapping[str, Places]) -> Floats:
    """posts x columns: what compares the answer that won with the mean of the others of its head."""
    made = np.zeros((len(winners[HEADS[0]]), COLUMN_END), dtype=np.float32)
    for head in HEADS:
        columns, won = COLUMNS[head], winners[head]
        others = columns.stop - columns.start - 1
        made[:, columns] = -1 / others if others else 0.0
        made[np.arange(len(won)), columns.start + np.maximum(won, 0)] = won >= 0
    return made


def _of_head() -> Floats:
    """columns x heads: 1 where a column is the head's."""
    made = np.zeros((COLUMN_END, len(HEADS)), dtype=np.float32)
    for number, head in enumerate(HEADS):
        made[COLUMNS[head], number] = 1.0
    return made


_OF_HEAD = _of_head()


def _rank(keys: Places) -> Places:
    """The how-manieth of its key each one is, from 0: keys are sorted."""
    is_first = np.ones(len(keys), dtype=bool)
    is_first[1:] = keys[1:] != keys[:-1]
    begins = np.flatnonzero(is_first)
    return np.arange(len(keys)) - np.repeat(begins, np.diff(begins, append=len(keys)))
