"""The n-grams of many words at once: the same buckets as word by word (`grams.of_word`), in NumPy.

A checksum goes over the bytes of its letters one by one, for all runs of all words side by side.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gensvar.reading.judge import grams
from gensvar.reading.judge.post import Places, Row, in_a_row

Sums = NDArray[np.uint32]
POLYNOMIAL, ONES = np.uint32(0xEDB88320), np.uint32(0xFFFFFFFF)
"""CRC-32 as zlib has it (ITU-T V.42, 8.1.1.6.2), bits reversed."""
FEW = 12
"""Below so many words, one after the other is quicker."""


class _Letters(NamedTuple):
    """Letters in one row, in UTF-8."""

    bytes: NDArray[np.uint8]
    begins: Places
    sizes: Places


def buckets(forms: Sequence[str]) -> Row:
    """The buckets of each word, in whatever order."""
    if len(forms) < FEW:
        row = in_a_row([grams.checksums(form) for form in forms])
        return row._replace(numbers=row.numbers & grams.LAST)
    whole = in_a_row([grams.whole(form) for form in forms])
    parts = [(np.repeat(np.arange(len(forms)), whole.sizes), whole.numbers), *_runs(forms)]
    words = np.concatenate([word for word, _ in parts])
    found = np.concatenate([sums for _, sums in parts])
    order = np.argsort(words, kind="stable")
    sizes = np.bincount(words, minlength=len(forms))
    return Row(found[order].astype(np.intp) & grams.LAST, np.cumsum(sizes) - sizes, sizes)


def _runs(forms: Sequence[str]) -> Iterator[tuple[Places, Sums]]:
    """For each size of runs: the words that have such runs, a word as often as it has some, and the checksums."""
    edged = [grams.edged(form) for form in forms]
    sizes = np.fromiter(map(len, edged), dtype=np.intp, count=len(edged))
    of_word = np.repeat(np.arange(len(edged)), sizes)
    places = np.arange(len(of_word))
    longest = np.minimum(np.cumsum(sizes)[of_word] - places, sizes[of_word] - 1)
    letters, sums = _letters("".join(edged)), np.full(len(of_word), ONES)
    for size in range(1, grams.LONGEST + 1):
        long_enough = longest[places] >= size
        places = places[long_enough]
        sums = _further(sums[long_enough], letters, places + size - 1)
        if size >= grams.SHORTEST:
            yield of_word[places], sums ^ ONES


def _letters(text: str) -> _Letters:
    codes = np.frombuffer(text.encode("utf-32-le", errors="surrogatepass"), dtype="<u4")
    sizes = 1 + (codes >= 0x80).astype(np.intp) + (codes >= 0x800) + (codes >= 0x10000)
    content = np.frombuffer(text.encode(errors="surrogatepass"), dtype=np.uint8)
    return _Letters(content, np.cumsum(sizes) - sizes, sizes)


def _further(sums: Sums, letters: _Letters, at: Places) -> Sums:
    """The checksums when each has gone on by one letter: by its bytes."""
    sizes, begins = letters.sizes[at], letters.begins[at]
    sums = _by_byte(sums, letters.bytes[begins])
    for byte in range(1, int(sizes.max(initial=1))):
        more = np.flatnonzero(sizes > byte)
        sums[more] = _by_byte(sums[more], letters.bytes[begins[more] + byte])
    return sums


def _by_byte(sums: Sums, content: NDArray[np.uint8]) -> Sums:
    return np.asarray(_TABLE[(sums ^ content) & 255] ^ (sums >> 8), dtype=np.uint32)


def _table() -> Sums:
    """What each byte does to a checksum."""
    found = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        found = np.where(found & 1, POLYNOMIAL ^ (found >> 1), found >> 1)
    return found


_TABLE = _table()
