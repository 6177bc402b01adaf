"""The figures: how fast we answer, how much of it, and how it ends."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind

ANSWERABLE = [Kind.COMPLAINT.value, Kind.QUESTION.value]


@dataclass(frozen=True, slots=True)
class Figures:
    """One period of one workspace. Minutes are None and shares are 0 when there is nothing to count."""

    cases: int
    complaints: int
    median_minutes: float | None
    ninth_minutes: float | None
    within_30: float
    within_60: float
    answered: float
    settled: float
    returned: float
    outcomes: dict[str, int]
    by_day: list[tuple[date, int, int]]
    minutes: list[float]


def figures(workspace_id: int, since: datetime, until: datetime) -> Figures:
    """What happened to the cases that were opened from `since` until before `until`."""
    rows = Case.objects.filter(workspace_id=workspace_id, opened_at__gte=since, opened_at__lt=until)
    to_answer = rows.filter(kind__in=ANSWERABLE)
    minutes = sorted(_minutes(*pair) for pair in _pairs(to_answer))
    number = to_answer.count()
    return Figures(
        cases=rows.count(),
        complaints=rows.filter(kind=Kind.COMPLAINT.value).count(),
        median_minutes=median(minutes) if minutes else None,
        ninth_minutes=minutes[int(0.9 * (len(minutes) - 1))] if minutes else None,
        within_30=_share(sum(value <= 30 for value in minutes), number),
        within_60=_share(sum(value <= 60 for value in minutes), number),
        answered=_share(len(minutes), number),
        settled=_share(to_answer.filter(settled_at__isnull=False).count(), number),
        returned=_share(to_answer.filter(returns__isnull=False).distinct().count(), number),
        outcomes=dict(Counter(rows.exclude(outcome="").values_list("outcome", flat=True))),
        by_day=_by_day(rows),
        minutes=minutes,
    )


def _pairs(rows: QuerySet[Case]) -> Iterable[tuple[datetime, Any]]:
    return rows.filter(answered_at__isnull=False).values_list("clock_started_at", "answered_at")


def _minutes(started: datetime, answered: datetime) -> float:
    return max((answered - started).total_seconds() / 60, 0.0)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _by_day(rows: QuerySet[Case]) -> list[tuple[date, int, int]]:
    days = rows.annotate(day=TruncDate("opened_at")).values("day").order_by("day")
    counted = days.annotate(all=Count("pk"), bad=Count("pk", filter=Q(kind=Kind.COMPLAINT.value)))
    return [(row["day"], row["all"], row["bad"]) for row in counted]
