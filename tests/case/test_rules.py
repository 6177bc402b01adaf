"""Clocks and next steps."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.process.case import rules
from gensvar.process.case.steps import TRAYS, Kind, Outcome, Step
from tests.conftest import AT

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("posted", "started"),
    [
        (None, AT),
        (AT - timedelta(minutes=5), AT - timedelta(minutes=5)),
        (AT - HOUR, AT - HOUR),
        (AT - HOUR - timedelta(seconds=1), AT),
        (AT + timedelta(seconds=1), AT),
        (datetime(1, 1, 1, tzinfo=AT.tzinfo), AT),
    ],
)
def test_the_hour_begins_when_they_wrote_unless_that_cannot_be_believed(
    posted: datetime | None, started: datetime
) -> None:
    assert rules.clock_start(posted, AT) == started


@pytest.mark.parametrize(
    ("minutes", "mood", "left"),
    [
        (0, "calm", 60),
        (47, "calm", 13),
        (48, "amber", 12),
        (60, "amber", 0),
        (61, "late", -1),
        (180, "late", -120),
    ],
)
def test_the_mood_of_the_clock(minutes: int, mood: str, left: int) -> None:
    shown = rules.time_left(AT, AT + HOUR, AT + timedelta(minutes=minutes))
    assert (shown.mood, shown.minutes) == (mood, left)


@given(st.integers(-(10**7), 10**7), st.integers(0, 10**6))
def test_the_share_is_always_a_share(passed: int, total: int) -> None:
    shown = rules.time_left(AT, AT + timedelta(seconds=total), AT + timedelta(seconds=passed))
    assert 0.0 <= shown.share <= 1.0
    assert (shown.mood == "late") == (passed > total)


@pytest.mark.parametrize(
    ("kind", "step", "outcome"),
    [
        (Kind.COMPLAINT, Step.ANSWER, None),
        (Kind.QUESTION, Step.ANSWER, None),
        (Kind.PRAISE, Step.THANK, None),
        (Kind.ABUSE, Step.GROUND, None),
        (Kind.OTHER, Step.CLOSED, Outcome.NOTHING),
    ],
)
def test_what_comes_after_judging(kind: Kind, step: Step, outcome: Outcome | None) -> None:
    assert rules.step_after_judging(kind) == (step, outcome)


def test_every_kind_has_a_next_step() -> None:
    assert {rules.step_after_judging(kind)[0] for kind in Kind} <= set(Step)


@pytest.mark.parametrize("step", list(Step))
def test_when_the_author_writes_again_the_case_is_ours_again(step: Step) -> None:
    then = rules.step_after_answer(step, Kind.COMPLAINT)
    if step in (Step.WATCH, Step.PROMISE, Step.CLOSED):
        assert then is Step.ANSWER
    elif step is Step.FOLLOW:
        assert then is Step.CONCLUDE
    else:
        assert then is step


@pytest.mark.parametrize(
    ("kind", "step"),
    [(Kind.ABUSE, Step.GROUND), (Kind.PRAISE, Step.JUDGE), (Kind.OTHER, Step.JUDGE), ("", Step.JUDGE)],
)
def test_a_closed_case_that_asked_nothing_is_looked_at_anew_and_a_troll_is_not_fed(
    kind: str, step: Step
) -> None:
    assert rules.step_after_answer(Step.CLOSED, kind) is step


def test_a_correction_moves_a_case_until_it_was_answered() -> None:
    assert not rules.is_further_on(Step.ANSWER, answered=True)
    assert not rules.is_further_on(Step.CLOSED, answered=False)
    assert rules.is_further_on(Step.CLOSED, answered=True)
    assert rules.is_further_on(Step.TALK, answered=True)


def test_every_step_lies_in_a_tray() -> None:
    assert set(TRAYS) == set(Step)
