"""The inbox: the views of the rail as lists, sorted by the time that is left."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gensvar.desk import filtering, rail, saved
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.dossier import dossier, present
from gensvar.desk.empty import RESTING, Empty, nothing, too_narrow, unreadable
from gensvar.desk.mention import page as mention_page
from gensvar.desk.rows import Row, row, watched_row
from gensvar.kernel.clock import now
from gensvar.people.rules import Right
from gensvar.process.case import queries
from gensvar.process.case.models import Case
from gensvar.process.case.queries import Order
from gensvar.process.case.steps import Tray
from gensvar.process.listen import queries as heard
from gensvar.process.listen.filter import BadFilter, Filter
from gensvar.process.listen.models import Mention

A_PAGE = 50
"""Rows of one page."""

BESIDE_FORM = 20
"""Rows under the form of the filter, so that the page stays light."""

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
    try:
        wanted = filtering.read(request)
    except BadFilter as error:
        return _not_read(request, view, error)
    at, page, sought = now(), _page(request), request.GET.get("q", "").strip()[:100]
    opened = None if "X-Live" in request.headers else _opened(request)
    found = _lying(request, view, sought, wanted)
    is_open = request.GET.get("filter") == "open"
    rows, more = _cut(found, page, BESIDE_FORM if is_open else A_PAGE)
    # What fits on the first page need not be counted.
    listed = rail.lying(request.workspace.pk, request.user.pk, view, wanted, rail.FAR_BACK)
    known = rail.numbers(request, listed if wanted and (more or page > 1) else None)
    context: dict[str, Any] = {
        "view": {"name": str(place[1]), "url": reverse("inbox", args=[request.workspace.slug, view])},
        "rows": _rows(request, rows, at, opened),
        "q": sought,
        "rows_url": _rows_address(request, at),
        "news": _news(request, found),
        "orders": _orders(request, view, sought),
        "more_url": _address(view, request, page + (not is_open)) if more else "",
        "nothing": nothing(view, request.workspace.slug, sought),
        "resting": RESTING,
    }
    if wanted and not rows:
        context["nothing"] = _too_narrow(request, view, wanted)
    if "X-Live" in request.headers:
        return render(
            request, "desk/parts/live_rows.html", {"shell": rail.shell(request, view, known), **context}
        )
    if not sought:
        context["bar"] = filtering.bar(request, wanted, is_open=is_open)
        context["count"] = _count(view, known, len(rows)) if wanted else ""
        context["keep"] = saved.keeping(request, view, wanted, known.views)
    if isinstance(opened, Case):
        context |= dossier(request, opened, at)
    elif opened:
        context |= mention_page(request, opened, at)
    return rail.show(request, "desk/inbox.html", context, here=view, known=known)


def _count(view: str, known: rail.Numbers, rows: int) -> str:
    """How many meet the filter; with a plus where there may be more."""
    words = rail.number(known.listed or rows)
    return f"{words}+" if view == "heard" and known.is_far and not words.endswith("+") else words


def _not_read(request: WorkspaceRequest, view: str, error: BadFilter) -> HttpResponse:
    """The address holds a filter that cannot be read: say which part, and show nothing instead of too much."""
    url = reverse("inbox", args=[request.workspace.slug, view])
    context = {
        "view": {"name": str(next(one[1] for one in rail.VIEWS if one[0] == view)), "url": url},
        "nothing": unreadable(filtering.mend(error.part), url),
        "rows_url": request.get_full_path(),
        "news": [],
        "resting": RESTING,
    }
    return rail.show(request, "desk/inbox.html", context, here=view, status=400)


def _too_narrow(request: WorkspaceRequest, view: str, wanted: Filter) -> Empty:
    """How much there is without each part of the filter, so that one sees which to loosen."""
    parts = filtering.loosened(request, wanted)
    counted = queries.numbers([queries.bounded(_lying(request, view, "", less)) for _chip, less in parts])
    found = [(chip, number) for (chip, _less), number in zip(parts, counted, strict=True) if number]
    ways = [
        (_("Without %(part)s: %(number)s") % {"part": chip.name, "number": rail.number(number)}, chip.url)
        for chip, number in sorted(found, key=lambda pair: -pair[1])
    ]
    return too_narrow(ways, reverse("inbox", args=[request.workspace.slug, view]))


@require_GET
@workspace_view(Right.SEE)
def views(request: WorkspaceRequest) -> HttpResponse:
    """The numbers of the rail, for a live page that shows no list."""
    return render(
        request, "desk/parts/views.html", {"shell": rail.shell(request, request.GET.get("here", ""))}
    )


Found = QuerySet[Case] | QuerySet[Mention]


def _cut(found: Found, page: int, most: int) -> tuple[list[Case | Mention], bool]:
    first = (page - 1) * A_PAGE
    rows: list[Case | Mention] = list(found[first : first + most + 1])
    return rows[:most], len(rows) > most


def _rows(
    request: WorkspaceRequest, found: Sequence[Case | Mention], at: datetime, opened: Case | Mention | None
) -> list[Row]:
    """A row for each case, and for each post that has none; a case that was heard twice stands once."""
    things = dict.fromkeys((one.case or one) if isinstance(one, Mention) else one for one in found)
    presences = queries.present([one.pk for one in things if isinstance(one, Case)], at)
    people = {pk: present(pk, presences, request.user.pk) for pk in presences}
    slug = request.workspace.slug
    case, mention = (opened.pk, "") if isinstance(opened, Case) else (None, f"m{opened.pk}" if opened else "")
    return [
        row(one, slug, at, people, case) if isinstance(one, Case) else watched_row(one, slug, at, mention)
        for one in things
    ]


def _lying(request: WorkspaceRequest, view: str, sought: str, wanted: Filter) -> Found:
    workspace = request.workspace.pk
    if sought:
        return queries.search(workspace, sought)
    if view == "heard":
        return heard.apply(wanted, heard.heard(workspace))
    order = _order(request)
    if view == "mine":
        rows = queries.of_owner(workspace, request.user, order)
    elif view == "judge":
        rows = queries.to_judge(workspace, order)
    else:
        rows = queries.in_tray(workspace, Tray(view), order)
    return heard.cases_that_meet(wanted, rows)


def _order(request: WorkspaceRequest) -> Order:
    wanted = request.GET.get("order", "")
    return Order(wanted) if wanted in Order else Order.TIME


def _orders(request: WorkspaceRequest, view: str, sought: str) -> list[dict[str, str]]:
    """The ways to the other orders; a search and what was heard have only one."""
    if sought or view == "heard":
        return []
    names = {
        Order.NEW: _("Newest first"),
        Order.TIME: _("Unsure first") if view == "judge" else _("By time left"),
        Order.SEVERE: _("By severity"),
    }
    now_by = _order(request)
    return [
        {"name": name, "url": _ordered(request, view, order)}
        for order, name in names.items()
        if order is not now_by
    ]


def _ordered(request: WorkspaceRequest, view: str, order: Order) -> str:
    query = request.GET.copy()
    for name in ("page", "since", "order"):
        query.pop(name, None)
    if order.value:
        query["order"] = order.value
    address = reverse("inbox", args=[request.workspace.slug, view])
    return f"{address}?{query.urlencode()}" if query else address


def _rows_address(request: WorkspaceRequest, at: datetime) -> str:
    """Where a live page gets its rows; `since` says when the page was opened, and what is newer is news."""
    query = request.GET.copy()
    query.pop("filter", None)
    query.setdefault("since", str(int(at.timestamp() * 1000)))
    return f"{request.path}?{query.urlencode()}"


def _news(request: WorkspaceRequest, found: Found) -> list[int]:
    """Cases that came since the page was opened, where the order may put them out of sight."""
    since = request.GET.get("since", "")
    if found.model is Mention or "q" in request.GET or _order(request) is Order.NEW:
        return []
    if "X-Live" not in request.headers or not since.isdecimal() or len(since) > 13:
        return []
    return queries.opened_since(cast("QuerySet[Case]", found), datetime.fromtimestamp(int(since) / 1000, UTC))


def _page(request: WorkspaceRequest) -> int:
    page = request.GET.get("page", "1")
    return min(max(int(page), 1), MOST_PAGES) if page.isdecimal() else 1


def _opened(request: WorkspaceRequest) -> Case | Mention | None:
    """What is open beside the list: a case by its number, a post without one by m and its number."""
    name = request.GET.get("case", "")
    number = name.removeprefix("m")
    if not number.isdecimal() or len(number) > 18:
        return None
    if name.startswith("m"):
        posts = heard.heard(request.workspace.pk).filter(pk=int(number))
        post = posts.select_related("case__workspace").first()
        return (post.case or post) if post else None
    rows = Case.objects.select_related("owner", "workspace")
    return rows.filter(pk=int(number), workspace=request.workspace).first()


def _address(view: str, request: WorkspaceRequest, page: int) -> str:
    query = request.GET.copy()
    for name in ("case", "since", "filter"):
        query.pop(name, None)
    query["page"] = str(page)
    return f"{reverse('inbox', args=[request.workspace.slug, view])}?{query.urlencode()}"
