"""Text as the matcher compares it: small letters, one spelling per letter, and the way back to code points.

Full-width and mathematical letters become plain ones (NFKC of letters, UAX #15), a letter and its
combining marks become one (NFC), marks without width vanish, and case goes by Unicode's folding.
Accents stay. Signs such as ™ stay signs: only letters and full-width forms are unfolded.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from functools import cache
from itertools import compress
from operator import ne

import msgspec

_INVISIBLE = "\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\ufeff"
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_ODD = re.compile(
    f"[{_INVISIBLE}{_MARKS}\u017f\u0130\u1e9e\u212a\u212b\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]"
)
"""What makes a text need the long way round: everything else keeps its place when folded."""
_LAST_CHANGING = 0x1FFFF
"""Behind it no letter changes: ideographs, tags, private use."""
_CLUSTER = re.compile(f"(?s)[{_INVISIBLE}]|[^{_MARKS}][{_MARKS}{_INVISIBLE}]*[{_MARKS}]|.")


class Folded(msgspec.Struct, frozen=True):
    """`text` folded from `original`; `starts` and `ends` (None: the same places) lead back to it."""

    text: str
    original: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the original that the folded `start` … `end` came from; not for empty ones."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def index(self, place: int) -> int:
        """Where the original's code point `place` begins in the folded text."""
        return place if self.starts is None else max(0, bisect_right(self.starts, place) - 1)


def fold(text: str) -> Folded:
    """`text` as the matcher compares it."""
    if text.isascii():
        return Folded(text.lower(), text)
    plain = text.casefold()
    if len(plain) == len(text) and not _ODD.search(text):  # folding never shortens: nothing has moved
        return Folded(plain, text)
    return _fold_slowly(text)


@cache
def changing() -> tuple[str, ...]:
    """Every letter beyond ASCII that folding changes, moves or takes away; all others stand for themselves."""
    points = array("I", (*range(0x80, 0xD800), *range(0xE000, _LAST_CHANGING + 1)))
    letters = points.tobytes().decode("utf-32")
    blocks = (letters[start : start + 256] for start in range(0, len(letters), 256))
    cased = "".join(block for block in blocks if block != block.casefold())
    return tuple(sorted({*compress(cased, map(ne, cased, map(str.casefold, cased))), *_ODD.findall(letters)}))


def folded(text: str) -> str:
    """Only the folded text: for the words of a query, handles and addresses."""
    return text.lower() if text.isascii() else fold(text).text


def _fold_slowly(text: str) -> Folded:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        unfolded = _unfold(cluster.group())
        letters.append(unfolded)
        starts += [cluster.start()] * len(unfolded)
        ends += [cluster.end()] * len(unfolded)
    return Folded("".join(letters), text, tuple(starts), tuple(ends))


def _unfold(cluster: str) -> str:
    if cluster in _INVISIBLE:
        return ""
    plain = "".join(letter for letter in cluster if letter not in _INVISIBLE)
    if plain[:1].isalpha() or "\uff01" <= plain[:1] <= "\uff5e":
        plain = unicodedata.normalize("NFKC", plain)
    return unicodedata.normalize("NFC", plain.casefold())
