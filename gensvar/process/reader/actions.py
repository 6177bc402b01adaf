"""A workspace gets a reader, posts are given to it, and what it says is kept and put into a verdict."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from gensvar.engine import leases
from gensvar.kernel import secrets
from gensvar.kernel.sentence import Sentence, gettext_noop
from gensvar.people.actor import Actor, machine
from gensvar.people.models import Workspace
from gensvar.people.rules import Right
from gensvar.process.assess import queries as assess
from gensvar.process.assess import verdicts
from gensvar.process.assess.models import Judgement, Verdict
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record
from gensvar.process.listen.models import Mention
from gensvar.process.reader import rules
from gensvar.process.reader.models import Reader, Reading
from gensvar.process.reader.states import State, Way
from gensvar.process.reader.told import Came, Told
from gensvar.reading.reader import answer
from gensvar.reading.reader.amend import amended

KEPT = (
    "way",
    "address",
    "model",
    "temperature",
    "folder",
    "labels",
    "heads",
    "only_unsure",
    "seconds",
    "monthly",
)
"""What is chosen about a reader, without its key."""


@transaction.atomic
def change(workspace: Workspace, *, key: str | None, by: Actor, at: datetime, **values: Any) -> Reader:
    """Choose the reader (KEPT). `key` None: the one that is kept stays, as long as the address stays too.

    What was wrong is forgotten, so that the next post tries it.
    """
    by.need(Right.ADMINISTER, workspace.pk)
    row, _is_new = Reader.objects.select_for_update().get_or_create(
        workspace=workspace, defaults={"changed_at": at}
    )
    before = {name: getattr(row, name) for name in KEPT}
    for name in KEPT:
        setattr(row, name, values.get(name, before[name]))
    if key is not None:
        row.locked = secrets.lock(key, settings.SECRET_KEY) if key else ""
    elif row.address != before["address"]:
        row.locked = ""  # a key is shown to the server it was given for, and to no other
    row.changed_at, row.paused_until, row.trouble, row.trouble_values = at, None, "", {}
    row.save()
    changed = [name for name in KEPT if before[name] != getattr(row, name)] + ["key"] * (key is not None)
    if changed:
        record(Happened.READER_CHANGED, by=by, at=at, data={"reader": row.way, "changed": changed})
    return row


@transaction.atomic
def ask(verdict_ids: Sequence[int], *, by: Actor, at: datetime) -> list[Reading]:
    """Give these wordings to the reader of the workspace, where there is one and it is wanted for them."""
    reader = Reader.objects.filter(workspace=by.workspace_id).exclude(way=Way.OFF).first()
    if reader is None:
        return []
    policy = assess.policy(by.workspace_id)
    rows = []
    for verdict in Verdict.objects.select_related("mention").filter(pk__in=verdict_ids).order_by("pk"):
        doubts = assess.unsure(verdict, policy)
        heads = rules.wanted(reader.heads, doubts, only_unsure=reader.only_unsure)
        if heads:
            rows.append(_reading(verdict, heads, at))
    Reading.objects.bulk_create(rows, ignore_conflicts=True)  # a wording is given to it once
    return list(Reading.objects.filter(verdict__in=[row.verdict_id for row in rows], state=State.DUE))


def _reading(verdict: Verdict, heads: Sequence[str], at: datetime) -> Reading:
    return Reading(
        mention=verdict.mention,
        verdict=verdict,
        case_id=verdict.mention.case_id,
        heads=list(heads),
        made_at=at,
        due_at=at,
        rung_at=at,
    )


def may_ask(reading: Reading, reader: Reader, *, at: datetime) -> bool:
    """Count one call, when the reader is on, not left alone, and its month has one left; else say why not.

    Called with the lease held.
    """
    if why := _in_vain(reading, reader, at):
        _end(reading, Told(Came.NOTHING, why=Sentence(why)), at)
        return False
    if reader.paused_until and at < reader.paused_until:
        _wait(reading, reader, at)
        return False
    if not count_call(reader, at=at):
        _end(reading, Told(Came.NOTHING, why=Sentence(SPENT, number=reader.monthly)), at)
        return False
    return True


def _in_vain(reading: Reading, reader: Reader, at: datetime) -> str:
    """Why nobody needs its answer any more; "" when somebody does."""
    row = reading.mention
    if not reader.is_on:
        return OFF
    if at >= reading.made_at + rules.GIVE_UP:
        return TOO_LATE
    if row.revision != reading.verdict.revision.revision:
        return EDITED
    decided = Judgement.objects.filter(case=row.case_id, confidence=None)
    return JUDGED if row.part == Mention.Part.FOUND and decided.exists() else ""


OFF = gettext_noop("The reader was switched off before this post was its turn.")
JUDGED = gettext_noop("A person judged it before it was its turn.")
EDITED = gettext_noop("The post was edited before it was its turn. The new wording is read by itself.")
TOO_LATE = gettext_noop("The reader had no time for it within half an hour.")
SPENT = gettext_noop("The reader has answered %(number)s times this month, which is all that it may.")


def count_call(reader: Reader, *, at: datetime) -> bool:
    """Whether one more call may be made this month; it is counted when it may."""
    month, rows = rules.month_of(at), Reader.objects.filter(pk=reader.pk)
    rows.exclude(month=month).update(month=month, calls=0)
    return bool(rows.filter(month=month, calls__lt=F("monthly")).update(calls=F("calls") + 1))


def _wait(reading: Reading, reader: Reader, at: datetime) -> None:
    """The reader is left alone for a while: so long this waits, which is no try of its own."""
    until = reader.paused_until
    if until is None or until >= reading.made_at + rules.GIVE_UP:
        _end(reading, Told(Came.NOTHING, why=reader.why or Sentence(TOO_LATE)), at)
        return
    leases.finish(reading, due_at=until, rung_at=None, attempts=max(reading.attempts - 1, 0))


@transaction.atomic
def was_told(reading: Reading, told: Told, *, at: datetime) -> bool:
    """Keep what came of a call, and put it into the verdict when it counts; whether it did.

    Without an answer that counts nothing changes: the verdict of the shipped model stands already.
    """
    reader = Reader.objects.select_for_update().get(workspace=reading.mention.workspace_id)
    then = rules.again_at(reading.attempts, told.after, reading.made_at, at)
    if told.came is Came.LATER and then is not None:
        _mind(reader, told, at)
        leases.finish(reading, due_at=then, rung_at=None, **_as_told(told))
        return False
    if not _end(reading, told, at):
        return False
    _mind(reader, told, at)
    if told.came is not Came.ANSWER:
        return False
    return _amended(reading, told, at)


def _amended(reading: Reading, told: Told, at: datetime) -> bool:
    """Put the answers into what the machine says of the post; a case that was closed meanwhile stays closed."""
    by = machine(reading.mention.workspace_id)
    better = amended(verdicts.value(reading.verdict), told.answers)
    kept = verdicts.amend(reading.verdict, better, f"{NAME}{told.by}"[:200], by=by, at=at)
    if kept is None:
        return False
    data = {"mention": reading.mention_id, "verdict": kept.pk, "answers": reading.answers}
    record(Happened.READER_ANSWERED, by=by, at=at, case=reading.case, data=data)
    return True


NAME = "reader: "
"""Stands before the model's own name, so that nobody takes it for the shipped one."""


@transaction.atomic
def was_tried(reader: Reader, told: Told, *, at: datetime) -> None:
    """A person tried it: what came of that is shown and not kept, but an answer ends its trouble."""
    if told.came is Came.ANSWER:
        Reader.objects.filter(pk=reader.pk).update(paused_until=None, **_words("trouble", None))


def _end(reading: Reading, told: Told, at: datetime) -> bool:
    """Write down the end of it; whether the lease was still ours, so that one answer counts and not two."""
    state = State.ANSWERED if told.came is Came.ANSWER else State.NO_ANSWER
    return leases.finish(reading, state=state.value, ended_at=at, **_as_told(told))


def _as_told(told: Told) -> dict[str, Any]:
    return {
        "asked": told.asked,
        "answered": told.answered,
        "answers": answer.to_json(told.answers),
        "by": told.by,
        "ms": told.ms,
        "tokens_in": told.tokens_in,
        "tokens_out": told.tokens_out,
        **_words("why", told.why),
    }


def _words(name: str, why: Sentence | None) -> dict[str, Any]:
    if not why:
        return {name: "", f"{name}_values": {}}
    return {name: why.template, f"{name}_values": {each: str(value) for each, value in why.values.items()}}


def _mind(reader: Reader, told: Told, at: datetime) -> None:
    """What the call says about the reader itself: trouble, and how long it is left alone.

    One broken call may be the fault of one post; two in a row are the reader's.
    """
    changes: dict[str, Any] = {}
    if told.came is Came.ANSWER:
        changes = _words("trouble", None) if reader.trouble else {}
    elif told.came is not Came.NOTHING:
        changes = _words("trouble", told.why)
        if told.after:
            changes["paused_until"] = at + min(told.after, LONGEST_PAUSE)
        elif told.came is Came.BROKEN and reader.trouble:
            changes["paused_until"] = at + rules.PAUSE
    if changes:
        Reader.objects.filter(pk=reader.pk).update(**changes)


LONGEST_PAUSE = timedelta(hours=1)
