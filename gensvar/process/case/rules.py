"""Clocks and next steps of a case, as pure decisions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gensvar.process.case.steps import Kind, Outcome, Step

LATE_NEWS = timedelta(hours=1)
"""A post older than this when we heard it (a backfill, a wrong claim) is timed from when we heard it."""

ANSWERABLE = frozenset({Kind.COMPLAINT, Kind.QUESTION})
_FURTHER_ON = frozenset({Step.WATCH, Step.PROMISE, Step.TALK, Step.RETURN, Step.FOLLOW, Step.CONCLUDE})


def clock_start(posted_at: datetime | None, heard_at: datetime) -> datetime:
    """When the hour began: what the author's device claims is believed for one hour back, never ahead."""
    if posted_at is None or not heard_at - LATE_NEWS <= posted_at <= heard_at:
        return heard_at
    return posted_at


def answer_due(started_at: datetime, minutes: int) -> datetime:
    """When the first answer is due (PROCESS A1)."""
    return started_at + timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """What a clock shows: minutes left (negative = late), the share of the time that is left, and its mood."""

    minutes: int
    share: float
    mood: str


def time_left(started_at: datetime, due_at: datetime, at: datetime) -> TimeLeft:
    """A clock read at `at`: `calm` until 80 % is gone, then `amber`, then `late`."""
    total = max((due_at - started_at).total_seconds(), 60.0)
    left = (due_at - at).total_seconds()
    share = min(max(left / total, 0.0), 1.0)
    mood = "late" if left < 0 else "amber" if share <= 0.2 else "calm"
    minutes = int(left // 60) if left >= 0 else -int(-left // 60)
    return TimeLeft(minutes=minutes, share=share, mood=mood)


def is_further_on(now: Step, *, answered: bool) -> bool:
    """Whether a correction of the judgement comes too late to move the case."""
    return now in _FURTHER_ON or (now is Step.CLOSED and answered)


def step_after_judging(kind: Kind) -> tuple[Step, Outcome | None]:
    """What comes after a post has been judged, and with which outcome when that is the end."""
    if kind in ANSWERABLE:
        return Step.ANSWER, None
    if kind is Kind.PRAISE:
        return Step.THANK, None
    if kind is Kind.ABUSE:
        return Step.GROUND, None
    return Step.CLOSED, Outcome.NOTHING


def step_after_answer(now: Step, kind: str) -> Step:
    """What comes when the author writes in the thread again (PROCESS R2: it opens the case again).

    A closed case that was no complaint and no question is looked at anew; abuse is never fed (M4).
    """
    if now is Step.CLOSED and kind not in ANSWERABLE:
        return Step.GROUND if kind == Kind.ABUSE else Step.JUDGE
    if now in (Step.WATCH, Step.PROMISE, Step.CLOSED):
        return Step.ANSWER
    if now is Step.FOLLOW:
        return Step.CONCLUDE
    return now
