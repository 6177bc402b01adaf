"""What a post is to us, decided from plain values."""

from collections.abc import Iterable
from dataclasses import dataclass

from gensvar.connectors.contract import Post
from gensvar.reading.forms import LANGUAGES


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of the thread a post stands in: the case it belongs to, and that case's author."""

    case: int
    author_id: str


def part(post: Post, place: Place | None, *, ours: str, found: bool) -> str | None:
    """`found`, `answer`, `context`, `ours`, or None for a post that does not concern us.

    ours: our own native id on this network; what we wrote never becomes a case.
    """
    if ours and post.author.native_id == ours:
        return "ours" if place else None
    if place and post.author.native_id == place.author_id:
        return "answer"
    if found:
        return "found"
    return "context" if place else None


def is_about_us(hits: int, chosen: bool) -> bool:
    """A watch met it, or the source itself says so (a notification, an alert feed)."""
    return bool(hits) or chosen


def known_languages(wanted: Iterable[str]) -> list[str]:
    """Those of `wanted` whose inflections are known, in their order; all of them when none is."""
    chosen = set(wanted)
    return [each for each in LANGUAGES if each in chosen] or list(LANGUAGES)
