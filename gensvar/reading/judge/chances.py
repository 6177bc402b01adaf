"""Logits as probabilities, and how likely a threat is."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
FAIR = 0.2
"""From this probability on a post may be abusive, or a threat, though it is likelier that it is not."""


def softmax(logits: Floats) -> Floats:
    """posts x answers: probabilities that sum to 1 in each row."""
    high = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(high / high.sum(axis=1, keepdims=True), dtype=np.float32)


def may_threaten(abusive: float, grounds: Mapping[str, float]) -> bool:
    """Whether there is a fair chance that a post is a threat: that it is abusive, and on this ground."""
    return abusive * grounds.get("threat", 0.0) >= FAIR
