"""Making and changing a watch: the form, what it finds while it is typed, and a trial before it is kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gensvar.desk import rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.watch_change import change_of
from gensvar.desk.watch_form import (
    FIELD_OF,
    LONGEST,
    WatchForm,
    boxes_of,
    can_show,
    filled,
    initial_of,
    too_long,
    unbound,
)
from gensvar.desk.watch_trial import read, tried
from gensvar.kernel.clock import now
from gensvar.kernel.text import showable
from gensvar.people.rules import Right
from gensvar.process.listen import actions, queries
from gensvar.process.listen.models import Watch
from gensvar.reading.form import Form, suggest, wrong


@workspace_view(Right.WATCH)
def new_watch(request: WorkspaceRequest) -> HttpResponse:
    """A watch that does not exist yet; `query` in the address is a beginning."""
    query = request.GET.get("query", "")[:LONGEST]
    return _edit(request, WatchForm(request.POST or None, initial=_beginning(request, query)), None)


@workspace_view(Right.SEE, change=Right.WATCH)
def watch(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """One watch, to change."""
    found = get_object_or_404(Watch.objects.select_related("change"), pk=pk, workspace=request.workspace)
    return _edit(request, WatchForm(request.POST or None, initial=initial_of(found)), found)


@require_POST
@workspace_view(Right.WATCH)
def preview(request: WorkspaceRequest) -> HttpResponse:
    """What the form finds as it stands, in words."""
    return render(
        request, "desk/parts/watch_preview.html", {**_preview(WatchForm(request.POST)), "may": True}
    )


def _beginning(request: WorkspaceRequest, query: str) -> dict[str, Any]:
    """The given query in the boxes; the company's own name where nothing is watched yet."""
    if query:
        return boxes_of(query, {})
    if queries.watches(request.workspace.pk).exists():
        return filled(Form())
    handles = [one.handle for one in queries.channels(request.workspace.pk) if one.handle]
    begun = suggest([request.workspace.name])
    return filled(Form(name=begun.name, hashtags=begun.hashtags, handles=tuple(handles)))


def _edit(request: WorkspaceRequest, form: WatchForm, found: Watch | None) -> HttpResponse:
    do = "mend" if "mend" in request.POST else request.POST.get("do", "keep")
    if request.method != "POST":
        return _show(request, form, found)
    if do == "keep":
        if form.is_valid():
            return _keep(request, form, found)
        return _show(request, form, found, status=422)
    form = unbound(form, **_turned(request, form, do))
    return _show(request, form, found, is_tried=do == "try")


def _turned(request: WorkspaceRequest, form: WatchForm, do: str) -> dict[str, str]:
    """What another button than “keep” changes in the form."""
    if do == "mend":
        return {"writing": "hand", "query": request.POST["mend"][:LONGEST]}
    if do == "hand":
        return {"writing": "hand", "query": form.written()}
    return boxes_of(form.written()[:LONGEST], {}) if do == "boxes" else {}


def _keep(request: WorkspaceRequest, form: WatchForm, found: Watch | None) -> HttpResponse:
    values = form.watch_values()
    if found:
        known = found.change_id
        values["query"] = _as_kept(values["query"], found)
        actions.change_watch(found, **values, by=request.actor, at=now())
        if found.change_id == known:  # else the list says so, with its undo
            messages.info(request, _("Nothing was different, so nothing was changed."))
    else:
        actions.add_watch(request.workspace, **values, by=request.actor, at=now())
        messages.success(request, _("The desk listens for it from now on."))
    return HttpResponseRedirect(reverse("watches", args=[request.workspace.slug]))


def _as_kept(query: str, found: Watch) -> str:
    """The kept query where the boxes only put it into another order."""
    kept = boxes_of(found.query, found.boxes)
    return found.query if WatchForm(initial=kept).written() == query else query


def _show(
    request: WorkspaceRequest,
    form: WatchForm,
    found: Watch | None,
    *,
    is_tried: bool = False,
    status: int = 200,
) -> HttpResponse:
    slug, may = request.workspace.slug, request.actor.may(Right.WATCH)
    context: dict[str, Any] = {
        "watch": found,
        "form": form if may else None,
        "boxes": [] if form.by_hand else [form[field] for field in FIELD_OF.values()],
        "here": reverse("watch", args=[slug, found.pk]) if found else reverse("new-watch", args=[slug]),
        "change": change_of(found, now()) if found else None,
        **_preview(form),
    }
    if is_tried and context["explained"]:
        context["tried"] = tried(request, form.written(), form.chosen_languages(), found, now())
    return rail.show(request, "desk/watch.html", context, here="watches", status=status)


def _preview(form: WatchForm) -> dict[str, Any]:
    """The query in words, or what is wrong with it."""
    query = form.written()
    mistakes = [] if form.by_hand else wrong(form.typed())
    is_too_long = len(query) > LONGEST
    found = read("" if mistakes or is_too_long else query)
    return {
        "query": showable(query[:LONGEST]),
        "too_long": too_long() if is_too_long else "",
        "by_hand": form.by_hand,
        "can_show": form.by_hand and not is_too_long and can_show(query),
        "mistakes": [
            {"entry": showable(each.entry), "box": form.fields[FIELD_OF[each.box]].label, "why": _(each.why)}
            for each in mistakes
        ],
        **found,
    }
