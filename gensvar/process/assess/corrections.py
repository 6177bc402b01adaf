"""What people say of a post beside what it is: kept beside what a machine had said, and told to the journal.

Tone and urgency are corrected here; whether a post is about us and what a complaint is about have rules of their
own (`relevance.py`, `topics.py`) and are kept and told by the same two verbs.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gensvar.people.actor import Actor
from gensvar.people.rules import Right
from gensvar.process.assess import queries
from gensvar.process.assess.models import Correction, Verdict
from gensvar.process.case.actions import NotNow
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record
from gensvar.process.case.models import Case
from gensvar.process.listen.models import Mention, Watch
from gensvar.reading.judge.verdict import SENTIMENTS, URGENCIES

SENTIMENT, URGENCY = Correction.Question.SENTIMENT.value, Correction.Question.URGENCY.value
ANSWERS: Mapping[str, Sequence[str]] = {SENTIMENT: SENTIMENTS, URGENCY: URGENCIES}
"""What can be said of tone and urgency."""

type Said = Mapping[tuple[int | None, str], datetime]
"""When a person said last what the tone or the urgency of a case is."""


@transaction.atomic
def correct(case: Case, question: str, answer: str, *, by: Actor, at: datetime) -> Correction:
    """Say of the tone or the urgency of a case what it is; saying another answer takes it back.

    What the machine said stays in its verdict. How bad the case is follows from the table at once.
    """
    by.need(Right.JUDGE, case.workspace_id)
    row = subject(case)
    if answer not in ANSWERS.get(question, ()) or row is None:
        raise NotNow(_("Choose one of the answers that are offered. Nothing was changed."))
    kept = keep(row, question, answer, verdict=queries.newest(case), by=by, at=at)
    Mention.objects.filter(pk=row.pk).update(**{question: answer})
    setattr(case, question, answer)
    case.severity = queries.severity(case)[0]
    case.save(update_fields=[question, "severity"])
    tell(kept, case, by=by, at=at)
    return kept


def agree(case: Case, verdict: Verdict, *, by: Actor, at: datetime) -> None:
    """The machine read it rightly: so it is with tone and urgency too, where nobody has said anything of them."""
    row = subject(case)
    if row is None:
        return
    open_still = ANSWERS.keys() - {question for _case, question in said([case.pk])}
    for question in sorted(open_still):
        keep(row, question, getattr(verdict, question), verdict=verdict, by=by, at=at)


def said(cases: Iterable[int]) -> Said:
    """When a person said last what tone and urgency of these cases are."""
    rows = Correction.objects.filter(mention__case__in=list(cases), question__in=list(ANSWERS))
    return {(case, question): at for case, question, at in rows.order_by("pk").values_list(*_WHEN)}


_WHEN = ("mention__case", "question", "at")


def subject(case: Case) -> Mention | None:
    """The post that the case is about."""
    found = case.mentions.filter(part=Mention.Part.FOUND).select_related("watch")
    return found.order_by("pk").first()


def keep(
    row: Mention,
    question: str,
    answer: str,
    *,
    by: Actor,
    at: datetime,
    watch: Watch | None = None,
    verdict: Verdict | None = None,
) -> Correction:
    """Keep what a person said; `verdict`: what a machine had said before."""
    return Correction.objects.create(
        workspace_id=row.workspace_id,
        mention=row,
        watch=watch,
        question=question,
        answer=answer,
        verdict=verdict,
        by_id=by.user_id,
        by_name=by.name,
        at=at,
    )


def tell(kept: Correction, case: Case | None, *, by: Actor, at: datetime) -> None:
    """Say in the journal that it was said; the flow learns from it."""
    told = {
        "mention": kept.mention_id,
        "question": kept.question,
        "answer": kept.answer,
        "watch": kept.watch_id,
    }
    record(Happened.CORRECTED, by=by, at=at, case=case, data=told)
