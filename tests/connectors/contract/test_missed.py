"""What belongs to a stretch of time that was missed."""

from datetime import UTC, datetime, timedelta

from gensvar.connectors.contract import Missed
from gensvar.connectors.contract.backfill import SLACK

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
MISSED = Missed(AT, AT + timedelta(hours=1))


def test_what_was_said_in_it_belongs_to_it() -> None:
    assert MISSED.has(AT)
    assert MISSED.has(AT + timedelta(hours=1))


def test_clocks_may_differ_by_a_little() -> None:
    assert MISSED.has(AT - SLACK)
    assert not MISSED.has(AT - SLACK - timedelta(seconds=1))
    assert MISSED.has(MISSED.until + SLACK)
    assert not MISSED.has(MISSED.until + SLACK + timedelta(seconds=1))


def test_one_moment_of_several_is_enough() -> None:
    """An author's clock may be a year behind; the network's is then believed."""
    assert MISSED.has(AT - timedelta(days=365), None, AT)


def test_what_has_no_moment_belongs_to_no_stretch() -> None:
    assert not MISSED.has(None)
