"""The newest change of a watch: who made it, what it was and what it is, and the way back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.clocks import ago
from gensvar.desk.watch_form import LANGUAGE_NAMES
from gensvar.kernel.clock import now
from gensvar.kernel.text import showable
from gensvar.people.rules import Right
from gensvar.process.listen import actions, queries
from gensvar.process.listen.models import Watch
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.query import BadQuery

FRESH = timedelta(minutes=1)
"""How long after a change its undo is offered on the list as well."""

NAMES: dict[str, Promise] = {
    "name": gettext_lazy("Name"),
    "query": gettext_lazy("Query"),
    "kind": gettext_lazy("Kind"),
    "languages": gettext_lazy("Languages"),
    "paused": gettext_lazy("Paused"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was changed, in words."""

    name: str
    before: str
    after: str
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody changed; `may_undo`: there is something to go back to."""

    id: int
    by: str
    when: str
    differences: list[Difference]
    may_undo: bool
    words: str
    url: str


def change_of(watch: Watch, at: datetime) -> Change | None:
    """The newest change of `watch`."""
    fact = watch.change
    if fact is None:
        return None
    before, after = fact.data.get("before"), fact.data.get("after") or {}
    return Change(
        id=fact.pk,
        by=fact.by_name,
        when=ago(fact.at, at),
        differences=_differences(before, after) if before else [],
        may_undo=bool(before),
        words=_done(watch, before, after),
        url=reverse("undo-watch", args=[watch.workspace.slug, watch.pk]),
    )


def fresh_change(workspace_id: int, user_id: int, at: datetime) -> Change | None:
    """What this person changed a moment ago, so that it can be taken back at once."""
    watch = queries.changed_lately(workspace_id, user_id, at - FRESH)
    change = change_of(watch, at) if watch else None
    return change if change and change.may_undo else None


def _done(watch: Watch, before: dict[str, Any] | None, after: dict[str, Any]) -> str:
    """The change in one sentence, beside its undo."""
    words = {"name": showable(watch.name)}
    if before and before.get("paused") != after.get("paused"):
        return (_("%(name)s is paused.") if watch.paused_at else _("%(name)s is heard again.")) % words
    return _("%(name)s is changed.") % words


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    return [
        Difference(str(words), _said(name, before.get(name)), _said(name, after.get(name)), name == "query")
        for name, words in NAMES.items()
        if before.get(name) != after.get(name)
    ]


def _said(name: str, value: Any) -> str:
    if name == "languages":
        return languages(value or LANGUAGES)
    if name == "paused":
        return _("yes") if value else _("no")
    if name == "kind":
        return str(dict(Watch.Kind.choices).get(value, value))
    return showable(str(value))


def languages(chosen: Any) -> str:
    """The languages of a watch in words."""
    if set(chosen) >= set(LANGUAGES):
        return _("all seven languages")
    return ", ".join(str(LANGUAGE_NAMES.get(each, each)) for each in chosen)


@require_POST
@workspace_view(Right.WATCH)
def undo(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Take back the change that the page showed."""
    found = get_object_or_404(Watch.objects.select_related("change"), pk=pk, workspace=request.workspace)
    change = request.POST.get("change", "")
    try:
        is_done = actions.undo_watch(
            found, int(change) if change.isdecimal() and len(change) < 19 else 0, by=request.actor, at=now()
        )
    except BadQuery:  # kept by an older version that read it differently
        is_done = False
    if is_done:
        messages.success(request, _("Taken back. The watch is as it was before."))
    else:
        messages.error(
            request, _("The watch was changed again since. Nothing was taken back; look at it first.")
        )
    return HttpResponseRedirect(reverse("watches" if is_done else "watch", args=_place(request, pk, is_done)))


def _place(request: WorkspaceRequest, pk: int, is_done: bool) -> list[Any]:
    return [request.workspace.slug] if is_done else [request.workspace.slug, pk]
