"""The frame around every screen: the views with their numbers, the places, and where live updates begin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gensvar.desk.access import WorkspaceRequest
from gensvar.people.models import User
from gensvar.process.case import queries
from gensvar.process.case.models import Fact
from gensvar.process.case.queries import MOST, Part, bounded
from gensvar.process.case.steps import Tray
from gensvar.process.listen import queries as heard
from gensvar.process.listen.filter import BadFilter, Filter, from_dict, to_query
from gensvar.process.listen.models import Channel, View

VIEWS: tuple[tuple[str, Promise, str, str], ...] = (
    ("now", gettext_lazy("Now"), "inbox", "i"),
    ("judge", gettext_lazy("To judge"), "scale", "j"),
    ("mine", gettext_lazy("Mine"), "user", "m"),
    (Tray.SECOND, gettext_lazy("Second eyes"), "eye", ""),
    (Tray.PROMISED, gettext_lazy("Promised"), "hourglass", ""),
    (Tray.PRIVATE, gettext_lazy("In private"), "lock", ""),
    (Tray.RETURN, gettext_lazy("Return"), "reply", ""),
    (Tray.WATCHING, gettext_lazy("Watching"), "binoculars", ""),
    (Tray.THANK, gettext_lazy("To thank"), "heart", ""),
    (Tray.UNSURE, gettext_lazy("Unsure"), "circle-question-mark", ""),
    ("heard", gettext_lazy("Heard"), "ear", ""),
)
"""Views of the inbox: name in the address, words, icon, second key after `g`."""


@dataclass(frozen=True, slots=True)
class Place:
    """A link of the frame."""

    name: str
    url: str
    icon: str
    here: bool = False
    count: str = ""
    go: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Every number around a list, how many channels are in trouble, and the newest fact of all journals.

    `trays` by the names of VIEWS, `saved` by view id, `listed` what the page itself asked to have counted;
    `is_far`: more was heard than was looked at for it.
    """

    trays: Mapping[str, int]
    in_trouble: int
    newest: int
    saved: Mapping[int, int] = field(default_factory=dict)
    views: Sequence[View] = ()
    listed: int = 0
    is_far: bool = False


_IN_TROUBLE = f"""(SELECT count(*) FROM {Channel._meta.db_table}
                   WHERE workspace_id = %s AND removed_at IS NULL AND trouble <> '')"""  # noqa: S608  fixed
_NEWEST = f"(SELECT coalesce(max(id), 0) FROM {Fact._meta.db_table})"  # noqa: S608  fixed text


def numbers(request: WorkspaceRequest, listed: Part | None = None) -> Numbers:
    """All of them in two statements with bounded scans; `listed` = what the page wants to have counted."""
    workspace = request.workspace.pk
    saved = list(heard.views(workspace, request.user.pk))
    parts = {view.pk: part for view in saved if (part := _saved_part(view, request.user))}
    around: list[Part] = [
        lying(workspace, 0, "heard", Filter()),
        lying(workspace, 0, "judge", Filter()),
        (_IN_TROUBLE, [workspace]),
        (_NEWEST, []),
    ]
    more = [further_back(workspace), listed] if listed else []
    counted = queries.counts(workspace, request.user, [*around, *parts.values(), *more])
    known, to_judge, in_trouble, newest, *rest = counted.also
    trays = {tray.value: lying for tray, lying in counted.trays.items()}
    return Numbers(
        trays={**trays, "mine": counted.mine, "judge": to_judge, "heard": known},
        in_trouble=in_trouble,
        newest=newest,
        saved=dict(zip(parts, rest, strict=False)),
        views=saved,
        listed=rest[-1] if more else 0,
        is_far=bool(more and rest[-2]),
    )


LATELY, FAR_BACK = 2_000, 20_000
"""So many of the newest posts are looked at for the number of a saved view, and of the list that is open."""


def _saved_part(view: View, user: User) -> Part | None:
    """What the number of a saved view counts; None when its filter cannot be read any more."""
    try:
        return lying(
            view.workspace_id, user.pk if view.tray == "mine" else 0, view.tray, from_dict(view.filter)
        )
    except BadFilter:
        return None


@lru_cache(maxsize=4096)
def lying(workspace: int, owner: int, tray: str, wanted: Filter, most: int = LATELY) -> Part:
    """The statement that counts a filtered list. It names no moment, so it is written once."""
    if tray == "heard":
        rows = heard.heard_lately(workspace, most) if wanted else heard.heard(workspace)
        return bounded(heard.apply(wanted, rows))
    if tray == "judge":
        cases = queries.to_judge(workspace)
    elif tray == "mine":
        cases = queries.of_owner(workspace, owner)
    else:
        cases = queries.in_tray(workspace, Tray(tray))
    return bounded(heard.cases_that_meet(wanted, cases))


@lru_cache(maxsize=256)
def further_back(workspace: int) -> Part:
    """The statement that says whether more was heard than is looked at for the number of a list."""
    rows = heard.heard(workspace).values("pk")[FAR_BACK : FAR_BACK + 1]
    sql, values = rows.query.sql_with_params()
    return f"(SELECT count(*) FROM ({sql}) AS further)", values  # noqa: S608  Django's own SQL


def show(
    request: WorkspaceRequest,
    template: str,
    context: dict[str, Any],
    *,
    here: str = "",
    status: int = 200,
    known: Numbers | None = None,
) -> HttpResponse:
    """A whole page: `template` inside the frame, with the link named `here` marked."""
    return render(request, template, {"shell": shell(request, here, known), **context}, status=status)


def shell(request: WorkspaceRequest, here: str, known: Numbers | None = None) -> dict[str, Any]:
    """Everything that the frame shows."""
    slug = request.workspace.slug
    known = known or numbers(request)
    saved = saved_views(request, known)
    return {
        "name": request.workspace.name,
        "slug": slug,
        "home_url": reverse("inbox", args=[slug, "now"]),
        "leave_url": reverse("account_logout"),
        "live_url": f"{reverse('live', args=[slug])}?since={known.newest}",
        "views_url": reverse("views", args=[slug]),
        "views": views(slug, "" if any(place.here for place in saved) else here, known),
        "saved": saved,
        "saved_url": reverse("saved", args=[slug]),
        "places": _places(slug, here, known),
        "own": _own(slug, here),
        "thumbs": _thumbs(slug, here),
    }


def views(slug: str, here: str, known: Numbers) -> list[Place]:
    """The views of the inbox with how much lies in each."""
    return [
        Place(
            name=str(words),
            url=reverse("inbox", args=[slug, name]),
            icon=icon,
            here=name == here,
            count=number(known.trays.get(name, 0)),
            go=go,
        )
        for name, words, icon, go in VIEWS
    ]


def saved_views(request: WorkspaceRequest, known: Numbers) -> list[Place]:
    """The saved views with how much each finds; the first nine have a key after `g`."""
    slug, here = request.workspace.slug, request.GET.get("view", "")
    return [
        Place(
            name=view.name,
            url=view_url(slug, view),
            icon="bookmark",
            here=str(view.pk) == here,
            count=number(known.saved.get(view.pk, 0)),
            go=str(place) if place < 10 else "",
        )
        for place, view in enumerate(known.views, start=1)
    ]


def view_url(slug: str, view: View) -> str:
    """The list that a saved view shows, with its filter in the address so that it can be handed on."""
    try:
        query = to_query(from_dict(view.filter))
    except BadFilter:
        return reverse("saved", args=[slug])
    return f"{reverse('inbox', args=[slug, view.tray])}?{query}&view={view.pk}".replace("?&", "?")


def number(count: int) -> str:
    """A count as the rail shows it; empty for none, `999+` where counting stopped."""
    if count >= MOST:
        return f"{MOST - 1}+"
    return formats.number_format(count) if count else ""


def _places(slug: str, here: str, known: Numbers) -> list[Place]:
    away = _("%(number)s in trouble") % {"number": known.in_trouble} if known.in_trouble else ""
    return [
        Place(_("Watches"), reverse("watches", args=[slug]), "radio-tower", here == "watches", go="w"),
        Place(_("Channels"), reverse("channels", args=[slug]), "plug", here == "channels", go="c", note=away),
    ]


def _own(slug: str, here: str) -> list[Place]:
    return [
        Place(_("Figures"), reverse("figures", args=[slug]), "chart-column", here == "figures", go="f"),
        Place(_("People"), reverse("people", args=[slug]), "users", here == "people"),
        Place(_("Settings"), reverse("settings", args=[slug]), "settings", here == "settings"),
    ]


def _thumbs(slug: str, here: str) -> list[Place]:
    return [
        Place(str(words), reverse("inbox", args=[slug, name]), icon, name == here)
        for name, words, icon, _go in VIEWS
        if name in ("now", "mine", Tray.SECOND)
    ]
