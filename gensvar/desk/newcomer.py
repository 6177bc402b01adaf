"""What set-up and an invitation both ask of a new person: a name and a password."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gensvar.people.models import User
from gensvar.people.rules import sign_in_name, written_name

ZONES = frozenset(available_timezones())


class NameField(forms.CharField):
    """A person's name as colleagues and customers read it; one also signs in with it."""

    def __init__(self, **kwargs: Any) -> None:
        box = forms.TextInput(attrs={"autocomplete": "username"})
        super().__init__(**{"label": gettext_lazy("Your name"), "max_length": 100, "widget": box, **kwargs})

    def clean(self, value: Any) -> str:
        """The name with single spaces and without what cannot be seen."""
        name = written_name(super().clean(value))
        if not name:
            raise ValidationError(_("Write your name, as colleagues call you."))
        if "@" in name:
            raise ValidationError(_("Write your name here, not an address: a name has no @ in it."))
        return name


class ZoneField(forms.CharField):
    """The time zone that the browser says it is in; what is not one counts as UTC."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput(attrs={"data-zone": ""}))

    def clean(self, value: Any) -> str:
        """A zone that this machine knows."""
        return value if value in ZONES else "UTC"


class NewcomerForm(forms.Form):
    """Name and password. There is one password field: browsers keep it, and one can look at what one typed."""

    name = NameField(help_text=gettext_lazy("Colleagues and customers read it, and you sign in with it."))
    password = forms.CharField(
        label=gettext_lazy("A password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least 10 characters. A few words in a row are easy to remember."),
    )
    zone = ZoneField()

    def clean(self) -> dict[str, Any]:
        """Refuse passwords that are easily guessed, also from the name."""
        given = super().clean() or {}
        name, password = given.get("name", ""), given.get("password")
        if password:
            try:
                validate_password(password, User(username=sign_in_name(name), first_name=name))
            except ValidationError as error:
                self.add_error("password", error)
        return given

    def person(self) -> dict[str, str]:
        """What the actions of people ask of a new person."""
        chosen = self.cleaned_data
        return {
            "name": chosen["name"],
            "password": chosen["password"],
            "zone": chosen["zone"],
            "language": get_language() or "en",
        }
