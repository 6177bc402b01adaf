"""What came in and could not be a post: dropped, counted and logged, so that it never stops a stream."""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

log = logging.getLogger(__name__)
counted: Counter[str] = Counter()


def drop(why: str, what: str = "") -> None:
    """Count one dropped thing; log the 1st, 10th, 100th … of its kind: a flood must not fill the log."""
    counted[why] += 1
    if str(counted[why]).rstrip("0") == "1":
        log.warning("Dropped from Bluesky: %s (%d so far) %s", why, counted[why], ascii(what[:200]))


@dataclass(slots=True)
class Loss:
    """How much was dropped within a `with counting()`."""

    number: int = 0


@contextmanager
def counting() -> Iterator[Loss]:
    """Counts what is dropped inside. Nothing inside may wait: other streams would be counted too."""
    loss, before = Loss(), counted.total()
    yield loss
    loss.number = counted.total() - before
