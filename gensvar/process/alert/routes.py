"""The ways to reach a person: added, shown to be theirs by a code, tested, paused, removed."""

import secrets as chance
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from gensvar.kernel import secrets
from gensvar.kernel.text import one_line
from gensvar.people.models import User
from gensvar.process.alert import actions, rules, words
from gensvar.process.alert.models import Dispatch, Route
from gensvar.process.alert.states import UNDER_WAY, State, Way

MOST_ROUTES = 10


class NotTaken(ValueError):
    """It cannot be done; the message is a sentence for people."""


@transaction.atomic
def add(user: User, way: Way, address: str, shown: str, *, at: datetime) -> tuple[Route, Dispatch]:
    """Keep an address, locked, and send the test message to it. `address` is checked already."""
    mine = list(Route.objects.select_for_update().filter(user=user))
    if len(mine) >= MOST_ROUTES:
        raise NotTaken(_("There are ten ways already. Remove one first."))
    if any(each.way == way and _address(each) == address for each in mine):
        raise NotTaken(_("This address is in the list already."))
    route = Route.objects.create(
        user=user,
        way=way.value,
        locked=secrets.lock(address, settings.SECRET_KEY),
        shown=one_line(shown, 200),
        added_at=at,
    )
    return route, test(route, at=at)


def _address(route: Route) -> str:
    try:
        return secrets.unlock(route.locked, settings.SECRET_KEY)
    except secrets.LostKey:
        return ""


@transaction.atomic
def test(route: Route, *, at: datetime) -> Dispatch:
    """Send a message with a code to it; nobody can use that to flood a stranger."""
    lately = Dispatch.objects.filter(user=route.user_id, is_test=True, made_at__gt=at - timedelta(hours=1))
    if lately.count() >= rules.TESTS_AN_HOUR:
        raise NotTaken(_("Five test messages were sent within an hour. Wait a while."))
    route.code, route.code_at, route.code_tries = f"{chance.randbelow(10**6):06}", at, 0
    route.save(update_fields=["code", "code_at", "code_tries"])
    dispatch = Dispatch(
        user_id=route.user_id, route=route, is_test=True, is_pressing=True, due_at=at, rung_at=at, made_at=at
    )
    with translation.override(route.user.language or translation.get_language()):
        actions.freeze(dispatch, words.test(route.code, Way(route.way)), at=at)
    dispatch.save()
    return dispatch


@transaction.atomic
def confirm(route: Route, code: str, *, at: datetime) -> str:
    """The person read the test message: alerts may leave by this route. A sentence when the code is not right."""
    row = Route.objects.select_for_update().get(pk=route.pk)
    in_time = row.code_at is not None and at - row.code_at <= rules.CODE_LASTS
    if not row.code or not in_time or row.code_tries >= rules.CODE_TRIES:
        return _("This code is over. Send another test message.")
    if not chance.compare_digest("".join(code.split()).encode(), row.code.encode()):
        row.code_tries += 1
        row.save(update_fields=["code_tries"])
        return _("This is not the code of the newest test message. Look again.")
    row.confirmed_at, row.code, row.trouble = at, "", ""
    row.save(update_fields=["confirmed_at", "code", "trouble"])
    return ""


@transaction.atomic
def pause(route: Route, *, paused: bool, at: datetime) -> None:
    """Send nothing by it until further notice, or begin again."""
    route.paused_at = at if paused else None
    if not paused:
        route.refusals, route.trouble = 0, ""
    route.save(update_fields=["paused_at", "refusals", "trouble"])


@transaction.atomic
def remove(route: Route) -> None:
    """Forget the address, and the rules that use it; what was about to leave does not."""
    waiting = Dispatch.objects.filter(route=route, state__in=UNDER_WAY).exclude(state=State.SENDING.value)
    waiting.update(state=State.DROPPED.value, due_at=None, why=actions.REMOVED, frozen_text="", subject="")
    route.delete()
