"""When a missing picture is tried again, and which words tell that a page shows the post."""

import re
from datetime import datetime, timedelta

LEASE = timedelta(seconds=90)
"""Longer than the longest visit of the browser (`browser.LONGEST`)."""

WAITS = (
    timedelta(seconds=20),
    timedelta(minutes=2),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)
"""Long enough for somebody to install a browser or to free the disk."""

_ADDRESS = re.compile(r"(?:https?://|www\.)\S*", re.IGNORECASE)
SAMPLE = 40


def again_at(attempts: int, at: datetime) -> datetime | None:
    """The next try after `attempts` failed ones; None when it is enough."""
    return at + WAITS[attempts - 1] if 0 < attempts <= len(WAITS) else None


def sample(text: str) -> str:
    """The words by which a post is recognised on its page; "" when it has none.

    Networks shorten addresses and lay out line breaks as they like, so neither counts.
    """
    stretches = [squeezed(each) for each in _ADDRESS.split(text.replace("…", " ")) if each]
    longest = max((each for each in stretches if len(each) > 3), key=len, default="")
    return longest[:SAMPLE].strip()


def squeezed(text: str) -> str:
    """`text` in one case, with single spaces."""
    return " ".join(text.casefold().split())
