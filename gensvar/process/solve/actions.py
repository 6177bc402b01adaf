"""Notes of the private talk, and what was settled."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gensvar.kernel.text import storable
from gensvar.people.actor import Actor
from gensvar.people.rules import Right
from gensvar.process.case.actions import move
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Step
from gensvar.process.solve.models import Note, Settlement


class Empty(ValueError):
    """Nothing was written; the message is a sentence for people."""


@transaction.atomic
def note(case: Case, text: str, *, way: str = Note.Way.REMARK, by: Actor, at: datetime) -> Note:
    """Keep what was said in private, or a remark for colleagues. Never shown in public."""
    by.need(Right.WRITE, case.workspace_id)
    words = storable(text).strip()
    if not words:
        raise Empty(_("Write what was said first."))
    row = Note.objects.create(case=case, text=words, way=way, by_id=by.user_id, by_name=by.name, at=at)
    record(Happened.TALK_NOTED, by=by, at=at, case=case, data={"note": row.pk, "way": way})
    return row


@transaction.atomic
def move_to_private(case: Case, *, by: Actor, at: datetime) -> None:
    """The talk goes on in private from here (the author wrote or called without being invited)."""
    by.need(Right.JUDGE, case.workspace_id)
    move(case, Step.TALK, at=at)
    record(Happened.TALK_MOVED, by=by, at=at, case=case)


@transaction.atomic
def settle(
    case: Case,
    words: str,
    *,
    form: str = Settlement.Form.HELP,
    cost: Decimal | None = None,
    currency: str = "EUR",
    by: Actor,
    at: datetime,
) -> Settlement:
    """Record how it was put right; next comes the return to the thread."""
    by.need(Right.JUDGE, case.workspace_id)
    words = storable(words, 4000).strip()
    if not words:
        raise Empty(_("Write what was done to put it right first."))
    row = Settlement.objects.create(
        case=case,
        form=form,
        words=words,
        cost=cost,
        currency=currency[:3],
        by_id=by.user_id,
        by_name=by.name,
        at=at,
    )
    case.settled_at, case.changed_at = at, at
    case.save(update_fields=["settled_at", "changed_at"])
    record(Happened.CASE_SETTLED, by=by, at=at, case=case, data={"settlement": row.pk, "form": form})
    return row
