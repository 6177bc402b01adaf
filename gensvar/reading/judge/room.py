"""Arrays that grow with the words that are met."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def with_room[Kind: np.generic](array: NDArray[Kind], needed: int) -> NDArray[Kind]:
    """The array with at least `needed` rows: itself, or a copy at least twice as long, filled up with zeros."""
    if needed <= len(array):
        return array
    more = max(needed, 2 * len(array)) - len(array)
    sides: list[Any] = [(0, more), *[(0, 0)] * (array.ndim - 1)]
    return np.pad(array, sides)
