"""Keeping saved views: one's own are anyone's to keep, those that everyone sees are for leads."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gensvar.kernel import columns
from gensvar.kernel.text import one_line, storable
from gensvar.people.actor import Actor, NotYours
from gensvar.people.models import Workspace
from gensvar.people.rules import Right
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record
from gensvar.process.listen.filter import Filter, to_dict
from gensvar.process.listen.models import View
from gensvar.process.listen.queries import views

MOST_VIEWS = 20
"""Views that one person sees; each has a number in the rail."""


class TooMany(ValueError):
    """There is no room for another view; the message is a sentence for people."""


@transaction.atomic
def add_view(
    workspace: Workspace, *, name: str, tray: str, wanted: Filter, shared: bool, by: Actor, at: datetime
) -> View:
    """Keep a filtered list under a name, last in the rail."""
    _need(workspace.pk, shared, by)
    seen = views(workspace.pk, by.user_id or 0)
    if seen.count() >= MOST_VIEWS:
        raise TooMany(_("There are %(most)s views already. Remove one first.") % {"most": MOST_VIEWS})
    last = View.objects.filter(workspace=workspace).aggregate(last=Max("position"))["last"]
    view = View.objects.create(
        workspace=workspace,
        owner_id=None if shared else by.user_id,
        name=_name(name),
        tray=tray,
        filter=to_dict(wanted),
        position=(last or 0) + 1,
        created_at=at,
        changed_at=at,
    )
    _say(view, by, at)
    return view


@transaction.atomic
def change_view(view: View, *, name: str, wanted: Filter, shared: bool, by: Actor, at: datetime) -> None:
    """Give the view another name or filter, or let everyone see it (or only oneself)."""
    _may_change(view, by)
    _need(view.workspace_id, shared, by)
    view.name, view.filter, view.changed_at = _name(name), to_dict(wanted), at
    if shared != view.is_shared:
        view.owner_id = None if shared else by.user_id
    view.save(update_fields=["name", "filter", "owner", "changed_at"])
    _say(view, by, at)


@transaction.atomic
def move_view(view: View, *, up: bool, by: Actor, at: datetime) -> None:
    """Let the view change places with its neighbour among those that everyone sees, or among one's own."""
    _may_change(view, by)
    row = list(View.objects.filter(workspace=view.workspace_id, owner=view.owner_id).select_for_update())
    place = row.index(view)
    other = place + (-1 if up else 1)
    if not 0 <= other < len(row):
        return
    row[place], row[other] = row[other], row[place]
    for position, one in enumerate(row, start=1):
        one.position = position
    columns.write(row, ["position"])
    view.position = other + 1
    _say(view, by, at)


@transaction.atomic
def remove_view(view: View, *, by: Actor, at: datetime) -> None:
    """Take the view out of the rail; what it showed stays where it is."""
    _may_change(view, by)
    _say(view, by, at)
    view.delete()


def _need(workspace_id: int, shared: bool, by: Actor) -> None:
    by.need(Right.WATCH if shared else Right.SEE, workspace_id)


def _may_change(view: View, by: Actor) -> None:
    _need(view.workspace_id, view.is_shared, by)
    if not view.is_shared and view.owner_id != by.user_id:
        raise NotYours(_("%(name)s may not do this here.") % {"name": by.name})


def _name(name: str) -> str:
    return one_line(storable(name), 60) or _("View")


def _say(view: View, by: Actor, at: datetime) -> None:
    """Open pages show the rail anew. What somebody calls a view of their own is not told."""
    record(
        Happened.VIEW_CHANGED,
        by=by,
        at=at,
        data={"view": view.pk, "name": view.name if view.is_shared else ""},
    )
