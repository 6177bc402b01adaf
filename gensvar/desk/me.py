"""What belongs to a person and not to a workspace: profile, how they sign in, the workspaces they are in."""

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from gensvar.desk.access import PersonRequest, person_view
from gensvar.desk.alerts import summary
from gensvar.desk.newcomer import ZONES, NameField
from gensvar.kernel import clock
from gensvar.people import actions, queries
from gensvar.people.errors import NameTaken, Refused
from gensvar.people.models import User
from gensvar.people.rules import written_name
from gensvar.people.sign_in import keep_language

PLACES = ("Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/",
          "Indian/", "Pacific/")  # fmt: skip


def zones() -> list[tuple[str, str]]:
    """Time zones named after places, and UTC."""
    return [("UTC", "UTC")] + [(zone, zone) for zone in sorted(ZONES) if zone.startswith(PLACES)]


class ProfileForm(forms.Form):
    """What colleagues and customers read, and how the desk speaks to this person."""

    name = NameField(help_text=gettext_lazy("You also sign in with it."))
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy(
            "To sign in with, and to get a new password when you forget yours. Never public."
        ),
    )
    signature = forms.CharField(
        label=gettext_lazy("Signature"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Stands under your replies, as in “Bob at Nordpost”."),
    )
    direct_contact = forms.CharField(
        label=gettext_lazy("Direct contact"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Your own address or number, for customers you help."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the desk"), choices=lambda: settings.LANGUAGES
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=zones)


def _initial(user: User, language: str) -> dict[str, str]:
    return {
        "name": user.name,
        "email": user.email,
        "signature": user.signature,
        "direct_contact": user.direct_contact,
        "language": user.language or language,
        "time_zone": user.time_zone,
    }


@person_view
def me(request: PersonRequest) -> HttpResponse:
    """Profile, sign-in and workspaces of the person who looks."""
    initial = _initial(request.user, settings.LANGUAGE_CODE)
    form = ProfileForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.change_profile(request.user, **form.cleaned_data)
        except NameTaken as error:
            form.add_error("name", str(error))
        else:
            return _kept(request)
    return render(
        request, "desk/me/me.html", _context(request.user, form), status=422 if form.errors else 200
    )


def _kept(request: PersonRequest) -> HttpResponse:
    with override(request.user.language):
        messages.success(request, _("Your profile is kept."))
    response = redirect("me")
    keep_language(response, request.user)
    return response


def _context(user: User, form: ProfileForm) -> dict[str, Any]:
    second = Authenticator.objects.filter(user=user)
    return {
        "form": form,
        "memberships": queries.memberships_of(user),
        "alerts": summary(user),
        "may_found": queries.administers_any(user),
        "has_app": second.filter(type=Authenticator.Type.TOTP).exists(),
        "keys": second.filter(type=Authenticator.Type.WEBAUTHN).count(),
    }


class WorkspaceForm(forms.Form):
    """One more company to answer for."""

    name = forms.CharField(label=gettext_lazy("The company's name"), max_length=120)

    def clean_name(self) -> str:
        """The name with single spaces."""
        if not (name := written_name(self.cleaned_data["name"])):
            raise forms.ValidationError(_("Write the name of the company."))
        return name


@person_view
def new_workspace(request: PersonRequest) -> HttpResponse:
    """Make a workspace, of which one becomes the administrator."""
    if not queries.administers_any(request.user):
        messages.warning(request, _("Only an administrator makes a workspace. Ask one of yours."))
        return redirect("me")
    form = WorkspaceForm(request.POST or None)
    if form.is_valid():
        user = request.user
        language = user.language or settings.LANGUAGE_CODE
        try:
            made = actions.add_workspace(
                user, form.cleaned_data["name"], zone=user.time_zone, language=language, at=clock.now()
            )
            return redirect("channels", made.workspace.slug)
        except Refused as error:
            form.add_error("name", str(error))
    return render(request, "desk/me/new_workspace.html", {"form": form}, status=422 if form.errors else 200)
