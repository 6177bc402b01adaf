"""Watches: what the desk listens for."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gensvar.desk import rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.clocks import ago
from gensvar.desk.empty import Empty
from gensvar.kernel.clock import now
from gensvar.people.rules import Right
from gensvar.process.listen import actions, queries
from gensvar.process.listen.models import Watch
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.query import BadQuery


class WatchForm(forms.Form):
    """The questions of a watch."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    query = forms.CharField(
        label=gettext_lazy("Listen for"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=5000,
        help_text=gettext_lazy("Names, products, #hashtags, @handles and links, with OR between them."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Watch.Kind.choices)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages whose inflections count"),
        choices=[(each, each) for each in LANGUAGES],
        initial=list(LANGUAGES),
        widget=forms.CheckboxSelectMultiple,
    )


@workspace_view(Right.SEE, change=Right.WATCH)
def watches(request: WorkspaceRequest) -> HttpResponse:
    """All watches, and the form for a new one."""
    form = WatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _kept(request, form, None):
        return HttpResponseRedirect(reverse("watches", args=[request.workspace.slug]))
    return _show(request, form, _("A new watch"), reverse("watches", args=[request.workspace.slug]))


@workspace_view(Right.SEE, change=Right.WATCH)
def watch(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """One watch, to change."""
    found = get_object_or_404(Watch, pk=pk, workspace=request.workspace)
    here = reverse("watch", args=[request.workspace.slug, pk])
    initial = {field: getattr(found, field) for field in WatchForm.base_fields}
    form = WatchForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _kept(request, form, found):
        return HttpResponseRedirect(reverse("watches", args=[request.workspace.slug]))
    return _show(request, form, found.name, here, found)


@workspace_view(Right.SEE, change=Right.WATCH)
def pause(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Stop listening for it, or begin again."""
    found = get_object_or_404(Watch, pk=pk, workspace=request.workspace)
    if request.method == "POST":
        actions.pause_watch(found, paused=found.paused_at is None, by=request.actor, at=now())
    return HttpResponseRedirect(reverse("watches", args=[request.workspace.slug]))


def _kept(request: WorkspaceRequest, form: WatchForm, found: Watch | None) -> bool:
    values, by, at = form.cleaned_data, request.actor, now()
    try:
        if found:
            actions.change_watch(found, **values, by=by, at=at)
        else:
            actions.add_watch(request.workspace, **values, by=by, at=at)
    except BadQuery as error:
        form.add_error("query", str(error))
        return False
    messages.success(request, _("The desk listens for it from now on."))
    return True


def _show(
    request: WorkspaceRequest, form: WatchForm, title: str, here: str, found: Watch | None = None
) -> HttpResponse:
    slug, at = request.workspace.slug, now()
    rows = [_row(row, slug, at) for row in queries.watches(request.workspace.pk)]
    context: dict[str, Any] = {
        "watches": rows,
        "form": form if request.actor.may(Right.WATCH) else None,
        "form_title": title,
        "form_url": here,
        "back_url": reverse("watches", args=[slug]) if found else "",
        "pause_url": reverse("pause-watch", args=[slug, found.pk]) if found else "",
        "paused": bool(found and found.paused_at),
        "nothing": Empty(
            "radio-tower",
            _("Nothing is watched yet"),
            _("Write the name of the company below; the desk listens from then on."),
        ),
    }
    status = 422 if form.is_bound else 200
    return rail.show(request, "desk/watches.html", context, here="watches", status=status)


def _row(row: Any, slug: str, at: Any) -> dict[str, Any]:
    return {
        "name": row.name,
        "query": row.query,
        "kind": str(row.get_kind_display()),
        "found": row.found,
        "last": ago(row.last_at, at) if row.last_at else "",
        "paused": row.paused_at is not None,
        "url": reverse("watch", args=[slug, row.pk]),
    }
