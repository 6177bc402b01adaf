"""The people of a workspace: who is in, who is invited, what each may do, which teams there are."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.people_forms import InviteForm, MemberForm, NewTeamForm, TeamForm
from gensvar.desk.rail import show
from gensvar.kernel import clock
from gensvar.people import actions, mail, queries
from gensvar.people.errors import Refused
from gensvar.people.models import Invitation, Membership, Team
from gensvar.people.rules import Right


@workspace_view(Right.SEE)
def people(request: WorkspaceRequest) -> HttpResponse:
    """Everyone in the workspace; for administrators also who is invited."""
    return _page(request)


def _page(
    request: WorkspaceRequest, invite: InviteForm | None = None, new_team: NewTeamForm | None = None
) -> HttpResponse:
    administers = request.actor.may(Right.ADMINISTER)
    context = {
        "members": queries.members(request.workspace),
        "teams": request.workspace.teams.order_by("name").prefetch_related("memberships__user"),
        "administers": administers,
        "invitations": _invitations(request) if administers else [],
        "invite": (invite or InviteForm(request.workspace)) if administers else None,
        "new_team": (new_team or NewTeamForm()) if administers else None,
    }
    return show(
        request, "desk/people/people.html", context, here="people", status=422 if invite or new_team else 200
    )


def _invitations(request: WorkspaceRequest) -> list[tuple[Invitation, str]]:
    waiting = queries.open_invitations(request.workspace, clock.now())
    return [(one, request.build_absolute_uri(reverse("join", args=[one.token]))) for one in waiting]


@workspace_view(Right.ADMINISTER)
@require_POST
def invite(request: WorkspaceRequest) -> HttpResponse:
    """Make an invitation, and mail it when there is an address."""
    form = InviteForm(request.workspace, request.POST)
    if not form.is_valid():
        return _page(request, invite=form)
    given = form.cleaned_data
    invitation = actions.invite(
        request.workspace,
        email=given["email"],
        role=given["role"],
        team=given.get("team"),
        by=request.actor,
        at=clock.now(),
    )
    _tell(request, invitation)
    return redirect("people", request.workspace.slug)


def _tell(request: WorkspaceRequest, invitation: Invitation) -> None:
    if not invitation.email:
        messages.success(request, _("The link is in the list of invitations. Pass it on; it works once."))
    elif mail.send_invitation(invitation, settings.BASE_URL + reverse("join", args=[invitation.token])):
        messages.success(request, _("The invitation to %(email)s is sent.") % {"email": invitation.email})
    else:
        messages.warning(
            request,
            _(
                "The mail server did not take the invitation. It is kept: pass its link on yourself, from the list."
            ),
        )


@workspace_view(Right.ADMINISTER)
@require_POST
def withdraw(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Make the link of an invitation useless."""
    invitation = get_object_or_404(Invitation, workspace=request.workspace, pk=pk)
    try:
        actions.withdraw(invitation, by=request.actor, at=clock.now())
        messages.success(request, _("The invitation is withdrawn; its link works no more."))
    except Refused as error:
        messages.warning(request, str(error))
    return redirect("people", request.workspace.slug)


@workspace_view(Right.ADMINISTER)
def member(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """What one member may do, and in which teams they are."""
    membership = _member(request, pk)
    form = MemberForm(membership, request.POST) if request.method == "POST" else MemberForm(membership)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_member(
                membership,
                role=given["role"],
                teams=given.get("teams", []),
                by=request.actor,
                at=clock.now(),
            )
        except Refused as error:
            form.add_error("role", str(error))
        else:
            messages.success(request, _("Kept. It holds from the next page that they open."))
            return redirect("people", request.workspace.slug)
    context = {"membership": membership, "form": form}
    status = 422 if form.errors else 200
    return show(request, "desk/people/member.html", context, here="people", status=status)


@workspace_view(Right.ADMINISTER)
def remove_member(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Ask, and then end someone's membership."""
    membership = _member(request, pk)
    if request.method != "POST":
        return show(request, "desk/people/remove.html", {"membership": membership}, here="people")
    try:
        actions.remove(membership, by=request.actor, at=clock.now())
    except Refused as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("%(name)s is out of here.") % {"name": membership.user.name})
        if membership.user_id == request.user.pk:
            return redirect("home")
    return redirect("people", request.workspace.slug)


@workspace_view(Right.SEE)
def leave(request: WorkspaceRequest) -> HttpResponse:
    """Ask, and then end one's own membership."""
    if request.method != "POST":
        return show(request, "desk/people/leave.html", {}, here="people")
    try:
        actions.leave(request.membership, by=request.actor, at=clock.now())
    except Refused as error:
        messages.warning(request, str(error))
        return redirect("people", request.workspace.slug)
    messages.success(request, _("You have left %(workspace)s.") % {"workspace": request.workspace.name})
    return redirect("home")


@workspace_view(Right.ADMINISTER)
@require_POST
def new_team(request: WorkspaceRequest) -> HttpResponse:
    """A team, to which members are added on its own page."""
    form = NewTeamForm(request.POST)
    if form.is_valid():
        try:
            team = actions.add_team(
                request.workspace, form.cleaned_data["name"], by=request.actor, at=clock.now()
            )
            return redirect("team", request.workspace.slug, team.pk)
        except Refused as error:
            form.add_error("name", str(error))
    return _page(request, new_team=form)


@workspace_view(Right.ADMINISTER)
def team(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Rename a team, and say who is in it."""
    one = get_object_or_404(Team, workspace=request.workspace, pk=pk)
    form = TeamForm(one, request.POST) if request.method == "POST" else TeamForm(one)
    if form.is_valid():
        try:
            actions.change_team(one, **form.cleaned_data, by=request.actor, at=clock.now())
            return redirect("people", request.workspace.slug)
        except Refused as error:
            form.add_error("name", str(error))
    status = 422 if form.errors else 200
    return show(request, "desk/people/team.html", {"team": one, "form": form}, here="people", status=status)


@workspace_view(Right.ADMINISTER)
def delete_team(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Ask, and then end a team."""
    one = get_object_or_404(Team, workspace=request.workspace, pk=pk)
    if request.method != "POST":
        return show(request, "desk/people/delete_team.html", {"team": one}, here="people")
    name = one.name
    actions.delete_team(one, by=request.actor, at=clock.now())
    messages.success(request, _("The team %(name)s is deleted.") % {"name": name})
    return redirect("people", request.workspace.slug)


def _member(request: WorkspaceRequest, pk: int) -> Membership:
    return get_object_or_404(queries.members(request.workspace), pk=pk)
