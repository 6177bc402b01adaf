"""Obeying what a network's headers say about its limits."""

from datetime import UTC, datetime, timedelta

import pytest

from gensvar.connectors.contract.limits import LONGEST, Limits, wait_asked

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
UNIX = int(AT.timestamp())


def headers(remaining: int, reset: str) -> dict[str, str]:
    return {"ratelimit-limit": "30", "ratelimit-remaining": str(remaining), "ratelimit-reset": reset}


def after(status: int, said: dict[str, str]) -> Limits:
    limits = Limits()
    limits.hear("host us method", status, said, AT)
    return limits


def test_as_long_as_something_is_left_nobody_waits() -> None:
    assert after(200, headers(1, str(UNIX + 300))).wait("host us method", AT) is None


def test_when_nothing_is_left_one_waits_for_the_reset_and_no_longer() -> None:
    limits = after(200, headers(0, str(UNIX + 300)))
    assert limits.wait("host us method", AT) == timedelta(seconds=300)
    assert limits.wait("host us method", AT + timedelta(seconds=300)) is None


def test_other_accounts_and_methods_are_not_held_back() -> None:
    assert after(200, headers(0, str(UNIX + 300))).wait("host them method", AT) is None


def test_whoever_can_wait_leaves_some_for_others() -> None:
    limits = after(200, headers(5, str(UNIX + 300)))
    assert limits.wait("host us method", AT, spare=5)
    assert limits.wait("host us method", AT, spare=4) is None


def test_calls_that_left_at_once_are_counted_before_they_come_back() -> None:
    limits = after(200, headers(2, str(UNIX + 300)))
    limits.spend("host us method")
    assert limits.wait("host us method", AT) is None
    limits.spend("host us method")
    limits.spend("host us method")
    assert limits.wait("host us method", AT) == timedelta(seconds=300)


def test_after_a_429_nothing_is_left_whatever_the_headers_say() -> None:
    assert after(429, headers(7, str(UNIX + 300))).wait("host us method", AT) == timedelta(seconds=300)
    assert after(429, {}).wait("host us method", AT) == timedelta(seconds=60)


def test_an_answer_that_says_nothing_changes_nothing() -> None:
    limits = after(200, headers(0, str(UNIX + 300)))
    limits.hear("host us method", 200, {}, AT)
    assert limits.wait("host us method", AT)


@pytest.mark.parametrize(
    ("reset", "seconds"),
    [
        ("120", 120),
        (str(UNIX + 120), 120),
        ("2026-11-21T10:02:00.000Z", 120),
        ("Sat, 21 Nov 2026 10:02:00 GMT", 120),
        ("0", 1),
        (str(UNIX - 50), 1),
        ("9" * 40, LONGEST.total_seconds()),
        ("2099-01-01T00:00:00Z", LONGEST.total_seconds()),
    ],
)
def test_the_moment_is_understood_in_every_spelling_and_bounded(reset: str, seconds: float) -> None:
    assert wait_asked({"ratelimit-reset": reset}, AT) == timedelta(seconds=seconds)
    assert wait_asked({"x-ratelimit-reset": reset}, AT) == timedelta(seconds=seconds)


@pytest.mark.parametrize("reset", ["", "soon", "-5", "1e9", "²", "0x10", "\x00"])
def test_what_cannot_be_understood_is_not_obeyed(reset: str) -> None:
    assert wait_asked({"ratelimit-reset": reset}, AT) is None
    assert after(200, headers(0, reset)).wait("host us method", AT) is None


def test_retry_after_comes_before_the_reset() -> None:
    assert wait_asked({"retry-after": "5", "ratelimit-reset": "120"}, AT) == timedelta(seconds=5)
