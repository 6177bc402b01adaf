"""What a network's own headers allow us: how much of a window is left, and when it opens again.

Pure: instants are passed in. Understood are `ratelimit-limit`, `-remaining` and `-reset` (also with the
prefix `x-`), and `retry-after`. A reset is read as seconds from now, as a Unix time or as an ISO date,
whichever it is: networks disagree (the IETF draft, Bluesky, Mastodon).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(hours=24)
"""No header makes us wait longer than this: a slip of theirs must not silence a channel for ever."""
WHEN_NOT_SAID = timedelta(seconds=60)
_UNIX_TIMES_BEGIN = 1_000_000_000
_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Window:
    """So many calls are left until `resets_at`."""

    remaining: int
    resets_at: datetime


@dataclass(slots=True)
class Limits:
    """The windows that were heard of, by key (host, account and what was called)."""

    _windows: dict[str, Window] = field(default_factory=dict)

    def hear(self, key: str, status: int, headers: Mapping[str, str], at: datetime) -> None:
        """Remember what an answer said about its limits. After a 429 nothing is left, whatever it says."""
        window = _window(headers, at)
        if status == 429:
            window = Window(0, at + (wait_asked(headers, at) or WHEN_NOT_SAID))
        if window is not None:
            self._forget(at)
            self._windows[key] = window

    def wait(self, key: str, at: datetime, *, spare: int = 0) -> timedelta | None:
        """How long to hold back a call under `key`, or None. `spare`: calls to leave for others."""
        window = self._windows.get(key)
        if window is None or window.resets_at <= at or window.remaining > spare:
            return None
        return window.resets_at - at

    def spend(self, key: str) -> None:
        """Count a call that is about to leave, so that many at once do not all use the last place."""
        window = self._windows.get(key)
        if window is not None:
            self._windows[key] = Window(max(0, window.remaining - 1), window.resets_at)

    def _forget(self, at: datetime) -> None:
        if len(self._windows) >= _KEPT:
            self._windows = {key: each for key, each in self._windows.items() if each.resets_at > at}


def wait_asked(headers: Mapping[str, str], at: datetime) -> timedelta | None:
    """How long an answer asks us to wait: `retry-after`, else the window's reset, else None."""
    for name in ("retry-after", "ratelimit-reset", "x-ratelimit-reset"):
        instant = _instant(headers.get(name, ""), at)
        if instant is not None:
            return max(timedelta(seconds=1), instant - at)
    return None


def _window(headers: Mapping[str, str], at: datetime) -> Window | None:
    for prefix in ("ratelimit-", "x-ratelimit-"):
        remaining = headers.get(prefix + "remaining", "").strip()
        resets_at = _instant(headers.get(prefix + "reset", ""), at)
        if remaining.isdecimal() and resets_at is not None:
            return Window(int(remaining[:9]), resets_at)
    return None


def _instant(text: str, at: datetime) -> datetime | None:
    """A header's moment, at most `LONGEST` from `at`."""
    text = text.strip()
    found = _from_number(text, at) if text.isdecimal() else _from_date(text)
    return None if found is None else min(found, at + LONGEST)


def _from_number(text: str, at: datetime) -> datetime:
    number = int(text[:11])
    if number < _UNIX_TIMES_BEGIN:
        return at + timedelta(seconds=min(number, LONGEST.total_seconds()))
    return datetime.fromtimestamp(number, UTC)


def _from_date(text: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            continue
    return None
