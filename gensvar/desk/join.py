"""Coming in by an invitation: with a new account, or as someone who has one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from gensvar.desk.newcomer import NewcomerForm
from gensvar.kernel import clock
from gensvar.people import actions, queries
from gensvar.people.errors import AlreadyIn, InvitationOver, NameTaken
from gensvar.people.models import Invitation, Membership, User
from gensvar.people.sign_in import sign_in


@never_cache
@sensitive_post_parameters("password")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of an invitation."""
    invitation = queries.invitation_of(token)
    if invitation is None:
        return _over(
            request, _("This invitation does not exist. Look whether the whole link was copied."), 404
        )
    if words := actions.over(invitation, clock.now()):
        return _over(request, words, 410)
    try:
        if isinstance(request.user, User):
            return _join_as(request, request.user, invitation)
        return _join_as_new(request, invitation)
    except InvitationOver as error:  # used up between the look and the act
        return _over(request, str(error), 410)


def _join_as(request: HttpRequest, user: User, invitation: Invitation) -> HttpResponse:
    if request.method != "POST":
        return render(request, "desk/people/join.html", {"invitation": invitation, "known": user})
    try:
        return _welcome(request, actions.accept_as(user, invitation, at=clock.now()))
    except AlreadyIn as error:
        messages.info(request, str(error))
        return redirect("home")


def _join_as_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = NewcomerForm(request.POST or None)
    if form.is_valid():
        try:
            membership = actions.accept_as_new(invitation, **form.person(), at=clock.now())
        except NameTaken as error:
            form.add_error("name", str(error))
        else:
            sign_in(request, membership.user)
            return _welcome(request, membership)
    context = {"invitation": invitation, "form": form}
    return render(request, "desk/people/join.html", context, status=422 if form.errors else 200)


def _welcome(request: HttpRequest, membership: Membership) -> HttpResponse:
    messages.success(request, _("You are in %(workspace)s now.") % {"workspace": membership.workspace.name})
    return redirect("inbox", membership.workspace.slug, "now")


def _over(request: HttpRequest, words: str, status: int) -> HttpResponse:
    return render(request, "desk/people/join_over.html", {"words": words}, status=status)
