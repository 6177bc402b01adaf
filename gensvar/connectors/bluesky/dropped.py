"""What came in and could not be a post: dropped, counted and logged, so that it never stops a stream."""

import logging
from collections import Counter

log = logging.getLogger(__name__)
counted: Counter[str] = Counter()


def drop(why: str, what: str = "") -> None:
    """Count one dropped thing; log the 1st, 10th, 100th … of its kind: a flood must not fill the log."""
    counted[why] += 1
    if str(counted[why]).rstrip("0") == "1":
        log.warning("Dropped from Bluesky: %s (%d so far) %s", why, counted[why], ascii(what[:200]))
