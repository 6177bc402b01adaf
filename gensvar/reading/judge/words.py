"""How a post is cut into the words that are judged, each with the place where it stands."""

import re
from functools import lru_cache
from typing import NamedTuple

LONGEST_TEXT = 10_000
"""Code points of a post that are read; what a judgement needs stands before that."""
LONGEST_WORD = 40

_TOKEN = re.compile(
    r"(?!https?://|www\.)[^\W\d_]+(?:['’\-][^\W\d_]+)*"
    r"|https?://\S+|www\.\S+|\[link\]"
    r"|(?<!\w)@\w[\w.\-]*"
    r"|#\w+"
    r"|\d+(?:[.,:]\d+)*"
    r"|[:;=xX8][\-o']?[()\[\]dDpPsS/\\|](?!\w)|<3"
    r"|[!?.…]{1,}"
    r"|[^\w\s]",
    re.IGNORECASE,
)
_LONG = re.compile(r"(.)\1{2,}")
_DIGIT = re.compile(r"\d")


class Word(NamedTuple):
    """One word as it is judged, and where it stands in the post (code points)."""

    form: str
    start: int
    end: int


def cut(text: str) -> list[Word]:
    """The words of `text`, in order; addresses and handles are all alike, numbers keep only their length."""
    return [Word(form(found[0]), *found.span()) for found in _TOKEN.finditer(text[:LONGEST_TEXT])]


@lru_cache(maxsize=200_000)
def form(token: str) -> str:
    """The form under which a token is judged: small letters, no shouting, no lengthened vowels."""
    first = token[0]
    if first == "@" and len(token) > 1:
        return "@"
    low = token.lower()
    if low.startswith(("http://", "https://", "www.", "[link")):
        return "&"
    if first.isdigit():
        return "0" * min(max(len(_DIGIT.findall(token)), 1), 6)
    return _LONG.sub(r"\1\1", low.replace("’", "'"))[:LONGEST_WORD]
