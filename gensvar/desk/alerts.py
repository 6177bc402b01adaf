"""Alerts: how a person is reached, what they are told of, and what was told last."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gensvar.desk.access import PersonRequest, person_view
from gensvar.desk.alert_forms import RuleForm, WayForm, every, rule_about
from gensvar.desk.clocks import ago, exact, span
from gensvar.desk.empty import Empty
from gensvar.kernel.clock import now
from gensvar.kernel.text import one_line
from gensvar.people.models import User
from gensvar.process.alert import actions, queries, routes, wanted
from gensvar.process.alert.links import Signposts
from gensvar.process.alert.models import Alert, Dispatch, Route, Rule
from gensvar.process.alert.states import State, Way
from gensvar.process.alert.tasks import BELL
from gensvar.process.case.models import Case

TONES = {
    State.SENT: ("good", "check"),
    State.REFUSED: ("late", "triangle-alert"),
    State.UNSURE: ("late", "circle-question-mark"),
    State.LATER: ("soon", "hourglass"),
}


def signposts() -> Signposts:
    """How alerts lead back here."""
    return Signposts(
        case=lambda slug, pk: settings.BASE_URL + reverse("case", args=[slug, pk]),
        heard=lambda slug: settings.BASE_URL + reverse("inbox", args=[slug, "heard"]),
        alerts=lambda: settings.BASE_URL + reverse("alerts"),
    )


@person_view
def alerts(request: PersonRequest) -> HttpResponse:
    """Everything about one's own alerts; a form sends a new rule here."""
    form = RuleForm(request.user, None, request.POST or None)
    if form.is_valid() and _asked(request, form, None):
        return redirect("alerts")
    return _page(request, rule_form=form)


@person_view
def rule(request: PersonRequest, pk: int) -> HttpResponse:
    """One rule, to change."""
    found = get_object_or_404(queries.rules(request.user), pk=pk)
    form = RuleForm(request.user, found, request.POST or None)
    if form.is_valid() and _asked(request, form, found):
        return redirect("alerts")
    return _page(request, rule_form=form, rule=found)


def _asked(request: PersonRequest, form: RuleForm, found: Rule | None) -> bool:
    membership, asked = form.wanted()
    try:
        if found:
            wanted.change(found, asked, by=membership.actor())
        else:
            wanted.ask(asked, by=membership.actor(), at=now())
    except wanted.TooMany as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Kept. You are told of it from now on."))
    return True


@require_POST
@person_view
def pause_rule(request: PersonRequest, pk: int) -> HttpResponse:
    """Be told nothing of it until further notice, or again."""
    found = get_object_or_404(Rule, user=request.user, pk=pk)
    wanted.pause(found, paused=found.paused_at is None, at=now())
    return redirect("alerts")


@require_POST
@person_view
def remove_rule(request: PersonRequest, pk: int) -> HttpResponse:
    """Be told of it no more."""
    wanted.remove(get_object_or_404(Rule, user=request.user, pk=pk))
    messages.success(request, _("The rule is removed."))
    return redirect("alerts")


@require_POST
@person_view
def add_way(request: PersonRequest) -> HttpResponse:
    """Keep an address, and send its test message."""
    form = WayForm(request.user, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            route, test = routes.add(
                request.user, Way(given["way"]), given["address"], given["shown"], at=now()
            )
        except routes.NotTaken as error:
            form.add_error("address", str(error))
        else:
            BELL.ring(test.pk)
            messages.success(request, _("A test message is on its way to %(to)s.") % {"to": route.shown})
            return redirect("alerts")
    return _page(request, way_form=form)


@require_POST
@person_view
def confirm_way(request: PersonRequest, pk: int) -> HttpResponse:
    """The code of the test message: the address is theirs."""
    trouble = routes.confirm(_route(request, pk), request.POST.get("code", ""), at=now())
    if trouble:
        messages.error(request, trouble)
    else:
        messages.success(request, _("Confirmed. Now say below what you want to be told of."))
    return redirect("alerts")


@require_POST
@person_view
def test_way(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a test message to it."""
    found = _route(request, pk)
    try:
        BELL.ring(routes.test(found, at=now()).pk)
        messages.success(request, _("A test message is on its way to %(to)s.") % {"to": found.shown})
    except routes.NotTaken as error:
        messages.warning(request, str(error))
    return redirect("alerts")


@require_POST
@person_view
def pause_way(request: PersonRequest, pk: int) -> HttpResponse:
    """Send nothing by it until further notice, or begin again."""
    found = _route(request, pk)
    routes.pause(found, paused=found.paused_at is None, at=now())
    return redirect("alerts")


@require_POST
@person_view
def remove_way(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget the address and the rules that use it."""
    routes.remove(_route(request, pk))
    messages.success(request, _("The address is forgotten, and the rules that used it are gone."))
    return redirect("alerts")


@require_POST
@person_view
def again(request: PersonRequest, pk: int) -> HttpResponse:
    """Send once more what was refused or may not have arrived."""
    found = get_object_or_404(Dispatch, user=request.user, pk=pk)
    if actions.send_again(found, at=now()):
        BELL.ring(found.pk)
        messages.success(request, _("It is sent once more."))
    else:
        messages.warning(request, _("This message has moved on. Look at how it stands now."))
    return redirect("alerts")


def _route(request: PersonRequest, pk: int) -> Route:
    return get_object_or_404(Route, user=request.user, pk=pk)


def _page(
    request: PersonRequest,
    *,
    rule_form: RuleForm | None = None,
    way_form: WayForm | None = None,
    rule: Rule | None = None,
) -> HttpResponse:
    user, at = request.user, now()
    ways = list(queries.routes(user))
    latest = queries.latest(user)
    context: dict[str, Any] = {
        "ways": [_way(each) for each in ways],
        "may_ask": bool(ways),
        "rules": [_rule(each) for each in queries.rules(user)],
        "way_form": way_form or WayForm(user),
        "rule_form": rule_form or RuleForm(user),
        "rule": rule,
        "latest": [_line(each, at) for each in latest],
        "in_doubt": sum(each.state in queries.IN_DOUBT for each in latest),
        "nothing": Empty(
            "send",
            _("Nothing was told yet"),
            _("What you are told, and how soon after the post, is listed here."),
        ),
        "zone": user.time_zone,
    }
    wrong = (rule_form and rule_form.errors) or (way_form and way_form.errors)
    return render(request, "desk/alerts/alerts.html", context, status=422 if wrong else 200)


def _way(route: Route) -> dict[str, Any]:
    state, tone, icon = _("works"), "good", "check"
    if route.confirmed_at is None:
        state, tone, icon = _("waits for its code"), "soon", "hourglass"
    if route.trouble:
        state, tone, icon = _("in trouble"), "late", "triangle-alert"
    if route.paused_at is not None:
        state, tone, icon = _("paused"), "soon", "hourglass"
    return {
        "id": route.pk,
        "way": route.get_way_display(),
        "shown": route.shown,
        "state": state,
        "tone": tone,
        "icon": icon,
        "trouble": route.trouble,
        "asks_code": route.confirmed_at is None,
        "paused": route.paused_at is not None,
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.pk,
        "workspace": rule.workspace.name,
        "about": rule_about(rule),
        "by": f"{str(rule.route.get_way_display()).lower()} {rule.route.shown}",
        "every": every(rule.every_minutes),
        "quiet": _quiet(rule),
        "paused": rule.paused_at is not None,
        "url": reverse("alert-rule", args=[rule.pk]),
    }


def _quiet(rule: Rule) -> str:
    if rule.quiet_from is None or rule.quiet_to is None:
        return ""
    hours = {"begin": f"{rule.quiet_from:%H:%M}", "end": f"{rule.quiet_to:%H:%M}"}
    words = _("Not from %(begin)s to %(end)s") % hours
    wakes = [str(Case.Kind(kind).label).lower() for kind in rule.wake_kinds]
    if rule.wake_reach is not None:
        wakes.append(_("%(number)s followers or more") % {"number": formats.number_format(rule.wake_reach)})
    if rule.wake_clock:
        wakes.append(_("a clock that runs out"))
    return _("%(quiet)s, but for: %(list)s") % {"quiet": words, "list": ", ".join(wakes)} if wakes else words


def _line(dispatch: Dispatch, at: datetime) -> dict[str, Any]:
    told = list(dispatch.alerts.all())
    tone, icon = TONES.get(State(dispatch.state), ("", "hourglass"))
    return {
        "id": dispatch.pk,
        "when": ago(dispatch.sent_at or dispatch.made_at, at),
        "exact": exact(dispatch.sent_at or dispatch.made_at),
        "told": [_told(alert) for alert in told[:3]],
        "what": _what(told),
        "more": max(len(told) - 3, 0),
        "by": dispatch.route.shown if dispatch.route else _("removed"),
        "state": dispatch.get_state_display(),
        "tone": tone,
        "icon": icon,
        "why": dispatch.why,
        "due": exact(dispatch.due_at) if dispatch.due_at and dispatch.due_at > at else "",
        "delay": _delay(dispatch, told),
        "again": dispatch.state in queries.IN_DOUBT and bool(dispatch.frozen_text),
    }


def _what(told: list[Alert]) -> str:
    """Where, and on which occasions, each said once."""
    places = dict.fromkeys(alert.workspace.name for alert in told)
    return " · ".join([*places, *dict.fromkeys(str(alert.get_what_display()) for alert in told)])


def _told(alert: Alert) -> dict[str, str]:
    of = alert.mention or alert.case
    slug = alert.workspace.slug
    return {
        "who": one_line(of.author, 60) if of else "",
        "url": reverse("case", args=[slug, alert.case_id])
        if alert.case_id
        else reverse("inbox", args=[slug, "heard"]),
    }


def _delay(dispatch: Dispatch, told: list[Alert]) -> str:
    """From what happened first to the message that told of it."""
    if dispatch.sent_at is None or not told:
        return ""
    return seconds(max((dispatch.sent_at - min(alert.since for alert in told)).total_seconds(), 0.0))


def seconds(value: float) -> str:
    """A short time with the sharpness that matters: 1.4 s, 38 s, 12 min."""
    if value < 10:
        return _("%(n)s s") % {"n": formats.number_format(value, 1)}
    return _("%(n)s s") % {"n": round(value)} if value < 120 else span(round(value / 60))


def summary(user: User) -> dict[str, int]:
    """For the page of the person: how much they are told of, and what may not have reached them."""
    return {"rules": queries.rules(user).count(), "in_doubt": queries.in_doubt(user)}
