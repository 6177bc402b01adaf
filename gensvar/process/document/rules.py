"""When a missing picture is tried again."""

from datetime import datetime, timedelta

LEASE = timedelta(seconds=60)
"""Longer than the longest visit of the browser."""

_WAITS = (timedelta(seconds=20), timedelta(minutes=2), timedelta(minutes=15))


def again_at(attempts: int, at: datetime) -> datetime | None:
    """The next try after `attempts` failed ones; None when it is enough."""
    return at + _WAITS[attempts - 1] if 0 < attempts <= len(_WAITS) else None
