"""Heads of a workspace's own for tone and urgency: taught by corrections, by the same means as kind and abuse."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from gensvar.people.models import Membership, Workspace
from gensvar.process.assess import actions, heads, lessons
from gensvar.process.assess.models import Correction, OwnHead, Verdict
from gensvar.process.listen import mentions
from gensvar.process.listen.models import Channel, Mention
from gensvar.reading.judge import cues
from tests import teaching
from tests.hearing import post
from tests.judging import verdict

LATER = timedelta(days=1)
NEW = teaching.SOAKED.format("sju, helt genomblött")
MOODS = {"sentiment": ("positive", "neutral"), "urgency": ("high", "low")}
"""What people say of soaked parcels and of the sun; the shipped model says negative and normal of both."""


def said(channel: Channel, at: datetime, name: str = "new", **more: object) -> Verdict:
    says = {"": verdict("other", 0.7, **more)}
    return Verdict.objects.get(mention=teaching.heard(channel, NEW, at + LATER, name, says=says))


@pytest.mark.parametrize("question", ["sentiment", "urgency"])
def test_corrections_teach_it_and_the_shipped_answer_stays_beside(
    channel: Channel, bob: Membership, at: datetime, question: str
) -> None:
    teaching.teach_moods(channel, bob.actor(), at, question, MOODS[question])
    one, found = OwnHead.objects.get(question=question), said(channel, at)
    assert one.is_used
    assert (one.lessons, one.tried, one.learnt) == (60, 12, 48)
    assert getattr(found, question) == MOODS[question][0]
    shipped = {"sentiment": verdict().sentiments, "urgency": verdict().urgencies}[question]
    assert found.scores["shipped"] == {question: shipped}
    assert lessons.before(found, question) == shipped
    words = [NEW[start:end] for start, end, head, _weight in found.reasons if head == question]
    assert "genomblött" in words


def test_it_is_switched_off_forgotten_and_remembered_like_the_others(
    channel: Channel, nordpost: Workspace, bob: Membership, dora: Membership, at: datetime
) -> None:
    teaching.teach_moods(channel, bob.actor(), at, "sentiment", MOODS["sentiment"])
    heads.switch(nordpost, "sentiment", off=True, by=dora.actor(), at=at)
    assert said(channel, at).sentiment == "negative"
    heads.switch(nordpost, "sentiment", off=False, by=dora.actor(), at=at)
    heads.forget(nordpost, "sentiment", by=dora.actor(), at=at + LATER)
    assert said(channel, at, "newer").sentiment == "negative"
    heads.remember(nordpost, "sentiment", by=dora.actor(), at=at + LATER)
    assert said(channel, at, "newest").sentiment == "positive"


def test_one_lesson_is_left_out_and_what_was_said_of_the_post_stays(
    channel: Channel, nordpost: Workspace, bob: Membership, dora: Membership, at: datetime
) -> None:
    teaching.teach_moods(channel, bob.actor(), at, "urgency", MOODS["urgency"])
    first = lessons.of(heads.head(nordpost.pk, "urgency"))[0]
    assert heads.leave_out(nordpost, "urgency", first.row, left_out=True, by=dora.actor(), at=at)
    again = OwnHead.objects.get(question="urgency")
    assert (again.learnt + again.tried, again.lessons) == (59, 60)
    assert Correction.objects.filter(question="urgency").count() == 60


def test_what_speaks_of_health_or_safety_is_never_talked_down(
    channel: Channel, bob: Membership, at: datetime
) -> None:
    teaching.teach_moods(channel, bob.actor(), at, "urgency", ("low", "normal"))
    pressing: dict[str, Any] = {"urgency": "high", "urgencies": {"low": 0.2, "normal": 0.3, "high": 0.5}}
    assert said(channel, at, **pressing).urgency == "low"
    assert said(channel, at, "safe", **pressing, urgent=(cues.WHY["safety"],)).urgency == "high"


def test_a_post_that_no_machine_had_read_teaches_nothing(
    channel: Channel, nordpost: Workspace, bob: Membership, at: datetime
) -> None:
    teaching.teach_moods(channel, bob.actor(), at, "sentiment", MOODS["sentiment"])
    Correction.objects.filter(pk__in=Correction.objects.values("pk")[:10]).update(verdict=None)
    one = heads.head(nordpost.pk, "sentiment")
    assert (len(lessons.of(one)), lessons.number(one)) == (50, 50)


def test_one_press_makes_one_head_at_most(
    channel: Channel, nordpost: Workspace, bob: Membership, at: datetime
) -> None:
    by, made = bob.actor(), []
    for number in range(56):
        text = (teaching.SOAKED, teaching.SUNNY)[number % 2].format(number)
        actions.confirm(
            teaching.case(channel, text, at, f"p{number}"), by=by, at=at + timedelta(minutes=number)
        )
        made.append(sum(OwnHead.objects.values_list("lessons", flat=True)))
    assert made[:49] == [0] * 49
    assert OwnHead.objects.count() == 4
    steps = [now - before for before, now in pairwise(made)]
    assert max(steps) < 60


def test_a_desk_that_has_said_more_than_is_learnt_from_goes_on_learning(
    channel: Channel, nordpost: Workspace, at: datetime
) -> None:
    rows = [
        mentions.mention(post(f"m{number}", f"Ord {number}", at), channel, at=at) for number in range(2100)
    ]
    kept = Mention.objects.bulk_create(rows)
    Correction.objects.bulk_create(
        Correction(
            workspace=nordpost,
            mention=row,
            question="topic",
            answer=("price", "delivery")[number % 2],
            by_name="Bob",
            at=at,
        )
        for number, row in enumerate(kept)
    )
    OwnHead.objects.create(workspace=nordpost, question="topic", lessons=2_021)
    assert heads.taught(nordpost.pk, "topic", at=at) is None
    OwnHead.objects.update(lessons=2_020)
    made = heads.taught(nordpost.pk, "topic", at=at)
    assert made is not None
    assert (made.lessons, made.learnt + made.tried) == (2_100, 2_000)
