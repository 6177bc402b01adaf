"""Settings: the look of the desk in this browser, and where everything else is changed."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gensvar.desk import rail
from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.dossier import Choice
from gensvar.people.rules import Right

A_YEAR = 365 * 24 * 3600


@require_GET
@workspace_view(Right.SEE)
def settings(request: WorkspaceRequest) -> HttpResponse:
    """What holds for this workspace, for this browser, and for this person."""
    workspace, theme = request.workspace, request.COOKIES.get("theme", "")
    context = {
        "facts": [
            {"name": _("Company"), "words": workspace.name},
            {"name": _("First answer within"), "words": _("%(n)s minutes") % {"n": workspace.answer_minutes}},
            {"name": _("Time zone"), "words": workspace.zone},
        ],
        "looks": [
            Choice("", _("As the machine"), theme not in ("light", "dark")),
            Choice("light", _("Light"), theme == "light"),
            Choice("dark", _("Dark"), theme == "dark"),
        ],
        "look_url": reverse("look", args=[workspace.slug]),
        "you": f"{request.user.name}, {request.membership.get_role_display().lower()}",
    }
    return rail.show(request, "desk/settings.html", context, here="settings")


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
