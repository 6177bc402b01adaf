"""Facts become alerts: rows only, within the transaction of the fact. Each returns what is due at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F

from gensvar.people.actor import Actor
from gensvar.process.alert import rules
from gensvar.process.alert.actions import clock_of, gathering
from gensvar.process.alert.models import Alert, Dispatch, Rule
from gensvar.process.alert.states import About, State, What
from gensvar.process.case.models import Case
from gensvar.process.case.rules import clock_start
from gensvar.process.listen.filter import BadFilter, Filter, from_dict, meets
from gensvar.process.listen.models import Mention
from gensvar.process.listen.queries import traits


@dataclass(frozen=True, slots=True)
class Occasion:
    """One thing to tell: its name (unique for each route), what is known of it, and since when it is true."""

    name: str
    seen: rules.Seen
    since: datetime
    case: Case | None
    mention: Mention | None = None


def found(mention_ids: Sequence[int], *, by: Actor, at: datetime) -> list[int]:
    """Posts were heard: tell those who asked for everything, for a view they meet, or for their own cases."""
    return _told_of(mention_ids, _asked(by, About.EVERYTHING, About.VIEW, About.MINE), at)


def watched(mention_ids: Sequence[int], *, by: Actor, at: datetime) -> list[int]:
    """Posts about a competitor or a subject, which are no cases: tell those whose view they meet."""
    return _told_of(mention_ids, _asked(by, About.VIEW), at)


def _told_of(mention_ids: Sequence[int], asked: Sequence[Rule], at: datetime) -> list[int]:
    if not asked:
        return []
    rows = Mention.objects.filter(pk__in=mention_ids, aside="").select_related("case", "channel", "watch")
    mentions = list(rows.prefetch_related("also").order_by("pk"))
    wanted = {rule.pk: _filter(rule) for rule in asked}
    pairs = [(rule, _heard(row)) for row in mentions for rule in asked if _asks(rule, wanted[rule.pk], row)]
    return _tell(pairs, at)


def judged(case: Case, kind: str, *, by: Actor, at: datetime) -> list[int]:
    """A case has a kind: tell those who asked for it, those whose view it meets now, and wake some who sleep."""
    asked = _asked(by, About.JUDGED, About.VIEW)
    first = _first(case) if asked else None
    pairs = []
    for rule in asked:
        if rule.about == About.JUDGED and rule.kind == kind:
            seen = rules.Seen(What.JUDGED, _kinds(case, kind), first.author_followers if first else None)
            pairs.append((rule, Occasion(f"judged:{case.pk}:{kind}", seen, at, case, first)))
        elif first and rule.about == About.VIEW and _asks(rule, _filter(rule), first):
            pairs.append((rule, replace(_heard(first), since=at)))
    return _tell(pairs, at) + _woken(case, kind, at)


def given(case: Case, owner_id: int, fact_id: int, *, by: Actor, at: datetime) -> list[int]:
    """Somebody else made the case theirs: tell the owner."""
    pairs = [
        (rule, Occasion(f"given:{fact_id}", rules.Seen(What.GIVEN, _kinds(case)), at, case, _first(case)))
        for rule in _asked(by, About.MINE)
        if rule.user_id == owner_id
    ]
    return _tell(pairs, at)


def clock(cases: Iterable[Case], *, by: Actor, at: datetime) -> list[int]:
    """The clocks of these cases were set: who asked is told shortly before one ends, unless it is stopped."""
    asked = _asked(by, About.CLOCK, own_acts_too=True)
    pairs = []
    for case in cases if asked else ():
        if (name := clock_of(case)) and case.next_due_at:
            for rule in asked:
                if case.owner_id in (None, rule.user_id):
                    warn = rules.warn_at(case.next_due_at, rule.warn_minutes, at)
                    seen = rules.Seen(What.CLOCK, _kinds(case))
                    pairs.append((rule, Occasion(name, seen, warn, case, _first(case))))
    return _tell(pairs, at)


def _asked(by: Actor, *about: About, own_acts_too: bool = False) -> list[Rule]:
    """The rules at work in this workspace; nobody is told of what they have done themselves."""
    rows = Rule.objects.filter(
        workspace_id=by.workspace_id,
        about__in=[each.value for each in about],
        paused_at=None,
        user__is_active=True,
        user__memberships__workspace=F("workspace"),
        user__memberships__left_at=None,
        route__confirmed_at__isnull=False,
        route__paused_at=None,
    )
    if by.user_id is not None and not own_acts_too:
        rows = rows.exclude(user=by.user_id)
    return list(rows.select_related("user", "route", "view").order_by("every_minutes", "pk"))


def _filter(rule: Rule) -> Filter | None:
    """What its view asks for; None when the view is gone or cannot be read."""
    if rule.view is None or rule.view.owner_id not in (None, rule.user_id):
        return None
    try:
        return from_dict(rule.view.filter)
    except BadFilter:
        return None


def _asks(rule: Rule, wanted: Filter | None, row: Mention) -> bool:
    if rule.about == About.MINE:
        return row.case is not None and row.case.owner_id == rule.user_id
    if rule.about == About.VIEW:
        return wanted is not None and meets(wanted, traits(row))
    return True


def _kinds(of: Case | Mention, *more: str) -> frozenset[str]:
    """Everything that it is: its kind, and abuse with its ground beside that."""
    abuse = {"abuse", of.abuse} if of.abuse else set()
    return frozenset({of.kind, *abuse, *more} - {""})


def _heard(row: Mention) -> Occasion:
    seen = rules.Seen(What.FOUND, _kinds(row.case or row, row.abuse), row.author_followers)
    return Occasion(f"found:{row.pk}", seen, clock_start(row.posted_at, row.heard_at), row.case, row)


def _first(case: Case) -> Mention | None:
    rows = case.mentions.filter(part=Mention.Part.FOUND).select_related("channel", "watch")
    row = rows.order_by("pk").first()
    if row is not None:
        row.case = case  # as it stands now, with its kind
    return row


def _tell(pairs: Sequence[tuple[Rule, Occasion]], at: datetime) -> list[int]:
    """An alert for each pair that its route was not told of, alone or with others; what is due now."""
    fresh = _untold(pairs)
    alone: list[tuple[Dispatch, Alert]] = []
    joined: list[Alert] = []
    for rule, occasion in fresh:
        alert = _alert(rule, occasion, at)
        plan = _plan(rule, occasion, at)
        dispatch = _dispatch(rule, plan, at)
        if plan.gathers:
            alert.dispatch = gathering(rule.pk, dispatch, due=plan.due, at=at)
            joined.append(alert)
        else:
            alone.append((dispatch, alert))
    Dispatch.objects.bulk_create(dispatch for dispatch, _ in alone)
    for dispatch, alert in alone:
        alert.dispatch = dispatch
    # Another process may have told the same in this very moment; its alert stands, and ours is dropped.
    Alert.objects.bulk_create([*joined, *(alert for _, alert in alone)], ignore_conflicts=True)
    return [dispatch.pk for dispatch, _ in alone if dispatch.due_at and dispatch.due_at <= at]


def _untold(pairs: Sequence[tuple[Rule, Occasion]]) -> list[tuple[Rule, Occasion]]:
    if not pairs:
        return []
    told = set(
        Alert.objects.filter(
            route__in={rule.route_id for rule, _ in pairs}, occasion__in={each.name for _, each in pairs}
        ).values_list("route_id", "occasion")
    )
    fresh = []
    for rule, occasion in pairs:
        if (rule.route_id, occasion.name) not in told:
            told.add((rule.route_id, occasion.name))
            fresh.append((rule, occasion))
    return fresh


def _plan(rule: Rule, occasion: Occasion, at: datetime) -> rules.Plan:
    """Clocks wait for their moment and are looked at again then; everything else is decided now."""
    if occasion.seen.what is What.CLOCK:
        return rules.Plan(occasion.since, gathers=False)
    return rules.plan(
        every_minutes=rule.every_minutes, quiet=rule.quiet, wake=rule.wake, seen=occasion.seen, at=at
    )


def _dispatch(rule: Rule, plan: rules.Plan, at: datetime) -> Dispatch:
    return Dispatch(
        user_id=rule.user_id,
        route_id=rule.route_id,
        rule=rule,
        due_at=plan.due,
        rung_at=at if plan.due <= at else None,
        is_pressing=plan.is_pressing,
        made_at=at,
    )


def _alert(rule: Rule, occasion: Occasion, at: datetime) -> Alert:
    return Alert(
        workspace_id=rule.workspace_id,
        user_id=rule.user_id,
        route_id=rule.route_id,
        rule=rule,
        case=occasion.case,
        mention=occasion.mention,
        what=occasion.seen.what.value,
        occasion=occasion.name,
        since=occasion.since,
        made_at=at,
    )


def _woken(case: Case, kind: str, at: datetime) -> list[int]:
    """What waits for the end of quiet hours, and is now known to be worth waking for, leaves at once."""
    held = Alert.objects.filter(case=case, dispatch__state=State.WAITING.value, dispatch__gathers=True)
    rung = []
    for alert in held.select_related("rule", "rule__user", "mention"):
        rule = alert.rule
        if rule is None or rules.quiet_until(rule.quiet, at) is None:
            continue
        reach = alert.mention.author_followers if alert.mention else None
        if rules.wakes(rule.wake, rules.Seen(What(alert.what), _kinds(case, kind), reach)):
            dispatch = _dispatch(rule, rules.Plan(at, gathers=False, is_pressing=True), at)
            dispatch.save()
            Alert.objects.filter(pk=alert.pk).update(dispatch=dispatch)
            rung.append(dispatch.pk)
    return rung
