"""Letters that sound: which are vowels, and which words are said letter by letter."""

import unicodedata
from functools import lru_cache

_VOWELS = frozenset("aeiouyåäöæøœ")


@lru_cache(maxsize=1000)
def is_vowel(letter: str) -> bool:
    """Whether `letter` (folded) is a vowel, with or without an accent."""
    return letter in _VOWELS or unicodedata.normalize("NFD", letter)[:1] in _VOWELS


def is_spelled_out(word: str) -> bool:
    """Whether it is said letter by letter (SJ, KPN, H&M): endings then need a mark, save a bare s."""
    if len(word) < 3 or not word[-1].isalpha():
        return True
    return _VOWELS.isdisjoint(word) and not any(map(is_vowel, word))
