"""What changes a case itself: its owner, what we understood, where it stands, how it ended."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gensvar.kernel.text import storable
from gensvar.people.actor import Actor
from gensvar.people.models import User
from gensvar.people.rules import Right
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record
from gensvar.process.case.models import Case, Presence
from gensvar.process.case.steps import TRAYS, Outcome, Step

KEEP_PRESENCE_SECONDS = 20
"""A page says every 10 s that it is still open; twice that without a word means gone."""


ASIDE = frozenset({Step.REVIEW, Step.SENDING, Step.LOOK})
"""Steps at which a reply is under way."""


class NotNow(ValueError):
    """The case does not stand where this can be done; the message is a sentence for people."""


def move(case: Case, step: Step, *, at: datetime, due_at: datetime | None = None) -> None:
    """Put the case at `step`; the clock that runs from now on ends at `due_at` (None: no clock)."""
    case.step = step.value
    case.tray = TRAYS[step].value
    case.next_due_at = due_at
    case.changed_at = at
    if step is not Step.CLOSED:
        case.closed_at, case.outcome = None, ""
    case.save(update_fields=["step", "tray", "next_due_at", "changed_at", "closed_at", "outcome"])


def move_aside(case: Case, step: Step, *, at: datetime) -> None:
    """Put the case at `step` while its reply is on its way; the clock runs on, and the old place is kept.

    A reply in a closed case takes it up again: its old place is the answer.
    """
    if Step(case.step) not in ASIDE:
        case.before_step, case.before_due_at = case.step, case.next_due_at
        if Step(case.step) is Step.CLOSED:
            case.before_step = Step.ANSWER.value
        case.save(update_fields=["before_step", "before_due_at"])
    move(case, step, at=at, due_at=case.next_due_at)


def move_back(case: Case, *, at: datetime) -> None:
    """Put the case where it stood before its reply went on its way."""
    if Step(case.step) in ASIDE and case.before_step:
        move(case, Step(case.before_step), at=at, due_at=case.before_due_at)


def place(case: Case) -> Step:
    """Where the case stands, or stood before its reply went on its way."""
    step = Step(case.step)
    return Step(case.before_step) if step in ASIDE and case.before_step else step


def end(case: Case, outcome: Outcome, *, at: datetime) -> None:
    """Close the case with how it ended; it opens again when the author comes back."""
    move(case, Step.CLOSED, at=at)
    case.closed_at, case.outcome = at, outcome.value
    case.save(update_fields=["closed_at", "outcome"])


def touch(cases: Sequence[int], *, at: datetime) -> None:
    """Say that something in these cases changed, for open pages."""
    Case.objects.filter(pk__in=cases).update(changed_at=at)


@transaction.atomic
def take(case: Case, owner: User | None, *, topic: str = "", by: Actor, at: datetime) -> None:
    """Make `owner` answer for the case (None: nobody in particular). topic: what it is about, where that is why."""
    by.need(Right.JUDGE, case.workspace_id)
    case.owner, case.changed_at = owner, at
    case.save(update_fields=["owner", "changed_at"])
    data = {"owner": owner.pk, "owner_name": owner.name} if owner else {"owner": None, "owner_name": ""}
    if topic:
        data["topic"] = topic
    record(Happened.CASE_TAKEN, by=by, at=at, case=case, data=data)


@transaction.atomic
def understand(case: Case, *, problem: str, remedy: str, by: Actor, at: datetime) -> None:
    """Write down what the real problem is and what we could do about it (PROCESS J1)."""
    by.need(Right.WRITE, case.workspace_id)
    case.problem, case.remedy = storable(problem.strip(), 4000), storable(remedy.strip(), 4000)
    case.changed_at = at
    case.save(update_fields=["problem", "remedy", "changed_at"])
    record(Happened.CASE_UNDERSTOOD, by=by, at=at, case=case)


@transaction.atomic
def close(case: Case, outcome: Outcome, *, by: Actor, at: datetime) -> None:
    """End the case by a person's decision, with the outcome that is true."""
    by.need(Right.JUDGE, case.workspace_id)
    end(case, outcome, at=at)
    record(Happened.CASE_CLOSED, by=by, at=at, case=case, data={"outcome": outcome.value})


@transaction.atomic
def reopen(case: Case, *, by: Actor, at: datetime) -> None:
    """Take a closed case up again (also the undo of closing it)."""
    by.need(Right.JUDGE, case.workspace_id)
    if not case.is_closed:
        raise NotNow(_("This case is open already."))
    due_at = None if case.answered_at else case.answer_due_at
    move(case, Step.ANSWER if case.kind else Step.JUDGE, at=at, due_at=due_at)
    record(Happened.CASE_REOPENED, by=by, at=at, case=case)


@transaction.atomic
def be_present(case: Case, user: User, *, is_writing: bool, at: datetime) -> bool:
    """Note that `user` has the case open; whether that changed what colleagues see."""
    presence, is_new = Presence.objects.get_or_create(
        case=case, user=user, defaults={"is_writing": is_writing, "seen_at": at, "changed_at": at}
    )
    was_away = (at - presence.seen_at).total_seconds() > KEEP_PRESENCE_SECONDS
    is_news = is_new or was_away or presence.is_writing != is_writing
    if is_news:
        presence.changed_at = at
    presence.is_writing, presence.seen_at = is_writing, at
    presence.save()
    return is_news


@transaction.atomic
def leave(case: Case, user: User, *, at: datetime) -> None:
    """Note that `user` has closed the page."""
    Presence.objects.filter(case=case, user=user).update(
        is_writing=False, seen_at=datetime.fromtimestamp(0, at.tzinfo), changed_at=at
    )
