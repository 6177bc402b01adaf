"""The frame around every screen: the views with their numbers, the places, and where live updates begin."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gensvar.desk.access import WorkspaceRequest
from gensvar.process.case import queries
from gensvar.process.case.models import Fact
from gensvar.process.case.queries import MOST
from gensvar.process.case.steps import Tray
from gensvar.process.listen.models import Channel, Mention

VIEWS: tuple[tuple[str, Promise, str, str], ...] = (
    ("now", gettext_lazy("Now"), "inbox", "i"),
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
class Health:
    """What the rail shows beside the trays, and the newest fact of all journals."""

    heard: int
    in_trouble: int
    newest: int


_HEALTH = f"""
SELECT (SELECT count(*) FROM (SELECT 1 FROM {Mention._meta.db_table}
                              WHERE workspace_id = %s AND part = %s LIMIT {MOST}) AS bounded),
       (SELECT count(*) FROM {Channel._meta.db_table}
        WHERE workspace_id = %s AND removed_at IS NULL AND trouble <> ''),
       (SELECT coalesce(max(id), 0) FROM {Fact._meta.db_table})
"""  # noqa: S608  fixed text, values are parameters


def health(workspace_id: int) -> Health:
    """Three numbers in one statement; counting what was heard stops at MOST."""
    with connection.cursor() as cursor:
        cursor.execute(_HEALTH, [workspace_id, Mention.Part.FOUND.value, workspace_id])
        return Health(*cursor.fetchone())


def show(
    request: WorkspaceRequest, template: str, context: dict[str, Any], *, here: str = "", status: int = 200
) -> HttpResponse:
    """A whole page: `template` inside the frame, with the link named `here` marked."""
    return render(request, template, {"shell": shell(request, here), **context}, status=status)


def shell(request: WorkspaceRequest, here: str) -> dict[str, Any]:
    """Everything that the frame shows."""
    slug = request.workspace.slug
    known = health(request.workspace.pk)
    return {
        "name": request.workspace.name,
        "slug": slug,
        "home_url": reverse("inbox", args=[slug, "now"]),
        "leave_url": reverse("account_logout"),
        "live_url": f"{reverse('live', args=[slug])}?since={known.newest}",
        "views_url": reverse("views", args=[slug]),
        "views": views(request, here, known),
        "places": _places(slug, here, known),
        "own": _own(slug, here),
        "thumbs": _thumbs(slug, here),
    }


def views(request: WorkspaceRequest, here: str, known: Health) -> list[Place]:
    """The views of the inbox with how much lies in each."""
    counts = queries.counts(request.workspace.pk, request.user)
    numbers: dict[str, int] = {tray.value: lying for tray, lying in counts.trays.items()}
    numbers |= {"mine": counts.mine, "heard": known.heard}
    return [
        Place(
            name=str(words),
            url=reverse("inbox", args=[request.workspace.slug, name]),
            icon=icon,
            here=name == here,
            count=number(numbers.get(name, 0)),
            go=go,
        )
        for name, words, icon, go in VIEWS
    ]


def number(count: int) -> str:
    """A count as the rail shows it; empty for none, `999+` where counting stopped."""
    if count >= MOST:
        return f"{MOST - 1}+"
    return formats.number_format(count) if count else ""


def _places(slug: str, here: str, known: Health) -> list[Place]:
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
        for name, words, icon, _go in VIEWS[:3]
    ]
