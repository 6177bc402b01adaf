"""Settings: the workspace, the look of the desk in this browser, and where everything else is changed."""

from typing import Any

from django import forms
from django.conf import settings as house
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from gensvar.desk import journal, rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.me import WorkspaceForm, zones
from gensvar.desk.rows import Choice
from gensvar.kernel.clock import now
from gensvar.people import actions
from gensvar.people.errors import Refused
from gensvar.people.models import Workspace
from gensvar.people.rules import Right
from gensvar.process.case import queries as cases

A_YEAR = 365 * 24 * 3600


MINUTES = gettext_lazy("Write a number of minutes from 5 to 1440, which is a day.")


class SettingsForm(WorkspaceForm):
    """What holds for a whole workspace."""

    answer_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes to the first answer"),
        min_value=actions.ANSWER_MINUTES[0],
        max_value=actions.ANSWER_MINUTES[-1],
        help_text=gettext_lazy(
            "From 5 to 1440. It holds for new clocks only: those that run keep their end."
        ),
        error_messages={"min_value": MINUTES, "max_value": MINUTES, "invalid": MINUTES},
    )
    zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=zones)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=lambda: house.LANGUAGES,
        help_text=gettext_lazy(
            "Of invitations, kept pictures and kept reasons. Each person chooses their own in the profile."
        ),
    )

    def __init__(self, workspace: Workspace, data: Any = None) -> None:
        initial = {name: getattr(workspace, name) for name in self.base_fields}
        super().__init__(data, initial=initial)
        known = dict(zones())
        if workspace.zone not in known:  # an older name of a zone stays choosable where it was chosen
            self.fields["zone"].choices = [(workspace.zone, workspace.zone), *known.items()]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@workspace_view(Right.SEE, change=Right.ADMINISTER)
def settings(request: WorkspaceRequest) -> HttpResponse:
    """What holds for this workspace, for this browser, and for this person."""
    workspace = request.workspace
    form = SettingsForm(workspace, request.POST or None) if request.actor.may(Right.ADMINISTER) else None
    if form and form.is_valid() and _changed(request, form):
        return HttpResponseRedirect(reverse("settings", args=[workspace.slug]))
    context = {
        "form": form,
        "facts": [] if form else _facts(workspace),
        "reader_url": reverse("reader", args=[workspace.slug]) if form else "",
        "looks": _looks(request.COOKIES.get("theme", "")),
        "look_url": reverse("look", args=[workspace.slug]),
        "changes": _changes(request) if form else [],
        "you": f"{request.user.name}, {request.membership.get_role_display().lower()}",
    }
    status = 422 if form and form.errors else 200
    return rail.show(request, "desk/settings.html", context, here="settings", status=status)


def _changed(request: WorkspaceRequest, form: SettingsForm) -> bool:
    try:
        actions.change_workspace(request.workspace, **form.cleaned_data, by=request.actor, at=now())
    except Refused as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Kept. New clocks follow it; those that run keep their end."))
    return True


def _changes(request: WorkspaceRequest) -> list[dict[str, Any]]:
    """Who changed what for the whole workspace, newest first."""
    at = now()
    return [journal.line(fact, at) for fact in cases.newest(request.workspace.pk, journal.OF_WORKSPACE)]


def _facts(workspace: Workspace) -> list[dict[str, str]]:
    language = dict(house.LANGUAGES).get(workspace.language, workspace.language)
    return [
        {"name": _("Company"), "words": workspace.name},
        {"name": _("First answer within"), "words": _("%(n)s minutes") % {"n": workspace.answer_minutes}},
        {"name": _("Time zone"), "words": workspace.zone},
        {"name": _("Language"), "words": language},
    ]


def _looks(theme: str) -> list[Choice]:
    return [
        Choice("", _("As the machine"), theme not in ("light", "dark")),
        Choice("light", _("Light"), theme == "light"),
        Choice("dark", _("Dark"), theme == "dark"),
    ]


@require_POST
@workspace_view(Right.SEE)
def look(request: WorkspaceRequest) -> HttpResponse:
    """Keep the chosen theme in this browser."""
    response = HttpResponseRedirect(reverse("settings", args=[request.workspace.slug]))
    theme = request.POST.get("theme", "")
    if theme in ("light", "dark"):
        response.set_cookie(
            "theme", theme, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
