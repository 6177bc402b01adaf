"""All that a workspace keeps of what it heard, in every column, without the numbers that a database gives.

Two desks that heard the same hold the same, however often they were interrupted.
"""

from typing import Any

from django.db import models as orm

from gensvar.people.models import Workspace
from gensvar.process.case.models import Case, Fact
from gensvar.process.document.models import Capture
from gensvar.process.listen.models import Gap, Mention, Revision, ThreadLoad

OF_LISTENING = ("channel.troubled",)
"""Facts about the line and not about what was said on it."""

Rows = dict[str, list[str]]


def kept(workspace: Workspace) -> Rows:
    """Every row by its table, with names where keys stand."""
    mine: dict[str, orm.QuerySet[Any]] = {
        "mention": Mention.objects.filter(workspace=workspace),
        "revision": Revision.objects.filter(mention__workspace=workspace),
        "case": Case.objects.filter(workspace=workspace),
        "fact": Fact.objects.filter(workspace=workspace).exclude(name__in=OF_LISTENING),
        "capture": Capture.objects.filter(case__workspace=workspace),
        "thread load": ThreadLoad.objects.filter(mention__workspace=workspace),
        "gap": Gap.objects.all(),
    }
    names = _names(workspace)
    return {table: sorted(_line(row, names) for row in rows) for table, rows in mine.items()}


def differences(one: Rows, other: Rows) -> list[str]:
    """Lines that only one of two desks holds, a few of them."""
    return [line for table in one for line in sorted(set(one[table]) ^ set(other[table]))][:6] or [
        table for table in one if one[table] != other[table]
    ]


def _names(workspace: Workspace) -> dict[tuple[type[orm.Model], int], str]:
    names: dict[tuple[type[orm.Model], int], str] = {}
    for mention in Mention.objects.filter(workspace=workspace).iterator():
        names[Mention, mention.pk] = mention.native_id
    for case in Case.objects.filter(workspace=workspace).iterator():
        names[Case, case.pk] = f"{case.thread_key} {case.author_id}"
    for gap in Gap.objects.all():
        names[Gap, gap.pk] = f"{gap.source.name} until {gap.until}"
    for pk, of, revision in Revision.objects.values_list("pk", "mention__native_id", "revision"):
        names[Revision, pk] = f"{of} {revision}"
    return names


def _line(row: orm.Model, names: dict[tuple[type[orm.Model], int], str]) -> str:
    values = {}
    for column in row._meta.concrete_fields:
        if column.primary_key:
            continue
        value = getattr(row, column.attname)
        of = column.related_model
        if isinstance(of, type) and value is not None:
            value = names.get((of, value), "there")
        values[column.name] = bytes(value) if isinstance(value, memoryview) else value
    if isinstance(row, Fact):
        of_kind = {"mention": Mention, "gap": Gap}
        values["data"] = {
            key: names[of_kind[key], value] if key in of_kind else value for key, value in row.data.items()
        }
    return repr(values)
