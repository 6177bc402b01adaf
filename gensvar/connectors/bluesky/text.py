"""Our own text as Bluesky measures and marks it: length in graphemes, links and mentions by byte places."""

import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any

from atproto_client.models.utils import get_model_as_dict  # type: ignore[import-untyped]
from atproto_client.utils import detect_facets, detect_mentions  # type: ignore[import-untyped]

LIMIT = 300
"""Graphemes (app.bsky.feed.post)."""
LONGEST_BYTES = 3000

_JOINER = "\u200d"
_EXTENDING = frozenset({"Mn", "Me", "Mc"})
_PICTURED = frozenset({"So", "Sm", "Po", "Cn"})
_BREAKING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_ALSO_EXTENDING = frozenset("\u200c\u200d\u0e33\u0eb3\uff9e\uff9f")


def length(text: str) -> int:
    """How long Bluesky finds `text`: graphemes, or its share of 3,000 bytes where that is tighter."""
    size = len(text.encode("utf-8", "replace"))
    if size <= LONGEST_BYTES:
        return graphemes(text)
    return max(graphemes(text), -(-size * LIMIT // LONGEST_BYTES))


def graphemes(text: str) -> int:
    """What a reader counts as characters, by UAX #29 as far as `unicodedata` goes.

    Joined are marks, emoji with their skin tones, variants and tags, emoji with a joiner between, two
    regional indicators (a flag), and CR LF. Not joined are Hangul jamo and Indic conjuncts: those count
    more than they should, which is the safe side, since too long a text would be refused after approval.
    """
    count, base, before, has_half_flag = 0, "", "", False
    for char in text:
        joins = _joins(base, before, char) or (has_half_flag and _is_flag_half(char))
        has_half_flag = _is_flag_half(char) and not joins
        if not joins:
            count += 1
            base = char
        elif before == _JOINER and not _extends(char):
            base = char
        before = char
    return count


def _joins(base: str, before: str, char: str) -> bool:
    """Does `char` belong to the grapheme that began with `base` and has come to `before`?"""
    if not before or (unicodedata.category(before) in _BREAKING and not _extends(before)):
        return before == "\r" and char == "\n"
    return _extends(char) or (before == _JOINER and _is_pictured(base) and _is_pictured(char))


def _extends(char: str) -> bool:
    return (
        char in _ALSO_EXTENDING
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
        or unicodedata.category(char) in _EXTENDING
    )


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_pictured(char: str) -> bool:
    """Roughly Extended_Pictographic: what a joiner can join."""
    if char in "\u00a9\u00ae":
        return True
    return char >= "\u203c" and unicodedata.category(char) in _PICTURED and not _is_flag_half(char)


async def facets(text: str, resolve: Callable[[str], Awaitable[str]]) -> list[dict[str, Any]]:
    """Links, tags and mentions in `text` for the record. `resolve`: DID of a handle, "" = nobody's."""
    found = [dict(get_model_as_dict(each)) for each in detect_facets(text)]
    for mention in detect_mentions(text):
        did = await resolve(mention.handle.lower())
        if did:
            found.append(_mention(mention.byte_start, mention.byte_end, did))
    return sorted(found, key=lambda each: int(each["index"]["byteStart"]))


def _mention(start: int, end: int, did: str) -> dict[str, Any]:
    return {
        "$type": "app.bsky.richtext.facet",
        "index": {"byteStart": start, "byteEnd": end},
        "features": [{"$type": "app.bsky.richtext.facet#mention", "did": did}],
    }
