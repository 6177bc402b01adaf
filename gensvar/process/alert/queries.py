"""Alerts as screens read them."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet

from gensvar.people.models import User
from gensvar.process.alert.models import Alert, Dispatch, Route, Rule
from gensvar.process.alert.states import State, What

SHOWN = 30
IN_DOUBT = [State.UNSURE.value, State.REFUSED.value]


def routes(user: User) -> QuerySet[Route]:
    """The ways to reach this person, the oldest first."""
    return Route.objects.filter(user=user).order_by("pk")


def rules(user: User) -> QuerySet[Rule]:
    """What this person wants to be told of, where they still work."""
    rows = Rule.objects.filter(
        user=user, workspace__memberships__user=user, workspace__memberships__left_at=None
    )
    return rows.select_related("workspace", "route", "view", "user").order_by("workspace__name", "pk")


def latest(user: User, most: int = SHOWN) -> Sequence[Dispatch]:
    """What was sent to this person last or waits to be, the newest first; with the alerts that they may see."""
    rows = Dispatch.objects.filter(user=user, is_test=False).exclude(state=State.DROPPED.value)
    return list(rows.select_related("route", "rule").prefetch_related(_seen(user)).order_by("-pk")[:most])


def _seen(user: User) -> Prefetch[str, QuerySet[Alert], str]:
    here = Q(workspace__memberships__user=user, workspace__memberships__left_at=None)
    alerts = Alert.objects.filter(here).select_related("workspace", "case", "mention").order_by("pk")
    return Prefetch("alerts", alerts)


def in_doubt(user: User) -> int:
    """How many messages may not have reached this person, among the last that were made."""
    newest = Dispatch.objects.filter(user=user, is_test=False).order_by("-pk").values_list("state", flat=True)
    return sum(state in IN_DOUBT for state in newest[:SHOWN])


def delays(workspace_id: int, since: datetime, until: datetime) -> list[float]:
    """Seconds from each post to the alert that told of it at once (digests wait on purpose), ascending."""
    rows = Alert.objects.filter(
        workspace=workspace_id,
        what=What.FOUND.value,
        dispatch__gathers=False,
        dispatch__sent_at__gte=since,
        dispatch__sent_at__lt=until,
    ).annotate(sent_at=F("dispatch__sent_at"))
    return sorted(
        max((sent - told).total_seconds(), 0.0) for told, sent in rows.values_list("since", "sent_at")
    )
