"""What a post is to us, and what was said before, decided from plain values."""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, takewhile

from gensvar.connectors.contract import Post
from gensvar.process.listen.filter import ABOUT
from gensvar.reading.folding import folded
from gensvar.reading.forms import LANGUAGES

OTHERS = frozenset({"competitor", "subject"})
"""Kinds of watch that meet what is said about somebody else (PROCESS F6): heard, and not to be answered."""

FIRST_SILENCE = timedelta(hours=1)
"""How long a source may be silent of which nothing is known yet."""
TIMES_USUAL = 3
FORGETS_HALF_IN = timedelta(hours=12)
SHORTEST_ALARM = timedelta(minutes=1)

AGAIN_FIRST, AGAIN_LATEST = timedelta(seconds=30), timedelta(hours=6)
"""A gap that could not be filled is tried again after this, then after four times as long, and so on."""

ANEW_AFTER = timedelta(hours=48)
"""The same words after a longer time than this are said anew: the person is still waiting, and says so."""
TELLING = 5
"""Words from which on a text is so much a person's own that it is known again elsewhere."""

_NOT_WORDS = re.compile(r"https?://\S+|www\.\S+|@[\w.:-]+(?:@[\w.-]+)?|^rt\b")
"""Addresses and handles differ from network to network where the same is said."""
_WORD = re.compile(r"\w+")
_FIRST_PART = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of the thread a post stands in: the case it belongs to, and that case's author."""

    case: int
    author_id: str


def part(post: Post, place: Place | None, *, ours: bool, found: bool) -> str | None:
    """`found`, `answer`, `context`, `ours`, or None for a post that does not concern us.

    ours: one of our own accounts wrote it; what we wrote never becomes a case.
    """
    if ours:
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


def learn_gap(usual: float | None, silence: timedelta | None) -> float | None:
    """For how many seconds a source is silent at the longest when all is well, after it spoke again.

    The longest silence of late, of which half is forgotten in twelve hours. A silence that was an alarm
    counts only up to the alarm, so that one outage does not make us deaf to the next.
    """
    if silence is None:
        return usual
    seconds = silence.total_seconds()
    if usual is None:
        return min(seconds, FIRST_SILENCE.total_seconds() / TIMES_USUAL)
    kept = usual * math.pow(0.5, seconds / FORGETS_HALF_IN.total_seconds())
    return max(kept, min(seconds, may_be_silent(usual, SHORTEST_ALARM).total_seconds()))


def may_be_silent(usual: float | None, quiet: timedelta) -> timedelta:
    """How long a source may say nothing before it is an alarm; `quiet`: what its way of hearing takes anyway."""
    return max(quiet, FIRST_SILENCE if usual is None else timedelta(seconds=usual * TIMES_USUAL))


def silent_since(
    heard_at: datetime | None, opened_at: datetime | None, usual: float | None, quiet: timedelta, at: datetime
) -> datetime | None:
    """Since when a source has been silent for longer than it may be; None when all is well.

    What was not open could not speak: silence is counted from the moment at which it was opened last.
    """
    begins = max((each for each in (heard_at, opened_at) if each), default=None)
    if begins is None or at - begins <= may_be_silent(usual, quiet):
        return None
    return heard_at or opened_at


def stretch(since: datetime | None, until: datetime, reach: timedelta, at: datetime) -> datetime | None:
    """From where on a gap can be filled when the network reaches `reach` back; None: all of it is older."""
    oldest = at - reach
    if until <= oldest:
        return None
    return max(since, oldest) if since else oldest


def is_cut(since: datetime | None, begins: datetime) -> bool:
    """Is something of the gap older than what can be asked for?"""
    return since is not None and since < begins


def again_after(attempts: int) -> timedelta:
    """How long to wait after so many failures in a row."""
    return min(AGAIN_FIRST * 4.0 ** min(attempts - 1, 10), AGAIN_LATEST)


def words(text: str) -> tuple[str, ...]:
    """The words of a text as folding compares them: no case, no signs, no addresses, no handles."""
    return tuple(_WORD.findall(_NOT_WORDS.sub(" ", folded(text))))


def adds_words(text: str, quoted: str) -> bool:
    """Whether a quote says anything that the quoted post does not: one word of its own is enough.

    Signs, emoji, handles and addresses are no words: they only point at what was said.
    """
    return not set(words(text)) <= set(words(quoted))


@dataclass(frozen=True, slots=True)
class Saying:
    """Who said a thing where and when, as far as it is known."""

    network: str
    thread: str
    starts_thread: bool
    said_at: datetime
    author_id: str
    handle: str = ""
    name: str = ""
    url: str = ""
    bio: str = ""


def is_said_before(new: Saying, first: Saying, number_of_words: int) -> bool:
    """Whether two posts with the same words are one thing said twice by the same author.

    In one thread nothing is folded: who repeats himself there asks again. A few words ("Hello?") are the
    same thing only where each began a thread on the same network.
    """
    if abs(new.said_at - first.said_at) > ANEW_AFTER or (new.network, new.thread) == (
        first.network,
        first.thread,
    ):
        return False
    if number_of_words >= TELLING:
        return is_same_author(new, first)
    is_plain = new.network == first.network and new.starts_thread and first.starts_thread
    return bool(number_of_words) and is_plain and is_same_author(new, first)


def is_same_author(one: Saying, other: Saying) -> bool:
    """The same account; across networks the same handle, a page that links to the other, or a name with a handle.

    A name alone is many people.
    """
    if one.network == other.network:
        return one.author_id == other.author_id
    handles = one.handle.lstrip("@").casefold(), other.handle.lstrip("@").casefold()
    if all(handles) and ("." in handles[0] or "@" in handles[0]) and handles[0] == handles[1]:
        return True
    if _links_to(one.bio, other.url) or _links_to(other.bio, one.url):
        return True
    return bool(one.name) and one.name.casefold() == other.name.casefold() and _is_alike(*handles)


def _links_to(bio: str, url: str) -> bool:
    """Whether `bio` names the very page `url`, not only one that begins like it."""
    page = url.partition("://")[2].rstrip("/").casefold()
    if "/" not in page:
        return False
    return re.search(re.escape(page) + r"(?![\w.-])", bio.casefold()) is not None


def _is_alike(one: str, other: str) -> bool:
    """Whether two handles begin with the same name: eva.bsky.social and eva@mastodon.example."""
    first, second = _FIRST_PART.match(one), _FIRST_PART.match(other)
    return bool(first and second) and first[0] == second[0]  # type: ignore[index]


def milestones(before: int, now: int) -> list[int]:
    """Which of 1, 2, 5, 10, 20, 50 … were reached: what is passed on a thousand times fills no journal."""
    return [each for each in takewhile(lambda number: number <= now, _round_numbers()) if each > before]


def _round_numbers() -> Iterator[int]:
    return (digit * 10**power for power in count() for digit in (1, 2, 5))
