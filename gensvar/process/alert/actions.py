"""Alerts come about, wait for one another, get their text, and learn what became of them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation

from gensvar.kernel.ids import token
from gensvar.process.alert import rules, words
from gensvar.process.alert.crash_points import BEFORE_COMMIT
from gensvar.process.alert.models import Alert, Dispatch
from gensvar.process.alert.states import MOVES, State, Way, What, check
from gensvar.process.case.models import Case

REMOVED = "The route was removed, paused, or is not confirmed."
NOBODY = "The person is not in this workspace any more."
NOTHING = "There was nothing left to say."
GIVEN_UP = "It could not be sent for a day."


def prepare(dispatch: Dispatch, *, at: datetime) -> Dispatch | None:
    """The dispatch with its text frozen, ready for the one call; None when it is not to be sent now.

    Called with the lease held. A dispatch whose call has begun earlier comes to rest as unsure.
    """
    with transaction.atomic():
        row = _locked(dispatch)
        state = State(row.state)
        if state is State.SENDING:
            _rest(row, State.UNSURE, "The desk stopped while this was being sent.")
            return None
        if why := _in_vain(row):
            _rest(row, State.DROPPED, why)
            return None
        if row.frozen_at is not None and at - row.frozen_at > rules.GIVE_UP:
            _rest(row, State.REFUSED, row.why or GIVEN_UP)
            return None
        if state is State.WAITING:
            return _written(row, at)
        return row if state in (State.READY, State.LATER) and not _postponed(row, at) else None


def _in_vain(row: Dispatch) -> str:
    """Why nobody may or need read this any more; "" when somebody does."""
    route = row.route
    if route is None or not (row.is_test or route.is_open) or not row.user.is_active:
        return REMOVED
    if row.rule and not row.user.memberships.filter(workspace=row.rule.workspace_id, left_at=None).exists():
        return NOBODY
    if not row.is_test and (row.rule is None or row.rule.paused_at is not None):
        return NOTHING
    return ""


def _written(row: Dispatch, at: datetime) -> Dispatch | None:
    told = _still_true(row)
    if not told:
        _rest(row, State.DROPPED, NOTHING)
        return None
    if _postponed(row, at) or _gathered_instead(row, at):
        return None
    way = Way(row.route.way)  # type: ignore[union-attr]  # a dispatch without a route was dropped
    with translation.override(row.user.language or told[0].workspace.language):
        text = words.of(row, told, way, at)
    freeze(row, text, at=at)
    row.save()
    return row


def freeze(row: Dispatch, text: words.Text, *, at: datetime) -> None:
    """From here on every attempt says exactly this."""
    row.subject, row.frozen_text, row.frozen_at, row.state = text.subject, text.body, at, State.READY.value
    row.key = row.key or f"<{token(24)}.{int(at.timestamp())}@{_own_host()}>"


def _own_host() -> str:
    sender = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >")
    return sender if sender.isascii() and sender.replace("-", "").replace(".", "").isalnum() else "gensvar"


def _still_true(row: Dispatch) -> list[Alert]:
    """What of it is worth saying; a clock that was stopped, set anew or taken over is not."""
    rows = row.alerts.select_related("workspace", "user", "case", "mention", "rule", "rule__view").order_by(
        "pk"
    )
    return [alert for alert in rows if alert.what != What.CLOCK or _still_runs(alert)]


def _still_runs(alert: Alert) -> bool:
    theirs = alert.case is not None and alert.case.owner_id in (None, alert.user_id)
    return theirs and alert.occasion == clock_of(alert.case)


def clock_of(case: Case | None) -> str:
    """The occasion of the clock that runs in this case; "" when none does."""
    if case is None or case.next_due_at is None or case.closed_at is not None:
        return ""
    return f"clock:{case.pk}:{int(case.next_due_at.timestamp())}"


def _postponed(row: Dispatch, at: datetime) -> bool:
    """Quiet hours have begun meanwhile: it leaves when they end."""
    if row.is_test or row.is_pressing or row.rule is None:
        return False
    until = rules.quiet_until(row.rule.quiet, at)
    if until is None or _wakes(row):
        return False
    row.due_at, row.lease_until, row.rung_at = until, None, None
    row.save(update_fields=["due_at", "lease_until", "rung_at"])
    return True


def _wakes(row: Dispatch) -> bool:
    """Whether a clock in it may be told of in quiet hours."""
    clock = rules.Seen(What.CLOCK)
    return (
        row.rule is not None
        and rules.wakes(row.rule.wake, clock)
        and row.alerts.filter(what=What.CLOCK).exists()
    )


def _gathered_instead(row: Dispatch, at: datetime) -> bool:
    """Too many messages went to this route just now: what it says is said with what else comes."""
    if row.gathers or row.rule is None:
        return False
    just_now = Dispatch.objects.filter(route=row.route_id, sent_at__gt=at - rules.BURST_WITHIN).count()
    if just_now < rules.BURST:
        return False
    joint = gathering(row.rule_id, row, due=at + rules.BURST_WITHIN, at=at)
    row.alerts.update(dispatch=joint)
    if row.is_pressing and not joint.is_pressing:  # what was worth waking for does not wait for the morning
        joint.is_pressing = True
        joint.save(update_fields=["is_pressing"])
    _rest(row, State.DROPPED, "There were many at once; this one went out together with others.")
    return True


def gathering(rule_id: int | None, like: Dispatch, *, due: datetime, at: datetime) -> Dispatch:
    """The dispatch of this rule that takes in more, held until the transaction ends; it leaves by `due`."""
    rows = Dispatch.objects.select_for_update().filter(rule=rule_id, state=State.WAITING.value, gathers=True)
    found = rows.first()
    if found is None:
        fresh = Dispatch(
            user_id=like.user_id,
            route_id=like.route_id,
            rule_id=rule_id,
            gathers=True,
            due_at=due,
            made_at=at,
        )
        Dispatch.objects.bulk_create([fresh], ignore_conflicts=True)  # another process may be as quick
        found = rows.get()
    if found.due_at is None or due < found.due_at:
        found.due_at = due
        found.save(update_fields=["due_at"])
    return found


def sending(dispatch: Dispatch) -> bool:
    """Say that the call begins now; whether it may: the lease is still ours, and nobody was quicker."""
    ours = Dispatch.objects.filter(
        pk=dispatch.pk, lease_until=dispatch.lease_until, attempts=dispatch.attempts
    )
    ready = ours.filter(state__in=[State.READY.value, State.LATER.value])
    return bool(ready.update(state=State.SENDING.value))


@transaction.atomic
def was_sent(dispatch: Dispatch, *, at: datetime) -> None:
    """The server has it. The words are forgotten here: they stand in the cases, and are never sent again."""
    row = _locked(dispatch)
    if row.state == State.SENT.value:
        return
    check(row.state, State.SENT)
    row.state, row.sent_at, row.due_at, row.lease_until = State.SENT.value, at, None, None
    row.why, row.frozen_text, row.subject = "", "", ""
    row.save()
    _say_trouble(row, "")
    BEFORE_COMMIT.pass_by()


@transaction.atomic
def was_delayed(dispatch: Dispatch, why: str, after: timedelta | None, *, at: datetime) -> None:
    """Nothing was sent; it is tried again."""
    row = _locked(dispatch)
    check(row.state, State.LATER)
    row.state, row.why, row.lease_until, row.rung_at = State.LATER.value, why, None, None
    row.due_at = rules.again_at(row.attempts, after, at)
    row.save()
    _say_trouble(row, why)


def _say_trouble(row: Dispatch, why: str) -> None:
    if row.route is not None:
        row.route.trouble = why
        if not why:
            row.route.refusals = 0
        row.route.save(update_fields=["trouble", "refusals"])


@transaction.atomic
def was_refused(dispatch: Dispatch, why: str, *, at: datetime) -> None:
    """The server said no. A route that only refuses is paused, and its owner reads why."""
    row = _locked(dispatch)
    check(row.state, State.REFUSED)
    _rest(row, State.REFUSED, why)
    if row.route is None:
        return
    row.route.trouble, row.route.refusals = why, row.route.refusals + 1
    if row.route.refusals >= rules.REFUSALS and row.route.paused_at is None:
        row.route.paused_at = at
    row.route.save(update_fields=["trouble", "refusals", "paused_at"])


@transaction.atomic
def is_unsure(dispatch: Dispatch, why: str) -> None:
    """Nobody knows whether it arrived: its receiver is told on the desk, and no machine sends it again."""
    row = _locked(dispatch)
    check(row.state, State.UNSURE)
    _rest(row, State.UNSURE, why)


@transaction.atomic
def send_again(dispatch: Dispatch, *, at: datetime) -> bool:
    """Its receiver wants it once more: the same words under the same key. Whether it could be."""
    row = _locked(dispatch)
    if State.READY not in MOVES[State(row.state)] or not row.frozen_text:
        return False
    row.state, row.due_at, row.rung_at, row.lease_until = State.READY.value, at, at, None
    row.attempts, row.frozen_at = 0, at
    row.save()
    return True


def _rest(row: Dispatch, state: State, why: str) -> None:
    check(row.state, state)
    row.state, row.why, row.due_at, row.lease_until = state.value, why, None, None
    if state is State.DROPPED:
        row.frozen_text, row.subject = "", ""
    row.save()


def _locked(dispatch: Dispatch) -> Dispatch:
    rows = Dispatch.objects.select_for_update(of=("self",))
    return rows.select_related("route", "rule", "rule__user", "user").get(pk=dispatch.pk)
