"""What the inbox and the case page read of cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from gensvar.people.models import User
from gensvar.process.case.actions import KEEP_PRESENCE_SECONDS
from gensvar.process.case.models import Case, Fact, Presence
from gensvar.process.case.steps import Step, Tray

MOST = 1000
"""Counts stop here (the desk says 999+): counting further would cost a scan for a number nobody reads."""


LEAST_TIME = (F("next_due_at").asc(nulls_last=True), "id")
NEWEST = ("-opened_at", "-id")
WORST = ("-severity", *LEAST_TIME)


class Order(StrEnum):
    """What stands first in a list of cases."""

    TIME = ""
    """What has the least time left."""
    NEW = "new"
    SEVERE = "severe"


ORDERS: dict[Order, Sequence[str | OrderBy]] = {
    Order.TIME: LEAST_TIME,
    Order.NEW: NEWEST,
    Order.SEVERE: WORST,
}


def in_tray(workspace_id: int, tray: Tray, order: Order = Order.TIME) -> QuerySet[Case]:
    """The cases of a tray in this order; what is done by when it changed."""
    rows = Case.objects.filter(workspace_id=workspace_id, tray=tray.value).select_related("owner")
    by_change = tray is Tray.DONE and order is Order.TIME
    return rows.order_by(*(["-changed_at"] if by_change else ORDERS[order]))


def to_judge(workspace_id: int, order: Order = Order.TIME) -> QuerySet[Case]:
    """The cases that wait for a person to say what they are; those first of which a machine is unsure."""
    rows = Case.objects.filter(workspace_id=workspace_id, step=Step.JUDGE.value).select_related("owner")
    return rows.order_by(*(("-unsure", *WORST) if order is Order.TIME else ORDERS[order]))


def of_owner(workspace_id: int, owner: User | int, order: Order = Order.TIME) -> QuerySet[Case]:
    """The open cases that `owner` answers for."""
    rows = Case.objects.filter(workspace_id=workspace_id, owner=owner, closed_at=None).select_related("owner")
    return rows.order_by(*ORDERS[order])


def opened_since(rows: QuerySet[Case], at: datetime, most: int = 99) -> list[int]:
    """Which of `rows` were opened after `at`, the newest first, at most so many."""
    newer = rows.filter(opened_at__gt=at).select_related(None).order_by(*NEWEST)
    return list(newer.values_list("pk", flat=True)[:most])


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases lie in each tray (at most MOST are counted), and how many are one's own."""

    trays: dict[Tray, int]
    mine: int
    also: Sequence[int] = ()


Part = tuple[str, Sequence[Any]]
"""SQL that gives one number, and the values that are bound in it."""


def bounded(rows: QuerySet[Any]) -> Part:
    """How many rows there are; counting stops at MOST."""
    sql, values = rows.order_by().values("pk")[:MOST].query.sql_with_params()
    return f"(SELECT count(*) FROM ({sql}) AS bounded)", values  # noqa: S608  Django's own SQL


def counts(workspace_id: int, user: User, also: Sequence[Part] = ()) -> Counts:
    """All numbers of the rail, in one statement with bounded scans; `also` more numbers for the same page."""
    parts: list[str] = []
    values: list[Any] = []
    for tray in Tray:
        if tray is not Tray.DONE:
            parts.append(_BOUNDED.format(where="workspace_id = %s AND tray = %s"))
            values += [workspace_id, tray.value]
    parts.append(_BOUNDED.format(where="workspace_id = %s AND owner_id = %s AND closed_at IS NULL"))
    values += [workspace_id, user.pk]
    for sql, bound in also:
        parts.append(sql)
        values += bound
    row = _selected(parts, values)
    trays = [tray for tray in Tray if tray is not Tray.DONE]
    return Counts(dict(zip(trays, row, strict=False)), row[len(trays)], row[len(trays) + 1 :])


def numbers(parts: Sequence[Part]) -> list[int]:
    """These numbers, in one statement."""
    return _selected([sql for sql, _ in parts], [value for _, bound in parts for value in bound])


def _selected(parts: Sequence[str], values: Sequence[Any]) -> list[int]:
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return list(cursor.fetchone())


_BOUNDED = f"(SELECT count(*) FROM (SELECT 1 FROM case_case WHERE {{where}} LIMIT {MOST}) AS bounded)"  # noqa: S608  our words; values are bound


def present(case_ids: Sequence[int], at: datetime) -> dict[int, list[Presence]]:
    """Who has which case open now."""
    since = at - timedelta(seconds=KEEP_PRESENCE_SECONDS)
    rows = Presence.objects.filter(case__in=case_ids, seen_at__gte=since).select_related("user")
    found: dict[int, list[Presence]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.case_id, []).append(row)
    return found


def search(workspace_id: int, words: str) -> QuerySet[Case]:
    """Cases whose cover holds all these words (or the number of a case)."""
    rows = Case.objects.filter(workspace_id=workspace_id).select_related("owner")
    for word in words.split()[:6]:
        rows = rows.filter(
            Q(excerpt__icontains=word) | Q(author_name__icontains=word) | Q(author_handle__icontains=word)
        )
    return rows.order_by("-opened_at")


def journal(case: Case, most: int = 200) -> list[Fact]:
    """The newest lines of the journal, oldest first."""
    return list(reversed(case.facts.select_related("by").order_by("-pk")[:most]))


def newest(workspace_id: int, names: Sequence[str], most: int = 30) -> list[Fact]:
    """The newest lines of a whole workspace that have one of these names, newest first."""
    return list(Fact.objects.filter(workspace_id=workspace_id, name__in=names).order_by("-pk")[:most])


def newest_fact() -> int:
    """The id of the newest line of all journals: where a live page begins to follow."""
    return Fact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def facts_after(pk: int, most: int = 500) -> list[tuple[int, int, int | None, str]]:
    """What happened since: (id, workspace, case, name), oldest first."""
    rows = Fact.objects.filter(pk__gt=pk).order_by("pk")
    return list(rows.values_list("pk", "workspace_id", "case_id", "name")[:most])


def presences_after(at: datetime) -> list[tuple[int, int]]:
    """Cases in which somebody came, went, or began to write since `at`: (workspace, case)."""
    rows = Presence.objects.filter(changed_at__gt=at)
    return list(rows.values_list("case__workspace_id", "case_id").distinct())
