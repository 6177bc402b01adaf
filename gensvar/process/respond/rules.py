"""When a reply may leave, when a failed one is tried again, and what an unanswered call means."""

from datetime import datetime, timedelta

from gensvar.connectors.contract import Once

LEASE = timedelta(seconds=25)
"""Longer than the longest call (10 s time-out, a sign-in, and a retry after it)."""

_WAITS = (timedelta(seconds=10), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))


class Unready(ValueError):
    """The draft cannot leave as it is; the message is a sentence for people."""


def too_long_by(length: int, limit: int) -> int:
    """How much must go before a text of `length` fits; both in the network's own measure."""
    return max(0, length - limit)


def leave_at(approved_at: datetime, undo_seconds: float) -> datetime:
    """When an approved reply leaves: after the time in which it can be undone."""
    return approved_at + timedelta(seconds=undo_seconds)


def again_at(attempts: int, asked: timedelta | None, at: datetime) -> datetime:
    """When to try again: what the network asked for, or ever longer waits (10 s … 1 h)."""
    if asked is not None:
        return at + max(asked, timedelta(seconds=1))
    return at + (_WAITS[attempts - 1] if 0 < attempts <= len(_WAITS) else timedelta(hours=1))


def may_send_again(once: Once) -> bool:
    """Whether a machine may repeat a call whose answer never came, and still be heard only once."""
    return once is Once.BY_KEY
