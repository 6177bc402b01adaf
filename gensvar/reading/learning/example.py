"""What is learnt from: a post as numbers, what was said of it before, and the answer that a person gave."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Buckets = NDArray[np.int32]

LEAST = 1e-4
"""No answer counts as less likely than this: a machine that was sure and wrong can be outvoted."""


class Example(NamedTuple):
    """One post.

    `buckets`: its n-grams (`Judge.features`), as often as they are met. `before`: the logits of the answers as
    the shipped model gave them, 0 each where nothing is shipped. `answer`: the number of the answer that a person
    gave; -1 = none is known.
    """

    buckets: Buckets
    before: Floats
    answer: int = -1


def logits(scores: Mapping[str, float], answers: Sequence[str]) -> Floats:
    """Probabilities of a model as logits, in the order of `answers`; 0 each where it said nothing."""
    if not scores:
        return np.zeros(len(answers), dtype=np.float32)
    known = np.array([scores.get(each, 0.0) for each in answers], dtype=np.float32)
    return np.log(np.maximum(known, LEAST)).astype(np.float32)
