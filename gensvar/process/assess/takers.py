"""Who takes complaints about a topic: a person or a team, named by a lead, gets what nobody has (PROCESS J5)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from gensvar.people import queries as people
from gensvar.people.actor import Actor
from gensvar.people.models import Membership, User, Workspace
from gensvar.people.rules import Right, may
from gensvar.process.assess import topics
from gensvar.process.assess.models import Taker
from gensvar.process.case import actions
from gensvar.process.case.actions import NotNow
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record
from gensvar.process.case.models import Case

PERSON, TEAM, NOBODY = "person", "team", "nobody"


def offered(workspace: Workspace) -> list[tuple[str, str]]:
    """Whom a topic can be given to, as `sort-number` and name: people who may answer for a case, then teams."""
    everyone = [(f"{PERSON}-{one.user_id}", one.user.name) for one in _able(people.members(workspace))]
    return everyone + [(f"{TEAM}-{one.pk}", one.name) for one in workspace.teams.order_by("name", "pk")]


def of(workspace: Workspace) -> dict[str, str]:
    """Who takes which topic, by its code, as `offered` names them."""
    rows = Taker.objects.filter(workspace=workspace)
    named = {row.topic: f"{PERSON}-{row.user_id}" if row.user_id else f"{TEAM}-{row.team_id}" for row in rows}
    known = dict(offered(workspace))
    return {code: who for code, who in named.items() if who in known}


@transaction.atomic
def name(workspace: Workspace, topic: str, who: str, *, by: Actor, at: datetime) -> None:
    """Say who takes complaints about a topic from now on; NOBODY: whoever comes."""
    by.need(Right.WATCH, workspace.pk)
    if topic not in dict(topics.of(workspace)) or who not in {NOBODY, *dict(offered(workspace))}:
        raise NotNow(_("This topic, person or team is gone. Look at the list again."))
    Taker.objects.filter(workspace=workspace, topic=topic).delete()
    if who != NOBODY:
        sort, _dash, number = who.partition("-")
        column = "user_id" if sort == PERSON else "team_id"
        Taker.objects.create(workspace=workspace, topic=topic, **{column: int(number)})
    record(Happened.POLICY_CHANGED, by=by, at=at, data={"what": "takers"})


@transaction.atomic
def give(case: Case, *, by: Actor, at: datetime) -> User | None:
    """Give a case whose topic is known to who takes that; what somebody has already stays theirs.

    Whoever it was given to, or anybody else, gives it to another or to nobody as ever.
    """
    if case.owner_id is not None or case.is_closed or not case.topic:
        return None
    taker = Taker.objects.filter(workspace=case.workspace_id, topic=case.topic).first()
    owner = _owner(taker) if taker else None
    if owner is not None:
        named = dict(topics.of(case.workspace)).get(case.topic, case.topic)
        actions.take(case, owner, topic=named, by=by, at=at)
    return owner


def _owner(taker: Taker) -> User | None:
    """The person, or of the team who has the fewest open cases; None when nobody of them is here any more."""
    rows = people.members(taker.workspace)
    rows = rows.filter(user=taker.user_id) if taker.user_id else rows.filter(teams=taker.team_id)
    able = [one.user for one in _able(rows)]
    open_now = Case.objects.filter(workspace=taker.workspace_id, closed_at=None, owner__in=able)
    has = dict(open_now.order_by().values_list("owner").annotate(number=Count("pk")))
    return min(able, key=lambda one: (has.get(one.pk, 0), one.pk), default=None)


def _able(members: Iterable[Membership]) -> list[Membership]:
    """Those who may answer for a case."""
    return [one for one in members if one.user.is_active and may(one.role, Right.JUDGE)]
