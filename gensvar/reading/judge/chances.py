"""From logits to probabilities, and from these to what is answered."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
FAIR = 0.2
"""From this probability on a post may be abusive, or a threat, though it is likelier that it is not."""

MISSED = 1.5
"""How many times likelier than a complaint anything else has to be: one missed costs more than one too many."""


def softmax(logits: Floats) -> Floats:
    """posts x answers: probabilities that sum to 1 in each row."""
    high = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(high / high.sum(axis=1, keepdims=True), dtype=np.float32)


def lean(answers: Sequence[str]) -> Floats:
    """What is added to the logits of these answers before the highest is taken."""
    return np.array([math.log(_worth(each)) for each in answers], dtype=np.float32)


def answer_of(scores: Mapping[str, float]) -> str:
    """The answer that these probabilities speak for."""
    return max(scores, key=lambda each: scores[each] * _worth(each))


def _worth(answer: str) -> float:
    return MISSED if answer == "complaint" else 1.0


def may_threaten(abusive: float, grounds: Mapping[str, float]) -> bool:
    """Whether there is a fair chance that a post is a threat: that it is abusive, and on this ground."""
    return abusive * grounds.get("threat", 0.0) >= FAIR
