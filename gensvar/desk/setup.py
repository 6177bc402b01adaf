"""The three questions of the first run, and the way from `/` to where a person belongs."""

import re

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from gensvar.desk.access import to_sign_in
from gensvar.desk.newcomer import NewcomerForm
from gensvar.desk.watch_form import at_column
from gensvar.kernel import clock
from gensvar.people import actions, queries
from gensvar.people.errors import AlreadySetUp, Refused
from gensvar.people.models import Membership, User
from gensvar.people.rules import written_name
from gensvar.people.sign_in import sign_in
from gensvar.process.listen.actions import add_watch
from gensvar.reading.form import entries, suggest, write
from gensvar.reading.query import BadQuery, parse


class SetUpForm(NewcomerForm):
    """Who are you, whom do you answer for, what shall be listened for."""

    company = forms.CharField(label=gettext_lazy("The company's name"), max_length=120)
    watch = forms.CharField(
        label=gettext_lazy("What to watch"),
        max_length=1000,
        help_text=gettext_lazy(
            "Names that people use for it, with commas between. Inflected forms, compounds and the hashtag "
            "are found too."
        ),
    )

    def clean_company(self) -> str:
        """The name with single spaces."""
        if not (name := written_name(self.cleaned_data["company"])):
            raise ValidationError(_("Write the name of the company."))
        return name

    def clean_watch(self) -> str:
        """The names as a query; an error says the column."""
        query = query_of(self.cleaned_data["watch"])
        try:
            parse(query)
        except BadQuery as error:
            raise ValidationError(at_column(error)) from error
        return query


_OPERATORS = re.compile(r'[()]|\b(?:AND|OR|NOT)\b|\bNEAR/|(?:^|\s)-["\w]')


def query_of(names: str) -> str:
    """`Nordpost, Nord Post` as the form of a watch writes it; what is a query already stays as it is."""
    if _OPERATORS.search(names):
        return names.strip()
    return write(suggest(filter(None, map(written_name, entries(names)))))


@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Set-up on a new desk, sign-in for the signed-out, the inbox for everyone else."""
    if not isinstance(request.user, User):
        return to_sign_in(request) if queries.is_set_up() else redirect("setup")
    first = queries.memberships_of(request.user).first()
    return redirect("inbox", first.workspace.slug, "now") if first else redirect("me")


@never_cache
@sensitive_post_parameters("password")
def setup(request: HttpRequest) -> HttpResponse:
    """Ask three things, once in the life of a desk."""
    if queries.is_set_up():
        return redirect("home")
    form = SetUpForm(request.POST or None)
    if form.is_valid():
        try:
            membership = _found(form)
        except AlreadySetUp as error:  # another browser was quicker
            messages.warning(request, str(error))
            return redirect("home")
        except Refused as error:
            form.add_error(None, str(error))
        else:
            sign_in(request, membership.user)
            return redirect("channels", membership.workspace.slug)
    return render(request, "desk/setup/setup.html", {"form": form}, status=422 if form.errors else 200)


def _found(form: SetUpForm) -> Membership:
    at, company = clock.now(), form.cleaned_data["company"]
    with transaction.atomic():
        membership = actions.set_up(**form.person(), company=company, at=at)
        add_watch(
            membership.workspace, name=company, query=form.cleaned_data["watch"], by=membership.actor(), at=at
        )
    return membership
