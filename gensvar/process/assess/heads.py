"""Heads of a workspace's own: made from its corrections, used while they are better, switched off, forgotten."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
from django.db import transaction
from msgspec.structs import replace

from gensvar.people.actor import Actor
from gensvar.people.models import Workspace
from gensvar.people.rules import Right
from gensvar.process.assess import lessons
from gensvar.process.assess.corrections import SENTIMENT, URGENCY
from gensvar.process.assess.lessons import ABOUT, ABUSE, KIND, TOPIC
from gensvar.process.assess.models import Correction, Judgement, OwnHead
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record
from gensvar.process.listen.models import Watch
from gensvar.reading.judge import cues, grams
from gensvar.reading.judge.chances import FAIR, answer_of, may_threaten
from gensvar.reading.judge.verdict import URGENCIES, Text, Verdict
from gensvar.reading.learning import telling
from gensvar.reading.learning.example import Example, logits
from gensvar.reading.learning.head import MOST, Head, pack, unpack
from gensvar.reading.learning.trying import ENOUGH, EVERY, attempt

type Answered = tuple[Verdict, dict[str, Any]]
"""A verdict, and what the shipped model had said of the heads that the workspace's own have changed."""

QUESTIONS = (*lessons.READ, TOPIC)
"""What a workspace can teach beside whether posts are about us, as people read it from top to bottom."""
SURE = 0.8
"""From this probability on an answer of one's own head is sure."""
LEAST_TO_SET_ASIDE = 30
"""Corrections with which a head begins to say what is not about us; a fifth of them are trials."""
HALF = 0.5
UNNAMED = "unnamed"
"""The ground where only the workspace's own head says that it is abusive."""
GROWTH = 25
"""A head is made anew when its lessons have grown by this part of them, so that no press waits for long."""


def name(question: str, watch: Watch | None = None) -> str:
    """Under which name the head of a question is kept."""
    return f"{ABOUT}:{watch.pk}" if watch else question


def head(workspace_id: int, question: str, watch: Watch | None = None) -> OwnHead:
    """The head of this question; an unsaved one where nothing was learnt yet."""
    known = OwnHead.objects.filter(workspace=workspace_id, question=name(question, watch)).first()
    return known or OwnHead(workspace_id=workspace_id, question=name(question, watch), watch=watch)


def taught(workspace_id: int, question: str, watch: Watch | None = None, *, at: datetime) -> OwnHead | None:
    """There is one more lesson: make the head anew when enough have come since it was made."""
    one = head(workspace_id, question, watch)
    return make(one, at=at) if _behind(one) >= 1 else None


def teach(workspace_id: int, questions: Sequence[str], *, at: datetime) -> OwnHead | None:
    """The same for several questions at once: of those due, only the one furthest behind is made anew.

    So no press waits for two; the next press brings the next.
    """
    behind = [(_behind(one), one) for question in questions for one in [head(workspace_id, question)]]
    furthest, one = max(behind, key=lambda each: each[0])
    return make(one, at=at) if furthest >= 1 else None


def _behind(one: OwnHead) -> float:
    """How far the head is behind its lessons: from 1 on it is made anew."""
    number = lessons.number(one)
    if number < (LEAST_TO_SET_ASIDE if one.watch_id else ENOUGH * EVERY):
        return 0.0
    return (number - one.lessons) / max(1, min(number, MOST) // GROWTH)


def make(one: OwnHead, *, at: datetime) -> OwnHead:
    """Learn from all lessons that count, and try it on every fifth."""
    found = lessons.of(one)
    counted = [lesson for lesson in found if not lesson.left_out]
    given = lessons.answers(one.question, counted)
    made = attempt([(each.number, lessons.example(each, given)) for each in counted], given)
    one.lessons, one.made_at = lessons.number(one), at
    if made is None:
        one.packed, one.words, one.is_used = b"", {}, False
        one.learnt = one.tried = one.with_it = one.without = 0
        one.f1_with = one.f1_without = 0.0
    else:
        learnt, figures = made
        enough = LEAST_TO_SET_ASIDE // 5 if one.watch_id else ENOUGH
        one.packed, one.is_used = pack(learnt), figures.is_better_from(enough)
        one.learnt, one.tried = figures.learnt, figures.tried
        one.with_it, one.without = figures.with_it, figures.without
        one.f1_with, one.f1_without = figures.f1_with, figures.f1_without
        one.words = telling.words(learnt, lessons.telling(counted))
    one.save()
    return one


def doubted(workspace_id: int) -> list[int]:
    """The watches of which somebody said that a post is not about us."""
    rows = Correction.objects.filter(workspace=workspace_id, question=ABOUT, answer="no", watch__isnull=False)
    return list(rows.order_by("watch").values_list("watch", flat=True).distinct())


def wants_to_know(watch: Watch) -> bool:
    """Whether people have ever said of a post of this watch that it is not about us: only then is there a doubt."""
    return Correction.objects.filter(watch=watch, question=ABOUT, answer="no").exists()


@transaction.atomic
def learn_now(workspace: Workspace, question: str, *, by: Actor, at: datetime) -> OwnHead:
    """Make the head anew at once."""
    by.need(Right.ADMINISTER, workspace.pk)
    return make(_held(workspace, question), at=at)


@transaction.atomic
def switch(workspace: Workspace, question: str, *, off: bool, by: Actor, at: datetime) -> None:
    """Use the shipped answers alone, or the head again."""
    by.need(Right.ADMINISTER, workspace.pk)
    one = _held(workspace, question)
    one.is_off = off
    one.save(update_fields=["is_off"])
    _tell("learning", by, at)


@transaction.atomic
def forget(workspace: Workspace, question: str, *, by: Actor, at: datetime) -> None:
    """Learn nothing from all that was said so far; `remember` takes that back."""
    by.need(Right.ADMINISTER, workspace.pk)
    one = _held(workspace, question)
    one.forgotten_at = at
    make(one, at=at)
    _tell("learning", by, at)


@transaction.atomic
def remember(workspace: Workspace, question: str, *, by: Actor, at: datetime) -> None:
    """Learn again from what was forgotten."""
    by.need(Right.ADMINISTER, workspace.pk)
    one = _held(workspace, question)
    one.forgotten_at = None
    make(one, at=at)
    _tell("learning", by, at)


@transaction.atomic
def leave_out(
    workspace: Workspace, question: str, row: str, *, left_out: bool, by: Actor, at: datetime
) -> bool:
    """Learn nothing from one lesson (or again); the decision itself stays. False when there is none such."""
    by.need(Right.ADMINISTER, workspace.pk)
    sort, _, number = row.partition("-")
    if sort not in ("judgement", "correction") or not number.isdecimal() or len(number) > 18:
        return False
    if sort == "judgement":
        changed = Judgement.objects.filter(pk=int(number), case__workspace=workspace)
        done = changed.update(left_out=left_out)
    else:
        done = Correction.objects.filter(pk=int(number), workspace=workspace).update(left_out=left_out)
    if done:
        make(_held(workspace, question), at=at)
        _tell("learning", by, at)
    return bool(done)


def _held(workspace: Workspace, question: str) -> OwnHead:
    watch = None
    sort, _, number = question.partition(":")
    if sort == ABOUT:
        watch = Watch.objects.get(pk=int(number), workspace=workspace)
    elif question not in QUESTIONS:
        raise OwnHead.DoesNotExist(question)
    OwnHead.objects.get_or_create(workspace=workspace, question=question, defaults={"watch": watch})
    return OwnHead.objects.select_for_update().get(workspace=workspace, question=question)


def _tell(what: str, by: Actor, at: datetime) -> None:
    record(Happened.POLICY_CHANGED, by=by, at=at, data={"what": what})


def in_use(workspace_id: int) -> dict[str, Head]:
    """The heads that answer in this workspace, by question."""
    rows = OwnHead.objects.filter(workspace=workspace_id, is_used=True, is_off=False)
    return {row.question: _unpacked(row.pk, row.made_at, bytes(row.packed)) for row in rows}


@lru_cache(maxsize=64)
def _unpacked(_pk: int, _made_at: datetime | None, packed: bytes) -> Head:
    return unpack(packed)


def answered(heads: Mapping[str, Head], text: Text, said: Verdict) -> Answered:
    """The verdict as the workspace's heads see it."""
    if heads.keys().isdisjoint(lessons.READ):
        return said, {}
    buckets = grams.of_words(lessons.forms(text.text, said.language))
    shipped: dict[str, Any] = {}
    if KIND in heads:
        shipped[KIND] = said.kinds
        said = _kind(heads[KIND], text.text, buckets, said)
    if ABUSE in heads:
        shipped[ABUSE] = said.abusive
        said = _abuse(heads[ABUSE], buckets, said)
    if SENTIMENT in heads:
        shipped[SENTIMENT] = said.sentiments
        said = _sentiment(heads[SENTIMENT], text.text, buckets, said)
    if URGENCY in heads:
        shipped[URGENCY] = said.urgencies
        said = _urgency(heads[URGENCY], text.text, buckets, said)
    return said, shipped


def _kind(one: Head, text: str, buckets: grams.Buckets, said: Verdict) -> Verdict:
    kinds, kind = _scores(one, buckets, said.kinds)
    more = _why(one, text, said, KIND, kind, is_new=kind != said.kind, top=kinds[kind])
    return replace(said, kind=kind, kinds=kinds, **more)


def _sentiment(one: Head, text: str, buckets: grams.Buckets, said: Verdict) -> Verdict:
    moods, mood = _scores(one, buckets, said.sentiments)
    more = _why(one, text, said, SENTIMENT, mood, is_new=mood != said.sentiment, top=moods[mood])
    return replace(said, sentiment=mood, sentiments=moods, **more)


def _urgency(one: Head, text: str, buckets: grams.Buckets, said: Verdict) -> Verdict:
    """What speaks of health or safety is never talked down by what was learnt."""
    given, found = _scores(one, buckets, said.urgencies)
    if cues.WHY["safety"] in said.urgent and _pressing(found) < _pressing(said.urgency):
        return said
    more = _why(one, text, said, URGENCY, found, is_new=found != said.urgency, top=given[found])
    return replace(said, urgency=found, urgencies=given, **more)


def _pressing(urgency: str) -> int:
    return URGENCIES.index(urgency)


def _scores(one: Head, buckets: grams.Buckets, before: Mapping[str, float]) -> tuple[dict[str, float], str]:
    """What a head says, and which answer that is."""
    scores = one.scores(Example(buckets, logits(before, one.answers)))
    return scores, answer_of(scores)


def _why(
    one: Head, text: str, said: Verdict, question: str, answer: str, *, is_new: bool, top: float
) -> dict[str, Any]:
    """The words that speak for an answer, with those of the shipped model where it says the same; and the doubt."""
    learnt = telling.reasons(one, text, said.language, answer, question)
    kept = [each for each in said.reasons if each.head != question or not is_new]
    reasons = {(each.start, each.end, each.head): each for each in (*learnt, *kept)}
    return {"reasons": tuple(reasons.values()), "unsure": _doubt(said.unsure, question, top)}


def _abuse(one: Head, buckets: grams.Buckets, said: Verdict) -> Verdict:
    """A threat that the shipped model sees, or a fair chance of one, is never talked away by what was learnt."""
    share = one.scores(Example(buckets, logits(lessons.abusive(said.abusive), one.answers)))["yes"]
    if said.abuse == "threat" or may_threaten(said.abusive, said.grounds):
        share = max(share, said.abusive)
    unsure = _doubt(said.unsure, ABUSE, max(share, 1 - share))
    if share < HALF:
        grounds = said.grounds if share >= FAIR else {}
        return replace(said, abusive=share, abuse=None, target=None, grounds=grounds, unsure=unsure)
    grounds = said.grounds or {UNNAMED: 1.0}
    ground = max(grounds, key=lambda each: grounds[each])
    return replace(said, abusive=share, abuse=ground, grounds=grounds, unsure=unsure)


def _doubt(unsure: frozenset[str], question: str, top: float) -> frozenset[str]:
    return unsure | {question} if top < SURE else unsure - {question}


def of_post(one: Head, text: str, language: str) -> dict[str, float]:
    """What a head that has no shipped answer says of a post."""
    buckets = grams.of_words(lessons.forms(text, language))
    return one.scores(Example(buckets, np.zeros(len(one.answers), dtype=np.float32)))
