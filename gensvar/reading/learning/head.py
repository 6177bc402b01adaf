"""A head of a workspace's own: what the shipped model says, corrected by the n-grams of what people said.

Logits = before x mix + bias + sum(weights[buckets]) / sqrt(buckets). It starts as the shipped model (`mix` = 1,
all else 0), and every step away from that has to be paid for by corrections that it explains.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from gensvar.reading.judge.chances import softmax
from gensvar.reading.learning.example import Buckets, Example, Floats
from gensvar.reading.learning.minimum import lowest

MOST = 2_000
"""Corrections that are learnt from: the newest."""
MOST_GRAMS = 400
"""N-grams of one post that are learnt from; longer posts are read from their beginning."""
COST_OF_GRAM, COST_OF_MIX, COST_OF_BIAS = 0.05, 1.0, 0.5
"""What a weight of that sort costs (half its square times this), against the loss of one correction."""
BALANCE = 1.0
"""0 = every correction counts the same, 1 = every answer does."""
LEAST_SEEN = 1e-12


class UnreadableHead(Exception):
    """The bytes are no head of ours."""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """What was learnt for one question. `buckets` are sorted; `weights` is buckets x answers."""

    answers: tuple[str, ...]
    buckets: Buckets
    weights: Floats
    mix: Floats
    bias: Floats

    def scores(self, example: Example) -> dict[str, float]:
        """Probabilities of the answers for a post."""
        given = softmax(self.logits(example)[None, :])[0]
        return dict(zip(self.answers, given.tolist(), strict=True))

    def logits(self, example: Example) -> Floats:
        """The same before they become probabilities."""
        buckets = unique(example.buckets)
        told = self.told(buckets) / np.float32(np.sqrt(max(len(buckets), 1)))
        return np.asarray(example.before * self.mix + self.bias + told, dtype=np.float32)

    def told(self, buckets: Buckets) -> Floats:
        """What these n-grams say for each answer, summed."""
        if not len(self.buckets):
            return np.zeros(len(self.answers), dtype=np.float32)
        at = np.minimum(np.searchsorted(self.buckets, buckets), len(self.buckets) - 1)
        known = self.buckets[at] == buckets
        return np.asarray(self.weights[at[known]].sum(axis=0), dtype=np.float32)


def unique(buckets: Buckets) -> Buckets:
    """The n-grams of a post, each once."""
    return np.unique(buckets[:MOST_GRAMS])


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Posts as one long row of n-grams."""

    columns: NDArray[np.intp]
    of_post: NDArray[np.intp]
    size: Floats
    known: Buckets


def learn(examples: Sequence[Example], answers: Sequence[str]) -> Head:
    """The head that explains these corrections best; the same ones always give the same head."""
    some = examples[-MOST:]
    rows, width = _rows(some), len(answers)
    before = np.stack([each.before for each in some])
    right = np.zeros((len(some), width), dtype=np.float32)
    right[np.arange(len(some)), [each.answer for each in some]] = 1.0
    count = _count(right)
    grams = len(rows.known) * width
    costs = np.concatenate(
        [
            np.full(grams, COST_OF_GRAM, np.float32),
            np.full(width, COST_OF_MIX, np.float32),
            np.full(width, COST_OF_BIAS, np.float32),
        ]
    )
    start = np.zeros(grams + 2 * width, dtype=np.float32)
    start[grams : grams + width] = 1.0

    def slope(at: Floats) -> tuple[float, Floats]:
        weights, mix, bias = at[:grams].reshape(width, -1), at[grams : grams + width], at[grams + width :]
        given = softmax(_sums(rows, weights, len(some)) + before * mix + bias)
        off = (given - right) * count[:, None]
        moved = (at - start) * costs
        lost = -np.log(np.maximum((given * right).sum(axis=1), LEAST_SEEN)) @ count
        loss = lost + 0.5 * moved @ (at - start)
        back = [_back(rows, off[:, each]) for each in range(width)]
        return float(loss), np.concatenate([*back, (off * before).sum(axis=0), off.sum(axis=0)]) + moved

    found = lowest(slope, start)
    weights = np.ascontiguousarray(found[:grams].reshape(width, -1).T)
    return Head(tuple(answers), rows.known, weights, found[grams : grams + width], found[grams + width :])


def _count(right: Floats) -> Floats:
    """How much each correction counts: rare answers more, so that common ones do not drown them."""
    often = right.sum(axis=0)
    given = np.count_nonzero(often)
    share = (len(right) / (np.maximum(often, 1) * given)) ** BALANCE
    return np.asarray(right @ share, dtype=np.float32)


def _rows(examples: Sequence[Example]) -> _Rows:
    listed = [unique(each.buckets) for each in examples]
    sizes = np.array([len(each) for each in listed])
    known, columns = np.unique(np.concatenate(listed), return_inverse=True)
    size = (1 / np.sqrt(np.maximum(sizes, 1))).astype(np.float32)
    return _Rows(columns.reshape(-1), np.repeat(np.arange(len(listed)), sizes), size, known.astype(np.int32))


def _sums(rows: _Rows, weights: Floats, posts: int) -> Floats:
    sums = [np.bincount(rows.of_post, weights=each[rows.columns], minlength=posts) for each in weights]
    return np.asarray(np.stack(sums, axis=1) * rows.size[:, None], dtype=np.float32)


def _back(rows: _Rows, off: Floats) -> Floats:
    told = np.bincount(rows.columns, weights=(off * rows.size)[rows.of_post], minlength=len(rows.known))
    return told.astype(np.float32)


def pack(head: Head) -> bytes:
    """The head as bytes: plain arrays, nothing in it can run."""
    packed = io.BytesIO()
    np.savez_compressed(
        packed,
        answers=np.array(head.answers),
        buckets=head.buckets,
        weights=head.weights.astype(np.float16),
        mix=head.mix,
        bias=head.bias,
    )
    return packed.getvalue()


def unpack(packed: bytes) -> Head:
    """The head in these bytes; raises UnreadableHead."""
    try:
        with np.load(io.BytesIO(packed), allow_pickle=False) as found:
            weights = found["weights"].astype(np.float32)
            answers = tuple(str(each) for each in found["answers"])
            return Head(answers, found["buckets"], weights, found["mix"], found["bias"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise UnreadableHead(str(error)) from None
