"""What a person wants to be told of: asked for, changed, paused, removed by themselves."""

from dataclasses import dataclass, fields
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from gensvar.people.actor import Actor, NotYours
from gensvar.people.rules import Right
from gensvar.process.alert.models import Route, Rule
from gensvar.process.alert.states import About
from gensvar.process.listen.models import View

MOST_RULES = 30


class TooMany(ValueError):
    """There is no room for another rule; the message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One rule as a person writes it: what, by which way, how often, and when not."""

    route: Route
    about: str
    view: View | None = None
    kind: str = ""
    every_minutes: int = 0
    warn_minutes: int = 15
    quiet_from: time | None = None
    quiet_to: time | None = None
    wake_kinds: tuple[str, ...] = ()
    wake_reach: int | None = None
    wake_clock: bool = False

    def columns(self) -> dict[str, object]:
        """As the columns of a Rule."""
        columns = {each.name: getattr(self, each.name) for each in fields(self)}
        return {**columns, "wake_kinds": list(self.wake_kinds)}


@transaction.atomic
def ask(wanted: Wanted, *, by: Actor, at: datetime) -> Rule:
    """Ask to be told of something in the workspace in which `by` acts."""
    _need(wanted, by)
    if Rule.objects.filter(user=by.user_id).count() >= MOST_RULES:
        raise TooMany(_("There are thirty rules already. Remove one first."))
    return Rule.objects.create(
        workspace_id=by.workspace_id, user=wanted.route.user, made_at=at, **wanted.columns()
    )


@transaction.atomic
def change(rule: Rule, wanted: Wanted, *, by: Actor) -> None:
    """Ask for something else instead; what waits already leaves as it was."""
    _need(wanted, by)
    if rule.user_id != by.user_id:
        raise NotYours(_("%(name)s may not do this here.") % {"name": by.name})
    rule.workspace_id = by.workspace_id
    for name, value in wanted.columns().items():
        setattr(rule, name, value)
    rule.save()


def _need(wanted: Wanted, by: Actor) -> None:
    """The route is their own, and the view is one that they see."""
    by.need(Right.SEE, by.workspace_id)
    view = wanted.view
    sees = view is None or (view.workspace_id == by.workspace_id and view.owner_id in (None, by.user_id))
    if wanted.route.user_id != by.user_id or not sees or (view is None) == (wanted.about == About.VIEW):
        raise NotYours(_("%(name)s may not do this here.") % {"name": by.name})


@transaction.atomic
def pause(rule: Rule, *, paused: bool, at: datetime) -> None:
    """Be told nothing of it until further notice, or again."""
    rule.paused_at = at if paused else None
    rule.save(update_fields=["paused_at"])


@transaction.atomic
def remove(rule: Rule) -> None:
    """Forget the rule; what waits for its digest is not said any more."""
    rule.delete()
