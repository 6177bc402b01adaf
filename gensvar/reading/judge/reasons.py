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
HEADS = ("kind", "sentiment", "abuse", "urgency")


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
        for post, reasons in _most_telling(words, of_post, weights, head).items():
            text = texts[post]
            found[post] += [one._replace(text=text[one.start : one.end]) for one in reasons]
    return [tuple(each) for each in found]


def _for_the_winner(
    said: NDArray[np.float32], winner: NDArray[np.intp], of_post: NDArray[np.intp]
) -> NDArray[np.float32]:
    won = winner[of_post]
    own = said[np.arange(len(said)), np.maximum(won, 0)]
    others = (said.sum(axis=1) - own) / (said.shape[1] - 1) if said.shape[1] > 1 else 0.0
    return np.where(won < 0, 0.0, own - others)


def _most_telling(
    words: Sequence[Word], of_post: NDArray[np.intp], weights: NDArray[np.float32], head: str
) -> dict[int, list[Reason]]:
    enough = np.flatnonzero(weights > LEAST)
    order = enough[np.lexsort((-weights[enough], of_post[enough]))]
    taken: dict[int, list[int]] = {}
    for at, post in zip(order.tolist(), of_post[order].tolist(), strict=True):
        named = taken.setdefault(post, [])
        if len(named) < MOST and _tells(words[at]):
            named.append(at)
    return {
        post: sorted(_joined(words, weights, sorted(named), head), key=lambda one: -one.weight)
        for post, named in taken.items()
    }


def _tells(word: Word) -> bool:
    """Commas and quotes weigh too, but tell a person nothing."""
    return word.end > word.start and word.form[0] not in SILENT


def _joined(words: Sequence[Word], weights: NDArray[np.float32], named: list[int], head: str) -> list[Reason]:
    """Neighbours become one stretch; a sign that lies on a word already named is left out."""
    found: list[Reason] = []
    for at in sorted(named, key=lambda one: words[one].start):
        word, weight = words[at], float(weights[at])
        if found and word.start <= found[-1].end + 1:
            last = found[-1]
            found[-1] = last._replace(end=max(last.end, word.end), weight=last.weight + weight)
        else:
            found.append(Reason(word.start, word.end, "", head, weight))
    return found
