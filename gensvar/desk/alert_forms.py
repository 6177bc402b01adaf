"""What one fills in about alerts: a way to be reached, and what to be told of, as one sentence."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gensvar.connectors.contract import Refused
from gensvar.kernel import environment
from gensvar.people.models import Membership, User
from gensvar.people.queries import memberships_of
from gensvar.process.alert import queries, sms
from gensvar.process.alert.models import THREAT, Route, Rule
from gensvar.process.alert.states import About, Way
from gensvar.process.alert.wanted import Wanted
from gensvar.process.case.models import Case
from gensvar.process.listen.models import View
from gensvar.process.listen.queries import views

Data = Mapping[str, object] | None
EVERY = (0, 5, 15, 30, 60, 240)
WARN = (30, 15, 5)
WAKING = (Case.Kind.ABUSE, Case.Kind.COMPLAINT, Case.Kind.QUESTION)
SLIM = {"class": "slim"}


class WayForm(forms.Form):
    """An address of one's own: mail, a telephone, or one place in a chat."""

    way = forms.ChoiceField(label=gettext_lazy("By"))
    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, user: User, data: Data = None) -> None:
        super().__init__(data, initial={"address": user.email})
        ways = [Way.MAIL, Way.SMS, Way.CHAT] if environment.SMS_URL.read() else [Way.MAIL, Way.CHAT]
        self.fields["way"].choices = [(way.value, Route.Way(way.value).label) for way in ways]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The address as it is kept, and as much of it as a list shows (`shown`)."""
        given = super().clean() or {}
        if "way" in given and "address" in given:
            try:
                given["address"], given["shown"] = READ[Way(given["way"])](given["address"].strip())
            except (forms.ValidationError, Refused) as error:
                self.add_error("address", str(error.why) if isinstance(error, Refused) else error)
        return given


def _mail(address: str) -> tuple[str, str]:
    try:
        validate_email(address)
    except forms.ValidationError:
        raise forms.ValidationError(_("Write an e-mail address, such as bob@example.org.")) from None
    return address, address


def _number(address: str) -> tuple[str, str]:
    number = sms.number(address)
    if not number:
        raise forms.ValidationError(_("Write the number with its country, such as +46 70 123 45 67."))
    return number, f"{number[:3]} … {number[-3:]}"


def _chat(address: str) -> tuple[str, str]:
    from gensvar.process.alert.chat import chat  # apprise is read in only when somebody needs it

    _plugin, name = chat(address)
    return address, f"{name} … {address.rstrip('/')[-4:]}"


READ = {Way.MAIL: _mail, Way.SMS: _number, Way.CHAT: _chat}


class RuleForm(forms.Form):
    """Tell me of … by … at once; leave me alone from … to …, and wake me only for …."""

    tell = forms.ChoiceField(label=gettext_lazy("Tell me of"), widget=forms.Select(attrs=SLIM))
    route = forms.ModelChoiceField(
        Route.objects.none(), label=gettext_lazy("by"), empty_label=None, widget=forms.Select(attrs=SLIM)
    )
    every = forms.TypedChoiceField(
        label=gettext_lazy("how often"), coerce=int, widget=forms.Select(attrs=SLIM)
    )
    quiet_from = forms.TimeField(
        label=gettext_lazy("from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", **SLIM}, format="%H:%M"),
    )
    quiet_to = forms.TimeField(
        label=gettext_lazy("to"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", **SLIM}, format="%H:%M"),
    )
    wake_kinds = forms.MultipleChoiceField(
        label=gettext_lazy("what was judged to be"),
        choices=[*((kind.value, kind.label) for kind in WAKING), THREAT],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    wake_reach = forms.IntegerField(
        label=gettext_lazy("who is read by at least so many followers"),
        min_value=1,
        max_value=2**31 - 1,
        required=False,
        widget=forms.NumberInput(attrs=SLIM),
    )
    wake_clock = forms.BooleanField(label=gettext_lazy("a clock that runs out"), required=False)

    def __init__(self, user: User, rule: Rule | None = None, data: Data = None) -> None:
        super().__init__(data, initial=_initial(rule) if rule else None)
        self.memberships = list(memberships_of(user))
        self.fields["tell"].choices = list(_choices(user, self.memberships))  # type: ignore[attr-defined]
        self.fields["every"].choices = [(minutes, every(minutes)) for minutes in EVERY]  # type: ignore[attr-defined]
        self.fields["route"].queryset = queries.routes(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Quiet hours have both ends, or none."""
        given = super().clean() or {}
        begins, ends = given.get("quiet_from"), given.get("quiet_to")
        if (begins is None) != (ends is None):
            self.add_error("quiet_to" if ends is None else "quiet_from", _("Quiet hours need both ends."))
        elif begins is not None and begins == ends:
            self.add_error("quiet_to", _("Quiet hours end at another time than they begin."))
        return given

    def wanted(self) -> tuple[Membership, Wanted]:
        """In which workspace, and what; of a valid form."""
        given = self.cleaned_data
        workspace, about, detail = given["tell"].split(":", 2)
        membership = next(each for each in self.memberships if each.workspace_id == int(workspace))
        return membership, Wanted(
            route=given["route"],
            about=about,
            view=View.objects.get(pk=int(detail)) if about == About.VIEW else None,
            kind=detail if about == About.JUDGED else "",
            warn_minutes=int(detail) if about == About.CLOCK else 15,
            every_minutes=given["every"],
            quiet_from=given["quiet_from"],
            quiet_to=given["quiet_to"],
            wake_kinds=tuple(given["wake_kinds"]),
            wake_reach=given["wake_reach"],
            wake_clock=given["wake_clock"],
        )


def _initial(rule: Rule) -> dict[str, Any]:
    return {
        "tell": f"{rule.workspace_id}:{rule.about}:{_detail(rule)}",
        "route": rule.route_id,
        "every": rule.every_minutes,
        "quiet_from": rule.quiet_from,
        "quiet_to": rule.quiet_to,
        "wake_kinds": rule.wake_kinds,
        "wake_reach": rule.wake_reach,
        "wake_clock": rule.wake_clock,
    }


def _detail(rule: Rule) -> str:
    details = {About.VIEW: rule.view_id, About.JUDGED: rule.kind, About.CLOCK: rule.warn_minutes}
    return str(details.get(About(rule.about), "") or "")


Choices = Iterator[tuple[str, list[tuple[str, str]]]]


def _choices(user: User, memberships: list[Membership]) -> Choices:
    """Everything that can be told of, workspace by workspace."""
    for membership in memberships:
        pk = membership.workspace_id
        offered = [(About.EVERYTHING, "", ""), (About.MINE, "", "")]
        offered += [(About.JUDGED, kind, "") for kind in JUDGED if kind != "other"]
        offered += [(About.CLOCK, str(minutes), "") for minutes in WARN]
        offered += [(About.VIEW, str(view.pk), view.name) for view in views(pk, user.pk)]
        yield (
            membership.workspace.name,
            [
                (f"{pk}:{about.value}:{detail}", about_words(about, detail, name))
                for about, detail, name in offered
            ],
        )


def about_words(about: str, detail: str = "", name: str = "") -> str:
    """What a rule asks for, as it stands in its sentence."""
    if about == About.JUDGED:
        return str(JUDGED.get(detail, detail))
    if about == About.CLOCK:
        minutes = int(detail or 0)
        words = ngettext("a clock with %(n)s minute left", "a clock with %(n)s minutes left", minutes)
        return words % {"n": minutes}
    if about == About.VIEW:
        return _("the view “%(name)s”") % {"name": name} if name else _("a view that is gone")
    return _("everything new") if about == About.EVERYTHING else _("my own cases")


JUDGED: dict[str, Promise] = {
    "complaint": gettext_lazy("complaints, once they are judged"),
    "threat": gettext_lazy("threats, as soon as a machine is sure"),
    "abuse": gettext_lazy("abuse and threats, once they are judged"),
    "question": gettext_lazy("questions, once they are judged"),
    "praise": gettext_lazy("praise, once it is judged"),
    "other": gettext_lazy("the rest, once it is judged"),
}


def every(minutes: int) -> str:
    """How often a rule speaks."""
    if not minutes:
        return _("at once")
    if minutes % 60:
        return ngettext("every %(n)s minute", "every %(n)s minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    return ngettext("every hour", "every %(n)s hours", hours) % {"n": hours}


def rule_about(rule: Rule) -> str:
    """What this rule asks for."""
    return about_words(rule.about, _detail(rule), rule.view.name if rule.view else "")
