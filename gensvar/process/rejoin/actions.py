"""What came of the question whether they are happy now."""

from datetime import datetime

from django.db import transaction

from gensvar.people.actor import Actor
from gensvar.people.rules import Right
from gensvar.process.case.actions import end
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Outcome
from gensvar.process.listen.models import Mention
from gensvar.process.rejoin.models import Return
from gensvar.process.respond.models import Reply


def asked(reply: Reply, *, at: datetime) -> Return:
    """The question stands in the thread."""
    row, _ = Return.objects.get_or_create(reply=reply, defaults={"case": reply.case, "asked_at": at})
    return row


def answered(case: Case, mention: Mention, *, at: datetime) -> None:
    """The author wrote after the question: the newest open return has its answer."""
    row = case.returns.filter(answered_at=None, outcome="").order_by("-asked_at").first()
    if row:
        row.answer, row.answered_at = mention, at
        row.save(update_fields=["answer", "answered_at"])


@transaction.atomic
def conclude(case: Case, outcome: Outcome, *, by: Actor, at: datetime) -> None:
    """Write down how it ended, and close the case."""
    by.need(Right.JUDGE, case.workspace_id)
    row = case.returns.filter(outcome="").order_by("-asked_at").first()
    if row:
        row.outcome, row.concluded_by_id = outcome.value, by.user_id
        row.save(update_fields=["outcome", "concluded_by"])
    end(case, outcome, at=at)
    record(Happened.CASE_CONCLUDED, by=by, at=at, case=case, data={"outcome": outcome.value})
