"""Posts as the judge holds them: cut up, each word a number; and many of them in one row."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]


class Post(NamedTuple):
    """One post; `numbers` are those of its words (never none), by the vocabulary."""

    text: str
    pieces: list[str]
    """As `words.pieces` cuts."""
    numbers: list[int]


class Row(NamedTuple):
    """The numbers of many posts in one row."""

    numbers: Places
    begins: Places
    """Where each post begins."""
    sizes: Places
    """How many numbers are its own."""

    def sums(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """posts x columns, or posts: values that stand beside the numbers, summed in each post."""
        return np.asarray(np.add.reduceat(values, self.begins, axis=0))


def in_a_row(listed: Sequence[Sequence[int]]) -> Row:
    """Lists of numbers, none empty, one behind the other."""
    sizes = np.fromiter(map(len, listed), dtype=np.intp, count=len(listed))
    numbers = np.fromiter(chain.from_iterable(listed), dtype=np.intp, count=int(sizes.sum()))
    return Row(numbers, np.cumsum(sizes) - sizes, sizes)
