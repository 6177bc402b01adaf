"""Watches: what the desk listens for, what each finds, and pausing one."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gensvar.desk import rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.clocks import ago
from gensvar.desk.empty import Empty
from gensvar.desk.watch_change import fresh_change, languages
from gensvar.desk.watch_words import Words
from gensvar.kernel.clock import now
from gensvar.kernel.text import showable
from gensvar.people.rules import Right
from gensvar.process.assess import relevance
from gensvar.process.listen import actions, queries
from gensvar.process.listen.models import Watch
from gensvar.process.listen.queries import Found
from gensvar.reading.forms import LANGUAGES

A_PAGE = 25
"""Watches of one page."""


@require_GET
@workspace_view(Right.SEE)
def watches(request: WorkspaceRequest) -> HttpResponse:
    """All watches, with what each finds."""
    slug, at, may = request.workspace.slug, now(), request.actor.may(Right.WATCH)
    page = request.GET.get("page", "1")
    first = A_PAGE * (int(page) - 1 if page.isdecimal() and 0 < int(page[:6]) < 10_000 else 0)
    rows = list(queries.watches(request.workspace.pk)[first : first + A_PAGE + 1])
    found = queries.found_lately(request.workspace.pk, at)
    aside = relevance.counted(request.workspace.pk)
    context: dict[str, Any] = {
        "watches": [
            _row(row, found.get(row.pk, Found()), aside.get(row.pk, 0), slug, at) for row in rows[:A_PAGE]
        ],
        "more": f"?page={first // A_PAGE + 2}" if len(rows) > A_PAGE else "",
        "may": may,
        "new_url": reverse("new-watch", args=[slug]) if may else "",
        "try_url": reverse("try-watch", args=[slug]),
        "undo": fresh_change(request.workspace.pk, request.user.pk, at) if may else None,
        "nothing": _nothing(slug, may),
    }
    return rail.show(request, "desk/watches.html", context, here="watches")


@workspace_view(Right.SEE, change=Right.WATCH)
def pause(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Stop listening for it, or begin again."""
    found = get_object_or_404(Watch, pk=pk, workspace=request.workspace)
    if request.method == "POST":
        actions.pause_watch(found, paused=found.paused_at is None, by=request.actor, at=now())
    return HttpResponseRedirect(reverse("watches", args=[request.workspace.slug]))


def _nothing(slug: str, may: bool) -> Empty:
    words = _("Say what the company, its products and its people are called; the desk listens from then on.")
    if not may:
        return Empty(
            "radio-tower", _("Nothing is watched yet"), _("A lead or an administrator can add a watch.")
        )
    return Empty(
        "radio-tower",
        _("Nothing is watched yet"),
        words,
        _("Make the first watch"),
        reverse("new-watch", args=[slug]),
    )


def _row(row: Any, found: Found, aside: int, slug: str, at: datetime) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": showable(row.name),
        "words": Words(row.query).sentence(),
        "query": showable(row.query if len(row.query) <= 300 else row.query[:299] + "…"),
        "kind": str(row.get_kind_display()),
        "languages": "" if set(row.languages) >= set(LANGUAGES) else languages(row.languages),
        "week": found.week,
        "month": found.month,
        "tagged": round(100 * found.tagged / found.month) if found.month else None,
        "aside": aside,
        "aside_url": f"{reverse('inbox', args=[slug, 'heard'])}?watch={row.pk}&aside=machine",
        "last": ago(row.last_at, at) if row.last_at else "",
        "paused": ago(row.paused_at, at) if row.paused_at else "",
        "url": reverse("watch", args=[slug, row.pk]),
        "pause_url": reverse("pause-watch", args=[slug, row.pk]),
    }
