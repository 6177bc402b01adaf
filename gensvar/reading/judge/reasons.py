"""The words that decided: those that say most for the answer that won, against the other answers."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from gensvar.reading.judge.columns import COLUMNS
from gensvar.reading.judge.verdict import Reason
from gensvar.reading.judge.words import Word

MOST = 3
"""Words that are named for a head, before neighbours are joined."""
LEAST = 0.15
"""A word that says less (logits, before the length of the post is reckoned in) decides nothing."""
SILENT = frozenset(""".,:;-–—()[]{}"'’‘“”„«»/|*_~&@""")
HEADS = ("kind", "sentiment", "abuse")
"""What reasons are given for in the words of the post; of its urgency the rules speak (`cues.WHY`)."""


def of(
    texts: Sequence[str],
    words: Sequence[Word],
    of_post: NDArray[np.intp],
    said: NDArray[np.float32],
    winners: Mapping[str, NDArray[np.intp]],
) -> list[tuple[Reason, ...]]:
    """The reasons of each post, head by head, the most telling first.

    said: words x columns. winners: per head the answer of each post; -1 = nothing to give reasons for.
    """
    found: list[list[Reason]] = [[] for _ in texts]
    for head in HEADS:
        weights = _for_the_winner(said[:, COLUMNS[head]], winners[head], of_post)
        for post, named in _most_telling(words, of_post, weights).items():
            found[post] += _joined(texts[post], words, weights, named, head)
    return [tuple(each) for each in found]


def _for_the_winner(
    said: NDArray[np.float32], winner: NDArray[np.intp], of_post: NDArray[np.intp]
) -> NDArray[np.float32]:
    won = winner[of_post]
    own = said[np.arange(len(said)), np.maximum(won, 0)]
    others = (said.sum(axis=1) - own) / (said.shape[1] - 1) if said.shape[1] > 1 else 0.0
    return np.where(won < 0, 0.0, own - others)


def _most_telling(
    words: Sequence[Word], of_post: NDArray[np.intp], weights: NDArray[np.float32]
) -> dict[int, list[int]]:
    """The words of each post that say most, by their place."""
    enough = np.flatnonzero(weights > LEAST)
    order = enough[np.lexsort((-weights[enough], of_post[enough]))]
    taken: dict[int, list[int]] = {}
    for at, post in zip(order.tolist(), of_post[order].tolist(), strict=True):
        named = taken.get(post)
        if named is None:
            named = taken[post] = []
        if len(named) < MOST and _tells(words[at]):
            named.append(at)
    return taken


def _tells(word: Word) -> bool:
    """Commas and quotes weigh too, but tell a person nothing."""
    return word.form[0] not in SILENT and word.end > word.start


def _joined(
    text: str, words: Sequence[Word], weights: NDArray[np.float32], named: list[int], head: str
) -> list[Reason]:
    """Neighbours become one stretch, and so do a word and its class; the most telling stretch stands first."""
    found: list[Reason] = []
    begin, end, weight = -1, -1, 0.0
    for at in sorted(named, key=lambda one: words[one].start):
        word = words[at]
        if word.start <= end + 1 and begin >= 0:
            end, weight = max(end, word.end), weight + float(weights[at])
            continue
        if begin >= 0:
            found.append(Reason(begin, end, text[begin:end], head, weight))
        begin, end, weight = word.start, word.end, float(weights[at])
    if begin >= 0:
        found.append(Reason(begin, end, text[begin:end], head, weight))
    return sorted(found, key=lambda one: -one.weight)
