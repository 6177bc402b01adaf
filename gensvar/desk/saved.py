"""Saved views: a filtered list kept under a name, for oneself or for everyone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from gensvar.desk import filtering, rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.empty import Empty
from gensvar.kernel.clock import now
from gensvar.people.rules import Right
from gensvar.process.listen import queries, views
from gensvar.process.listen.filter import BadFilter, Filter, from_dict, from_query, to_query
from gensvar.process.listen.models import View


class SavedForm(forms.Form):
    """The questions of a saved view; the filter comes along as it stands in an address."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    shared = forms.BooleanField(label=gettext_lazy("For everyone"), required=False)
    tray = forms.ChoiceField(choices=[(str(name), words) for name, words, _icon, _go in rail.VIEWS])
    query = forms.CharField(max_length=4000, required=False)

    def clean_query(self) -> Filter:
        """The filter; only a change of the name comes without one."""
        try:
            wanted = from_query(dict(QueryDict(self.cleaned_data["query"]).lists()))
        except BadFilter as error:
            raise forms.ValidationError(filtering.mend(error.part)) from error
        if "query" in self.data and not wanted:
            raise forms.ValidationError(_("There is no filter to keep. Filter the list first."))
        return wanted


def keeping(
    request: WorkspaceRequest, tray: str, wanted: Filter, seen: Sequence[View]
) -> dict[str, Any] | None:
    """What the bar offers to keep: a new view, or another filter for the view that is open."""
    if not wanted:
        return None
    slug, number = request.workspace.slug, request.GET.get("view", "")
    view = next((one for one in seen if str(one.pk) == number and one.tray == tray), None)
    is_kept = view is not None and _filter(view) == wanted
    change = view if view and not is_kept and _may_change(request, view) else None
    return {
        "url": reverse("saved", args=[slug]),
        "tray": tray,
        "query": to_query(wanted),
        "may_share": request.actor.may(Right.WATCH),
        "is_kept": is_kept,
        "change": change,
        "change_url": reverse("saved-view", args=[slug, change.pk]) if change else "",
    }


@workspace_view(Right.SEE)
def saved(request: WorkspaceRequest) -> HttpResponse:
    """All saved views, to rename, put in order and remove; a form sent here keeps a new one."""
    if request.method != "POST":
        return _show(request)
    form = SavedForm(request.POST)
    if not form.is_valid():
        return _show(request, _errors(form))
    given = form.cleaned_data
    try:
        view = views.add_view(
            request.workspace,
            name=given["name"],
            tray=given["tray"],
            wanted=given["query"],
            shared=given["shared"],
            by=request.actor,
            at=now(),
        )
    except views.TooMany as error:
        return _show(request, str(error))
    messages.success(request, _("Kept. The view stands in the rail."))
    return HttpResponseRedirect(rail.view_url(request.workspace.slug, view))


@require_POST
@workspace_view(Right.SEE)
def change(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Give a view another name, another filter, or other people who see it."""
    view = _find(request, pk)
    form = SavedForm({"tray": view.tray, **request.POST.dict()})
    if not form.is_valid():
        return _show(request, _errors(form))
    wanted = form.cleaned_data["query"] if "query" in request.POST else _filter(view)
    if wanted is None:
        return _show(request, _("Its filter cannot be read any more. Remove the view, and save a new one."))
    views.change_view(
        view,
        name=form.cleaned_data["name"],
        wanted=wanted,
        shared=form.cleaned_data["shared"],
        by=request.actor,
        at=now(),
    )
    messages.success(request, _("Kept."))
    if "query" in request.POST:
        return HttpResponseRedirect(rail.view_url(request.workspace.slug, view))
    return _back(request)


@require_POST
@workspace_view(Right.SEE)
def move(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Put a view one place up or down."""
    views.move_view(_find(request, pk), up=request.POST.get("way") == "up", by=request.actor, at=now())
    return _back(request)


@workspace_view(Right.SEE)
def remove(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Ask first, then take a view out of the rail."""
    view = _find(request, pk)
    if request.method != "POST":
        return rail.show(request, "desk/saved_remove.html", {"view": _row(request, view)})
    views.remove_view(view, by=request.actor, at=now())
    messages.success(request, _("Removed. What it showed is where it was."))
    return _back(request)


def _find(request: WorkspaceRequest, pk: int) -> View:
    """A view that this person sees; another's own is not there for them."""
    view = queries.views(request.workspace.pk, request.user.pk).filter(pk=pk).first()
    if view is None:
        raise Http404
    return view


def _may_change(request: WorkspaceRequest, view: View) -> bool:
    return not view.is_shared or request.actor.may(Right.WATCH)


def _filter(view: View) -> Filter | None:
    try:
        return from_dict(view.filter)
    except BadFilter:
        return None


def _errors(form: SavedForm) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def _back(request: WorkspaceRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("saved", args=[request.workspace.slug]))


def _show(request: WorkspaceRequest, trouble: str = "") -> HttpResponse:
    seen = [_row(request, view) for view in queries.views(request.workspace.pk, request.user.pk)]
    context = {
        "trouble": trouble,
        "saved": seen,
        "may_share": request.actor.may(Right.WATCH),
        "nothing": Empty(
            "bookmark",
            _("No view is saved yet"),
            _("Filter a list and choose “Save as a view”: it then stands in the rail with its number."),
            _("Open what was heard"),
            reverse("inbox", args=[request.workspace.slug, "heard"]),
        ),
    }
    return rail.show(request, "desk/saved.html", context, here="saved", status=422 if trouble else 200)


def _row(request: WorkspaceRequest, view: View) -> dict[str, Any]:
    wanted, slug = _filter(view), request.workspace.slug
    return {
        "id": view.pk,
        "name": view.name,
        "tray": next((str(words) for name, words, _icon, _go in rail.VIEWS if name == view.tray), view.tray),
        "words": filtering.words(view.workspace_id, wanted) if wanted else _("cannot be read any more"),
        "is_shared": view.is_shared,
        "may_change": _may_change(request, view),
        "url": rail.view_url(slug, view),
        "change_url": reverse("saved-view", args=[slug, view.pk]),
        "move_url": reverse("move-view", args=[slug, view.pk]),
        "remove_url": reverse("remove-view", args=[slug, view.pk]),
    }
