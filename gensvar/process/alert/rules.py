"""When an alert may leave, what wakes a person, when to try again: decided from plain values."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gensvar.process.alert.states import What

LEASE = timedelta(seconds=90)
"""Longer than the longest call: a mail server may take ten seconds over each of a handful of commands."""

GIVE_UP = timedelta(hours=24)
"""An alert that could not be sent for a day is not worth sending."""

BURST, BURST_WITHIN = 10, timedelta(minutes=10)
"""So many messages to one route within that time; what comes then is gathered until it is over."""

REFUSALS = 10
"""A route that refused so many in a row is paused until its owner has looked."""

CODE_LASTS = timedelta(hours=1)
CODE_TRIES = 5
TESTS_AN_HOUR = 5

_WAITS = (timedelta(seconds=10), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which a person is left alone: wall-clock times in a zone; `ends` may be the next day."""

    begins: time
    ends: time
    zone: str


@dataclass(frozen=True, slots=True)
class Wake:
    """What is told in quiet hours all the same. `reach`: at least so many followers; None = reach is nothing."""

    kinds: frozenset[str] = frozenset()
    reach: int | None = None
    clock: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a thing to tell: its occasion, what it is (a rude complaint is two things), its reach."""

    what: What
    kinds: frozenset[str] = frozenset()
    reach: int | None = None


def wakes(wake: Wake, seen: Seen) -> bool:
    """Whether this is worth a person's sleep."""
    if wake.clock and seen.what is What.CLOCK:
        return True
    if not seen.kinds.isdisjoint(wake.kinds):
        return True
    return wake.reach is not None and seen.reach is not None and seen.reach >= wake.reach


def quiet_until(quiet: Quiet | None, at: datetime) -> datetime | None:
    """When the quiet hours that hold at `at` end; None when they do not hold.

    What counts is what a clock on the wall shows: an hour that it shows twice is quiet both times, and an
    end that it skips is as much later as the clock jumps.
    """
    if quiet is None or quiet.begins == quiet.ends:
        return None
    zone = zone_of(quiet.zone)
    local = at.astimezone(zone)
    if not _within(quiet, local.time()):
        return None
    day = local.date()
    for ahead in (0, 1):
        for fold in (0, 1):
            wall = datetime.combine(day + timedelta(days=ahead), quiet.ends, tzinfo=zone).replace(fold=fold)
            if (end := wall.astimezone(UTC)) > at:
                return end
    return None


def _within(quiet: Quiet, wall: time) -> bool:
    if quiet.begins < quiet.ends:
        return quiet.begins <= wall < quiet.ends
    return wall >= quiet.begins or wall < quiet.ends


def zone_of(name: str) -> ZoneInfo:
    """The zone of this name; UTC for a name that nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Plan:
    """When a thing is told, and whether together with others."""

    due: datetime
    gathers: bool
    is_pressing: bool = False


def plan(*, every_minutes: int, quiet: Quiet | None, wake: Wake, seen: Seen, at: datetime) -> Plan:
    """At once, with the next digest, or when the quiet hours end."""
    until = quiet_until(quiet, at)
    if until is not None:
        return Plan(at, gathers=False, is_pressing=True) if wakes(wake, seen) else Plan(until, gathers=True)
    if not every_minutes:
        return Plan(at, gathers=False, is_pressing=wakes(wake, seen))
    due = at + timedelta(minutes=every_minutes)
    return Plan(quiet_until(quiet, due) or due, gathers=True)


def warn_at(due: datetime, minutes: int, at: datetime) -> datetime:
    """When to say that a clock ends at `due`: so many minutes before, and not in the past."""
    return max(due - timedelta(minutes=minutes), at)


def again_at(attempts: int, asked: timedelta | None, at: datetime) -> datetime:
    """When to try again: what the server asked for (up to an hour), or ever longer waits (10 s … 1 h)."""
    if asked is not None:
        return at + min(max(asked, timedelta(seconds=1)), timedelta(hours=1))
    return at + (_WAITS[attempts - 1] if 0 < attempts <= len(_WAITS) else timedelta(hours=1))
