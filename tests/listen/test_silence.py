"""The rules of listening that need no desk: silence, gaps, and when to try again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.process.listen import rules

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def after(*silences: timedelta) -> float | None:
    """What is usual after a source was silent for so long, again and again."""
    usual: float | None = None
    for silence in silences:
        usual = rules.learn_gap(usual, silence)
    return usual


def is_silent(
    usual: float | None, silence: timedelta, quiet: timedelta = MINUTE, opened: datetime | None = None
) -> bool:
    return rules.silent_since(AT - silence, opened, usual, quiet, AT) is not None


def test_a_busy_source_is_silent_after_a_minute() -> None:
    usual = after(*[2 * SECOND] * 50)
    assert not is_silent(usual, MINUTE)
    assert is_silent(usual, MINUTE + SECOND)


def test_a_slow_source_is_silent_after_three_times_its_usual_gap() -> None:
    usual = after(*[10 * MINUTE] * 50)
    assert not is_silent(usual, 29 * MINUTE)
    assert is_silent(usual, 31 * MINUTE)


def test_a_source_that_is_looked_at_seldom_has_its_own_patience() -> None:
    assert not is_silent(after(2 * SECOND), 2 * HOUR, quiet=3 * HOUR)
    assert is_silent(after(2 * SECOND), 4 * HOUR, quiet=3 * HOUR)


def test_a_source_of_which_nothing_is_known_yet_has_an_hour() -> None:
    assert not is_silent(None, 59 * MINUTE)
    assert is_silent(None, 61 * MINUTE)


def test_what_was_not_open_could_not_speak() -> None:
    assert not is_silent(2.0, 8 * HOUR, opened=AT - 30 * SECOND)
    assert is_silent(2.0, 8 * HOUR, opened=AT - 2 * MINUTE)


def test_silence_is_told_from_the_last_thing_heard() -> None:
    since = rules.silent_since(AT - HOUR, AT - 2 * HOUR, 2.0, MINUTE, AT)
    assert since == AT - HOUR
    assert rules.silent_since(None, AT - 2 * HOUR, None, MINUTE, AT) == AT - 2 * HOUR
    assert rules.silent_since(None, None, None, MINUTE, AT) is None


def test_one_outage_does_not_make_us_deaf_to_the_next() -> None:
    """Five hours of silence on a busy stream count as the minute after which the alarm rang."""
    usual = after(*[2 * SECOND] * 50, 5 * HOUR)
    assert usual is not None
    assert usual <= 60
    assert is_silent(usual, 4 * MINUTE)


def test_a_quiet_night_is_learnt_little_by_little_and_forgotten_by_and_by() -> None:
    usual = after(*[MINUTE] * 50, 30 * MINUTE)
    assert usual == pytest.approx(180, rel=0.1)
    for _ in range(12 * 60):
        usual = rules.learn_gap(usual, MINUTE)
    assert usual == pytest.approx(90, rel=0.1)


def test_the_first_thing_after_opening_teaches_nothing() -> None:
    assert rules.learn_gap(7.0, None) == 7.0


@given(st.lists(st.floats(0, 1e7), min_size=1, max_size=40))
def test_what_is_usual_is_never_longer_than_what_was(seconds: list[float]) -> None:
    usual = after(*(timedelta(seconds=each) for each in seconds))
    assert usual is not None
    assert 0 <= usual <= max(seconds) + 1e-6


def test_a_gap_is_filled_as_far_as_the_network_reaches() -> None:
    reach = timedelta(days=30)
    assert rules.stretch(AT - HOUR, AT, reach, AT) == AT - HOUR
    assert rules.stretch(AT - timedelta(days=40), AT, reach, AT) == AT - reach
    assert rules.stretch(None, AT, reach, AT) == AT - reach
    assert rules.stretch(AT - timedelta(days=40), AT - timedelta(days=31), reach, AT) is None


def test_what_the_network_does_not_reach_is_cut() -> None:
    assert rules.is_cut(AT - HOUR, AT)
    assert not rules.is_cut(AT, AT)
    assert not rules.is_cut(None, AT)


def test_failures_are_tried_again_later_and_later() -> None:
    waits = [rules.again_after(attempts) for attempts in range(1, 30)]
    assert waits[0] == 30 * SECOND
    assert waits[1] == 2 * MINUTE
    assert waits == sorted(waits)
    assert waits[-1] == 6 * HOUR
