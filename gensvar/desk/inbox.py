"""The inbox: the views of the rail as lists, sorted by the time that is left."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gensvar.desk import rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.dossier import dossier, present
from gensvar.desk.empty import RESTING, nothing
from gensvar.desk.rows import Row, row
from gensvar.kernel.clock import now
from gensvar.people.rules import Right
from gensvar.process.case import queries
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Tray
from gensvar.process.listen import queries as heard

A_PAGE = 50
"""Rows of one page."""

MOST_PAGES = 200


@require_GET
@workspace_view(Right.SEE)
def home(request: WorkspaceRequest) -> HttpResponse:
    """The workspace begins with what is to be done now."""
    return HttpResponseRedirect(reverse("inbox", args=[request.workspace.slug, "now"]))


@require_GET
@workspace_view(Right.SEE)
def inbox(request: WorkspaceRequest, view: str) -> HttpResponse:
    """One view: the whole page, or only its rows for a live page."""
    place = next((one for one in rail.VIEWS if one[0] == view), None)
    if place is None:
        raise Http404
    at, page = now(), _page(request)
    wanted = request.GET.get("q", "").strip()[:100]
    opened = None if "X-Live" in request.headers else _opened(request)
    found = _cases(request, view, wanted)
    cases, more = _cut(found, page)
    context: dict[str, Any] = {
        "view": {"name": str(place[1]), "url": reverse("inbox", args=[request.workspace.slug, view])},
        "rows": _rows(request, cases, at, opened.pk if opened else None),
        "q": wanted,
        "rows_url": _rows_address(request, at),
        "news": _news(request, found),
        "order": _order(request, view, wanted),
        "more_url": _address(view, request, wanted, page + 1) if more else "",
        "nothing": nothing(view, request.workspace.slug, wanted),
        "resting": RESTING,
    }
    if "X-Live" in request.headers:
        return render(request, "desk/parts/live_rows.html", {"shell": rail.shell(request, view), **context})
    if opened:
        context |= dossier(request, opened, at)
    return rail.show(request, "desk/inbox.html", context, here=view)


@require_GET
@workspace_view(Right.SEE)
def views(request: WorkspaceRequest) -> HttpResponse:
    """The numbers of the rail, for a live page that shows no list."""
    return render(
        request, "desk/parts/views.html", {"shell": rail.shell(request, request.GET.get("here", ""))}
    )


def _cut(cases: "QuerySet[Case] | Sequence[Case]", page: int) -> tuple[list[Case], bool]:
    first = (page - 1) * A_PAGE
    found = list(cases[first : first + A_PAGE + 1])
    return found[:A_PAGE], len(found) > A_PAGE


def _rows(request: WorkspaceRequest, cases: Sequence[Case], at: datetime, here: int | None) -> list[Row]:
    presences = queries.present([case.pk for case in cases], at)
    people = {case.pk: present(case.pk, presences, request.user.pk) for case in cases}
    return [row(case, request.workspace.slug, at, people, here) for case in cases]


def _cases(request: WorkspaceRequest, view: str, wanted: str) -> "QuerySet[Case] | Sequence[Case]":
    workspace = request.workspace.pk
    if wanted:
        return queries.search(workspace, wanted)
    if view == "mine":
        return queries.of_owner(workspace, request.user, newest_first=_is_newest_first(request))
    if view == "heard":
        return _Heard(workspace)
    return queries.in_tray(workspace, Tray(view), newest_first=_is_newest_first(request))


def _is_newest_first(request: WorkspaceRequest) -> bool:
    return request.GET.get("order") == "new"


def _order(request: WorkspaceRequest, view: str, wanted: str) -> dict[str, str] | None:
    """The way to the other order; a search and what was heard have only one."""
    if wanted or view == "heard":
        return None
    query = {"case": request.GET["case"]} if request.GET.get("case", "").isdecimal() else {}
    name = _("By time left") if _is_newest_first(request) else _("Newest first")
    if not _is_newest_first(request):
        query["order"] = "new"
    address = reverse("inbox", args=[request.workspace.slug, view])
    return {"name": name, "url": f"{address}?{urlencode(query)}" if query else address}


def _rows_address(request: WorkspaceRequest, at: datetime) -> str:
    """Where a live page gets its rows; `since` says when the page was opened, and what is newer is news."""
    query = request.GET.copy()
    query.setdefault("since", str(int(at.timestamp() * 1000)))
    return f"{request.path}?{query.urlencode()}"


def _news(request: WorkspaceRequest, found: "QuerySet[Case] | Sequence[Case]") -> list[int]:
    """Cases that came since the page was opened, where the order may put them out of sight."""
    since = request.GET.get("since", "")
    if not isinstance(found, QuerySet) or "q" in request.GET or _is_newest_first(request):
        return []
    if "X-Live" not in request.headers or not since.isdecimal() or len(since) > 13:
        return []
    return queries.opened_since(found, datetime.fromtimestamp(int(since) / 1000, UTC))


class _Heard(Sequence[Case]):
    """Cases in the order in which their posts were heard."""

    def __init__(self, workspace: int) -> None:
        self.mentions = heard.heard(workspace).exclude(case=None)

    def __len__(self) -> int:
        return self.mentions.count()

    def __getitem__(self, part: Any) -> Any:
        cases = [mention.case for mention in self.mentions[part] if mention.case]
        return list(dict.fromkeys(cases))


def _page(request: WorkspaceRequest) -> int:
    page = request.GET.get("page", "1")
    return min(max(int(page), 1), MOST_PAGES) if page.isdecimal() else 1


def _opened(request: WorkspaceRequest) -> Case | None:
    pk = request.GET.get("case", "")
    if not pk.isdecimal():
        return None
    rows = Case.objects.select_related("owner", "workspace")
    return rows.filter(pk=int(pk), workspace=request.workspace).first()


def _address(view: str, request: WorkspaceRequest, wanted: str, page: int) -> str:
    query = request.GET.copy()
    query.pop("case", None)
    query.pop("since", None)
    query["page"] = str(page)
    return f"{reverse('inbox', args=[request.workspace.slug, view])}?{query.urlencode()}"
