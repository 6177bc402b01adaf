"""The one place where the time of day is read.

Only the edges (a screen, a task, a command) call `now`; everything below them takes `at`.
"""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)
