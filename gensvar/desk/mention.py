"""A post that is only watched (a competitor, a subject): read it, and take it up as a case."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from gensvar.desk import rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.folds import Fold, fold
from gensvar.desk.judged import says
from gensvar.desk.rows import watched_row
from gensvar.desk.thread import heard
from gensvar.kernel.clock import now
from gensvar.people.rules import Right
from gensvar.process.assess import relevance
from gensvar.process.assess.queries import newest_by_mention
from gensvar.process.listen import queries
from gensvar.process.listen.models import Mention


def page(request: WorkspaceRequest, row: Mention, at: datetime) -> dict[str, Any]:
    """The context of the page."""
    slug = request.workspace.slug
    shown = watched_row(row, slug, at, "")
    verdict = newest_by_mention([row]).get(row.pk)
    return {
        "watched": {
            "id": shown.id,
            "url": shown.url,
            "who": shown.who,
            "channel": shown.channel,
            "post": heard(row, at, is_subject=True, again=_folds(row, at), verdict=verdict),
            "says": says(verdict, row.workspace_id),
            "why": _why(row),
            "take_url": reverse("take-up", args=[slug, row.pk]) if request.actor.may(Right.JUDGE) else "",
        }
    }


@require_GET
@workspace_view(Right.SEE)
def mention(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """One post: the whole page, or only itself for the reading pane. A post with a case shows the case."""
    row = _find(request, pk)
    if row.case_id:
        return HttpResponseRedirect(reverse("case", args=[request.workspace.slug, row.case_id]))
    if request.htmx:
        response = render(request, "desk/parts/mention.html", page(request, row, now()))
        response["Vary"] = "HX-Request"
        return response
    return rail.show(request, "desk/mention.html", page(request, row, now()))


@require_POST
@workspace_view(Right.JUDGE)
def take_up(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Make it a case: its hour begins."""
    row = _find(request, pk)
    relevance.bring_back(row, by=request.actor, at=now())
    there = reverse("case", args=[request.workspace.slug, row.case_id])
    return HttpResponseClientRedirect(there) if request.htmx else HttpResponseRedirect(there)


def _find(request: WorkspaceRequest, pk: int) -> Mention:
    rows = Mention.objects.select_related("channel", "watch").filter(part=Mention.Part.FOUND)
    return get_object_or_404(rows, pk=pk, workspace=request.workspace)


def _folds(row: Mention, at: datetime) -> Fold | None:
    again, numbers = queries.folded([row]), queries.times_folded([row])
    return fold(row, again.get(row.pk, ()), numbers.get(row.pk, {}), at)


def _why(row: Mention) -> str:
    if row.aside:
        return _("The machine has learnt that such posts are not about us. Take it as a case if this one is.")
    words = {
        "competitor": _("It is about a competitor, so no hour runs and nobody is asked to answer."),
        "subject": _("It is about a subject of the trade, so no hour runs and nobody is asked to answer."),
    }
    return words.get(row.watch.kind if row.watch else "", _("No hour runs, and nobody is asked to answer."))
