"""What a post is to us, decided from plain values."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from gensvar.connectors.contract import Post
from gensvar.process.listen.filter import ABOUT
from gensvar.reading.forms import LANGUAGES

OTHERS = frozenset({"competitor", "subject"})
"""Kinds of watch that meet what is said about somebody else (PROCESS F6): heard, and not to be answered."""


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


def most_telling(watches: Iterable[int], kinds: Mapping[int, str]) -> list[int]:
    """Watches in the order in which they say what a post is about: the brand first, a subject last."""
    return sorted(watches, key=lambda watch: (ABOUT.index(kinds[watch]), watch))


def is_only_watched(about: Collection[str], *, chosen: bool, addressed: bool) -> bool:
    """Whether a found post concerns others only: it opens no case and no hour begins (PROCESS F6).

    about: kinds of the watches that it met. A post that speaks to us, or that the network tells us about,
    concerns us whatever it is about.
    """
    return bool(about) and OTHERS.issuperset(about) and not chosen and not addressed


def is_in_own_channel(root_id: str, ours: str) -> bool:
    """Whether we began the thread, as far as its id tells (an at-URI holds the author's id)."""
    return bool(ours) and ours in root_id.split("/")


def is_begun_by_us(root_id: str, ours: str, posts: Iterable[Post]) -> bool:
    """Whether we began the thread, as its loaded posts tell."""
    return bool(ours) and any(post.native_id == root_id and post.author.native_id == ours for post in posts)
