"""One page of figures: how fast we answer, how much of it, and how it ends."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median
from typing import Any

from django.http import HttpResponse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from gensvar.desk import rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.alerts import seconds
from gensvar.desk.empty import Empty
from gensvar.kernel.clock import now
from gensvar.people.rules import Right
from gensvar.process.alert.queries import delays
from gensvar.process.case.models import Case
from gensvar.process.learn.queries import Figures
from gensvar.process.learn.queries import figures as count

DAYS = (7, 14, 30, 90)
HEIGHT = 150
"""Pixels of the tallest column."""


@require_GET
@workspace_view(Right.SEE)
def figures(request: WorkspaceRequest) -> HttpResponse:
    """The figures of the last days (`?days=`)."""
    wanted = request.GET.get("days", "")
    days = int(wanted) if wanted.isdecimal() and int(wanted) in DAYS else 14
    until = now()
    since = _midnight(until, days - 1)
    found = count(request.workspace.pk, since, until)
    context = {
        "period": ngettext("The last %(n)s day", "The last %(n)s days", days) % {"n": days},
        "periods": [{"days": each, "here": each == days} for each in DAYS],
        "measures": _measures(found) + _alerted(request, since, until),
        "days": [
            {"day": formats.date_format(day, "j M"), "heard": heard, "complaints": bad}
            for day, heard, bad in found.by_day
        ],
        "chart": _chart(found.by_day, timezone.localtime(until).date(), days),
        "outcomes": [
            {"name": str(Case.Outcome(key).label), "number": number} for key, number in found.outcomes.items()
        ],
        "nothing": Empty(
            "chart-column",
            _("Nothing to count yet"),
            _("As soon as posts become cases, their numbers stand here."),
        ),
    }
    return rail.show(request, "desk/figures.html", context, here="figures")


def _midnight(at: datetime, days: int) -> datetime:
    start = timezone.localtime(at) - timedelta(days=days)
    return start.replace(hour=0, minute=0, second=0, microsecond=0)


def _measures(found: Figures) -> list[dict[str, str]]:
    answered = ngettext("of %(n)s answered", "of %(n)s answered", len(found.minutes)) % {
        "n": len(found.minutes)
    }
    return [
        {
            "name": _("First answer, half of them within"),
            "value": _minutes(found.median_minutes),
            "note": _("nine in ten within %(time)s") % {"time": _minutes(found.ninth_minutes)},
        },
        {
            "name": _("Answered within 30 minutes"),
            "value": _percent(found.within_30),
            "note": _("of all complaints and questions"),
        },
        {"name": _("Answered within the hour"), "value": _percent(found.within_60), "note": answered},
        {
            "name": _("Answered at all"),
            "value": _percent(found.answered),
            "note": _("of all complaints and questions"),
        },
        {"name": _("Settled"), "value": _percent(found.settled), "note": _("put right in private")},
        {
            "name": _("Returned to the thread"),
            "value": _percent(found.returned),
            "note": _("asked whether they are happy"),
        },
    ]


def _alerted(request: WorkspaceRequest, since: datetime, until: datetime) -> list[dict[str, str]]:
    """How soon people were told of new posts; for those who answer for it."""
    took = delays(request.workspace.pk, since, until) if request.actor.may(Right.WATCH) else []
    if not took:
        return []
    return [
        {
            "name": _("From post to alert, half of them within"),
            "value": seconds(median(took)),
            "note": _("19 in 20 within %(time)s") % {"time": seconds(took[ceil(0.95 * len(took)) - 1])},
        }
    ]


def _minutes(value: float | None) -> str:
    return "–" if value is None else _("%(n)s min") % {"n": formats.number_format(round(value))}


def _percent(share: float) -> str:
    return _("%(n)s %%") % {"n": round(share * 100)}


def _chart(by_day: Sequence[tuple[date, int, int]], today: date, days: int) -> dict[str, Any]:
    known = {day: (heard, bad) for day, heard, bad in by_day}
    tallest = max((heard for heard, _bad in known.values()), default=0) or 1
    step = 336 / days
    dates = [today - timedelta(days=days - 1 - at) for at in range(days)]
    columns = []
    for at, day in enumerate(dates):
        heard, bad = known.get(day, (0, 0))
        up, up2 = round(HEIGHT * heard / tallest), round(HEIGHT * bad / tallest)
        columns.append(
            {
                "title": _("%(day)s: cases %(heard)s, complaints %(bad)s")
                % {"day": formats.date_format(day, "j M"), "heard": heard, "bad": bad},
                "left": round(at * step, 2),
                "x": round(at * step + step * 0.2, 2),
                "y": 170 - up,
                "height": up,
                "y2": 170 - up2,
                "height2": up2,
            }
        )
    lines = [170 - HEIGHT, 170 - HEIGHT // 2, 170]
    return {
        "columns": columns,
        "width": round(step * 0.6, 2),
        "step": round(step, 2),
        "lines": lines,
        "tallest": tallest,
        "labels": _labels(dates),
    }


def _labels(dates: Sequence[date]) -> list[dict[str, Any]]:
    """The dates under the columns: first, middle and last; the quarters only where there is room."""
    days = len(dates)
    places = {0: "start", days // 2: "middle", days - 1: "end"}
    quarters = {days // 4: "quarter", days * 3 // 4: "quarter"} if days > 7 else {}
    return [
        {
            "words": formats.date_format(dates[at], "j M"),
            "place": place,
            "x": {"start": 0.0, "end": 100.0}.get(place, round((at + 0.5) / days * 100, 2)),
        }
        for at, place in sorted((quarters | places).items())
    ]
