"""Quiet hours, waking and planning, as tables; clock changes included."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gensvar.process.alert import rules
from gensvar.process.alert.rules import Plan, Quiet, Seen, Wake
from gensvar.process.alert.states import What


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


NIGHT = ("22:00", "07:00")
QUIET = [
    # zone, from–to, at (UTC), end (UTC) or None
    ("Europe/Stockholm", NIGHT, "2026-11-21T20:59", None),  # 21:59
    ("Europe/Stockholm", NIGHT, "2026-11-21T21:00", "2026-11-22T06:00"),  # 22:00, the first quiet minute
    ("Europe/Stockholm", NIGHT, "2026-11-22T02:00", "2026-11-22T06:00"),  # after midnight
    ("Europe/Stockholm", NIGHT, "2026-11-22T05:59", "2026-11-22T06:00"),
    ("Europe/Stockholm", NIGHT, "2026-11-22T06:00", None),  # 07:00 is not quiet any more
    ("Europe/Helsinki", NIGHT, "2026-11-21T20:30", "2026-11-22T05:00"),  # the same instant, another zone
    ("America/New_York", NIGHT, "2026-11-22T02:59", None),
    ("Europe/Stockholm", ("12:00", "13:00"), "2026-11-21T11:30", "2026-11-21T12:00"),  # within a day
    ("Europe/Stockholm", ("12:00", "13:00"), "2026-11-21T10:59", None),
    ("Europe/Stockholm", ("00:00", "08:00"), "2026-11-20T23:00", "2026-11-21T07:00"),  # from midnight
    ("Europe/Stockholm", ("20:00", "00:00"), "2026-11-21T22:30", "2026-11-21T23:00"),  # until midnight
    ("Europe/Stockholm", ("08:00", "08:00"), "2026-11-21T22:30", None),  # no hours at all
    ("Nowhere/Land", NIGHT, "2026-11-21T23:00", "2026-11-22T07:00"),  # an unknown zone is UTC
    # 29 March 2026: 02:00 becomes 03:00; the night is an hour shorter
    ("Europe/Stockholm", NIGHT, "2026-03-28T21:00", "2026-03-29T05:00"),
    (
        "Europe/Stockholm",
        ("22:00", "02:30"),
        "2026-03-29T00:30",
        "2026-03-29T01:30",
    ),  # an end that is skipped
    ("Europe/Stockholm", ("02:15", "05:00"), "2026-03-29T01:00", "2026-03-29T03:00"),  # a beginning that is
    # 25 October 2026: 03:00 becomes 02:00; the night is an hour longer
    ("Europe/Stockholm", NIGHT, "2026-10-24T20:00", "2026-10-25T06:00"),
    ("Europe/Stockholm", ("22:00", "02:30"), "2026-10-25T00:15", "2026-10-25T00:30"),  # the first 02:15
    ("Europe/Stockholm", ("22:00", "02:30"), "2026-10-25T01:15", "2026-10-25T01:30"),  # the second one
    ("Europe/Stockholm", ("22:00", "02:30"), "2026-10-25T00:45", None),  # between them: 02:45
]


@pytest.mark.parametrize(("zone", "hours", "at", "end"), QUIET)
def test_when_quiet_hours_end(zone: str, hours: tuple[str, str], at: str, end: str | None) -> None:
    quiet = Quiet(time.fromisoformat(hours[0]), time.fromisoformat(hours[1]), zone)
    assert rules.quiet_until(quiet, utc(at)) == (utc(end) if end else None)


@given(
    some.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)),
    some.times(),
    some.times(),
    some.sampled_from(
        ["Europe/Stockholm", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
    ),
)
def test_quiet_hours_always_end_soon_and_never_in_the_past(
    at: datetime, begins: time, ends: time, zone: str
) -> None:
    moment = at.replace(tzinfo=UTC)
    until = rules.quiet_until(Quiet(begins, ends, zone), moment)
    assert until is None or moment < until <= moment + timedelta(hours=26)


WAKES = [
    (Wake(), Seen(What.FOUND, frozenset({"abuse"}), 10**6), False),
    (Wake(frozenset({"abuse"})), Seen(What.JUDGED, frozenset({"abuse"})), True),
    (Wake(frozenset({"abuse"})), Seen(What.JUDGED, frozenset({"complaint"})), False),
    (Wake(frozenset({"abuse"})), Seen(What.FOUND), False),
    (Wake(reach=1000), Seen(What.FOUND, reach=1000), True),
    (Wake(reach=1000), Seen(What.FOUND, reach=999), False),
    (Wake(reach=1000), Seen(What.FOUND), False),  # not known
    (Wake(clock=True), Seen(What.CLOCK), True),
    (Wake(clock=True), Seen(What.FOUND), False),
    (Wake(frozenset({"abuse"}), 1000), Seen(What.FOUND, frozenset(), 5000), True),  # either is enough
]


@pytest.mark.parametrize(("wake", "seen", "expected"), WAKES)
def test_what_wakes(wake: Wake, seen: Seen, expected: bool) -> None:
    assert rules.wakes(wake, seen) is expected


DAY, EVENING, DEEP = utc("2026-11-21T10:00"), utc("2026-11-21T20:50"), utc("2026-11-22T01:00")
MORNING = utc("2026-11-22T06:00")
PLANS = [
    # every minutes, quiet hours?, followers, at, plan
    (0, False, 5, DAY, Plan(DAY, gathers=False)),
    (0, True, 5, DAY, Plan(DAY, gathers=False)),
    (0, True, 5, DEEP, Plan(MORNING, gathers=True)),
    (0, True, 9000, DEEP, Plan(DEEP, gathers=False, is_pressing=True)),
    (15, False, 5, DAY, Plan(DAY + timedelta(minutes=15), gathers=True)),
    (15, True, 5, EVENING, Plan(MORNING, gathers=True)),  # the digest would fall into the night
    (15, True, 9000, DEEP, Plan(DEEP, gathers=False, is_pressing=True)),
    (15, True, 9000, DAY, Plan(DAY + timedelta(minutes=15), gathers=True)),  # waking is for the night
]


@pytest.mark.parametrize(("every", "hours", "reach", "at", "expected"), PLANS)
def test_when_a_thing_is_told(every: int, hours: bool, reach: int, at: datetime, expected: Plan) -> None:
    quiet = Quiet(time(22), time(7), "Europe/Stockholm") if hours else None
    seen = Seen(What.FOUND, reach=reach)
    assert rules.plan(every_minutes=every, quiet=quiet, wake=Wake(reach=1000), seen=seen, at=at) == expected


def test_a_clock_is_told_of_before_it_ends_and_not_in_the_past() -> None:
    assert rules.warn_at(DAY + timedelta(minutes=60), 15, DAY) == DAY + timedelta(minutes=45)
    assert rules.warn_at(DAY + timedelta(minutes=10), 15, DAY) == DAY


@pytest.mark.parametrize(
    ("attempts", "asked", "seconds"),
    [(1, None, 10), (2, None, 30), (4, None, 600), (9, None, 3600), (1, 7, 7), (1, 0, 1), (1, 10**6, 3600)],
)
def test_when_it_is_tried_again(attempts: int, asked: int | None, seconds: int) -> None:
    wanted = None if asked is None else timedelta(seconds=asked)
    assert rules.again_at(attempts, wanted, DAY) == DAY + timedelta(seconds=seconds)
