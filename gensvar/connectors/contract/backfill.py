"""Fetching afterwards what a source could not tell: what is asked for, and one page of it after another."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from gensvar.connectors.contract.account import Account
from gensvar.connectors.contract.events import Event


@dataclass(frozen=True, slots=True)
class Missed:
    """A stretch of time that was not heard, and what of it would have concerned us.

    words: as people wrote them in their watches; every post that a watch finds holds one of them (or an
        inflected form of it). Several words in one entry stand together in the post, in any order.
    authors: native ids or handles of people whose every post concerns us (we talk with them).
    Both are sorted and may change between two pages of the same gap.
    """

    since: datetime
    until: datetime
    words: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()

    def has(self, *moments: datetime | None) -> bool:
        """Does any of these moments lie in the stretch? Clocks differ, so a little around it counts too."""
        return any(each and self.since - SLACK <= each <= self.until + SLACK for each in moments)


SLACK = timedelta(minutes=2)
"""How far the clocks of authors and networks are believed to differ. What comes twice is folded."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one look at the past brought.

    place: opaque, where the next page begins; None = there is no more.
    covers: one sentence for people on what this way of filling brings. is_whole: nothing is left unknown
        but what was edited or taken away meanwhile.
    dropped: how many things could not be read.
    """

    events: tuple[Event, ...]
    place: str | None
    covers: str
    is_whole: bool
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Backfill:
    """The network can be asked for what was said earlier.

    load: `load(account, missed, place)` with "" at first, then the place that the page before gave. It keeps
        no state of its own and may be asked for the same page again. Raises TryLater (the same page is asked
        for later) and Refused (this gap cannot be filled; `why` is for people).
    reach: how far back it can be asked at all.
    """

    load: Callable[[Account, Missed, str], Awaitable[Page]]
    reach: timedelta
