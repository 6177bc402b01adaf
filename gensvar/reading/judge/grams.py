"""Hashed n-grams: a word becomes the buckets of its letters, two words in a row become one bucket.

Every n-gram lies inside one word (or is a pair of words). So what a word says for an answer is one number that
never changes, which makes judging quick (a word is worked out once) and its reasons exact.
"""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BITS = 17
BUCKETS = 1 << BITS
LAST = BUCKETS - 1
SHORTEST, LONGEST = 2, 5
"""Letters of an n-gram; the borders of a word count as letters."""

SIGN = "\\"
"""With this begins what stands for a sign or a class of words; no word of a post does."""
SIGNS = 12
"""Buckets of a sign: it weighs like a short word, so that few posts are enough to learn it."""

Buckets = NDArray[np.int32]


def of_word(form: str) -> Buckets:
    """The buckets of one word: the word as a whole and its runs of 2 to 5 letters, borders included."""
    return (np.array(checksums(form), dtype=np.int64) & LAST).astype(np.int32)


def checksums(form: str) -> list[int]:
    """What the buckets of a word are the last bits of. A run goes on from the run that is a letter shorter."""
    found = whole(form)
    letters = [letter.encode(errors="surrogatepass") for letter in edged(form)]
    sums = list(map(crc32, letters))
    for size in range(SHORTEST, min(LONGEST, len(letters) - 1) + 1):
        sums = list(map(crc32, letters[size - 1 :], sums))
        found += sums
    return found


def whole(form: str) -> list[int]:
    """The checksums that stand for a word as a whole, or for a sign."""
    if form[0] == SIGN:
        return [_checksum(f"{number}{form}") for number in range(SIGNS)]
    return [_checksum("w" + form)]


def edged(form: str) -> str:
    """The letters in which runs are looked for; none in a single letter or a sign."""
    return f"<{form}>" if len(form) > 1 and form[0] != SIGN else ""


def number(form: str) -> int:
    """What a word is called in a pair."""
    return _checksum(f"p{form}")


def of_pairs(firsts: NDArray[np.uint32], seconds: NDArray[np.uint32]) -> Buckets:
    """The buckets of pairs of words in a row, given as their numbers. The order of the two counts.

    Multiplicative hashing: the high bits of products by odd numbers (Knuth, TAOCP volume 3, 6.4).
    """
    mixed = (firsts * np.uint32(0x9E3779B1)) ^ (seconds * np.uint32(0x85EBCA6B))
    return (mixed >> np.uint32(32 - BITS)).astype(np.int32)


def of_words(forms: Sequence[str]) -> Buckets:
    """The buckets of a whole post, a bucket as often as it is met."""
    if not forms:
        return np.zeros(0, np.int32)
    numbers = np.array([number(form) for form in forms], dtype=np.uint32)
    return np.concatenate([*map(of_word, forms), of_pairs(numbers[:-1], numbers[1:])])


def _checksum(text: str) -> int:
    return crc32(text.encode(errors="surrogatepass"))
