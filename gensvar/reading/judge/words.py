"""How a post is cut into the words that are judged, each with the place where it stands."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

LONGEST_TEXT = 10_000
"""Code points of a post that are read; what a judgement needs stands before that."""
LONGEST_WORD = 40

_TOKEN = re.compile(
    r"((?!https?://|www\.)[^\W\d_]+(?:['’\-][^\W\d_]+)*"
    r"|https?://\S+|www\.\S+|\[link\]"
    r"|(?<!\w)@\w[\w.\-]*"
    r"|#\w+"
    r"|\d+(?:[.,:]\d+)*"
    r"|[:;=xX8][\-o']?[()\[\]dDpPsS/\\|](?!\w)|<3"
    r"|[!?.…]{1,}"
    r"|[^\w\s])",
    re.IGNORECASE,
)
_LONG = re.compile(r"(.)\1{2,}")
_DIGIT = re.compile(r"\d")


class Word(NamedTuple):
    """One word as it is judged, and where it stands in the post (code points)."""

    form: str
    start: int
    end: int


def pieces(text: str) -> list[str]:
    """`text` cut up: at odd places the tokens, at even ones what lies between them."""
    return _TOKEN.split(text[:LONGEST_TEXT])


def ends(pieces: Iterable[str]) -> list[int]:
    """Where each piece ends (code points); the first always ends where the first token begins."""
    return list(accumulate(map(len, pieces)))


def cut(text: str) -> list[Word]:
    """The words of `text`, in order; addresses and handles are all alike, numbers keep only their length."""
    cut_up = pieces(text)
    at = ends(cut_up)
    return [Word(_remembered(cut_up[one]), at[one - 1], at[one]) for one in range(1, len(cut_up), 2)]


def form(token: str) -> str:
    """The form under which a token is judged: small letters, no shouting, no lengthened vowels.

    What is a form already stays as it is.
    """
    first = token[0]
    if first == "@" and len(token) > 1:
        return "@"
    low = token.lower()
    if low.startswith(("http://", "https://", "www.", "[link")):
        return "&"
    if first.isdigit():
        return "0" * min(max(len(_DIGIT.findall(token)), 1), 6)
    return _LONG.sub(r"\1\1", low.replace("’", "'"))[:LONGEST_WORD]


_remembered = lru_cache(maxsize=50_000)(form)
