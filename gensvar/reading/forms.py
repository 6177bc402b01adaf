"""Which forms of a word count as the word: its stems, and how what follows a stem makes a form of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

LANGUAGES = ("fi", "sv", "no", "da", "nl", "de", "en")
"""Whose inflections are known; all of them unless a watch says otherwise."""

TAIL = re.compile(r"\w*(?:[:'’ʼ\-‐‑]\w+)*")
"""What may follow a stem and still belong to the same written word."""
_SAME = str.maketrans("’ʼ‐‑", "''--")
_SPLIT = re.compile(r"(\w*)(?:([:'-])(.*))?")
SHORT = 3
"""Words up to this length take endings only behind a mark (SJ:n, KPN'er), else `SJ` would find `sjö`."""


@dataclass(frozen=True, slots=True)
class Stem:
    """A beginning that all of some forms share; `how` says what the letters behind it make of it."""

    text: str
    how: Callable[[str], str]
    whole: bool = True
    """Whether the stem is the word itself, not only the beginning of its forms."""

    def ends(self, tail: str) -> tuple[str, int]:
        """How `tail` (see TAIL) behind the stem makes a form, and how much of it belongs; `""`: not at all."""
        if not tail:
            return ("exact" if self.whole else "", 0)
        split = _SPLIT.fullmatch(tail.translate(_SAME))
        assert split is not None
        letters, mark, rest = split[1], split[2], split[3]
        if letters:
            how = self.how(letters)
            if not how or mark == "'":
                return "", 0
            return ("compound", len(tail)) if mark == "-" else (how, len(letters))
        if not self.whole:
            return "", 0
        if mark == "-":
            return "compound", len(tail)
        how = self.how(mark + rest)
        return ("exact", 0) if mark == ":" and not how else (how, len(tail))


@lru_cache(maxsize=200_000)
def forms(word: str, languages: tuple[str, ...] = LANGUAGES) -> tuple[Stem, ...]:
    """The stems of `word` (folded) in `languages`; the first is the word itself."""
    return (Stem(word, _short if len(word) <= SHORT else _long),)


def _short(letters: str) -> str:
    return "inflected" if letters[0] in ":'" and len(letters) < 6 else ""


def _long(letters: str) -> str:
    return "inflected" if len(letters) <= 5 else "compound"
