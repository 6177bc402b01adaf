"""Crash points: they kill exactly when they are named, and cost nothing otherwise."""

import pytest

from tests.crashes.processes import killed, run

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_named_point_kills_the_process() -> None:
    killed("pass_by", "test.here", crash_at="test.here")


def test_another_point_is_passed_by() -> None:
    assert run("pass_by", "test.here") == "alive"


def test_a_process_that_lives_is_not_taken_for_dead() -> None:
    with pytest.raises(AssertionError, match="ended with 0"):
        killed("pass_by", "test.here", crash_at="test.elsewhere")
