"""A workspace's own head: taught by judgements, used while it is better, looked at, undone."""

from datetime import datetime, timedelta

import pytest

from gensvar.people.actor import NotYours, machine
from gensvar.people.models import Membership, Workspace
from gensvar.people.rules import Right
from gensvar.process.assess import heads, lessons, verdicts
from gensvar.process.assess.models import Judgement, OwnHead, Verdict
from gensvar.process.listen.models import Channel
from tests import teaching
from tests.judging import verdict

LATER = timedelta(days=1)
NEW = teaching.SOAKED.format("sju, helt genomblött")


@pytest.fixture
def taught(channel: Channel, bob: Membership, at: datetime) -> OwnHead:
    teaching.teach_kind(channel, bob.actor(), at)
    return OwnHead.objects.get(question="kind")


def said(channel: Channel, at: datetime, name: str = "new") -> Verdict:
    row = teaching.heard(channel, NEW, at + LATER, name)
    return Verdict.objects.get(mention=row)


def test_corrections_teach_it_what_the_shipped_model_reads_wrongly(
    channel: Channel, taught: OwnHead, at: datetime
) -> None:
    found = said(channel, at)
    assert (found.kind, found.judge) == ("complaint", "scripted")
    assert found.scores["shipped"]["kind"]["other"] == 0.7
    assert found.scores["kind"]["complaint"] > 0.5
    words = [NEW[start:end] for start, end, head, _weight in found.reasons if head == "kind"]
    assert "genomblött" in words


def test_it_says_what_it_learnt_and_how_it_fared(taught: OwnHead) -> None:
    assert taught.is_used
    assert (taught.tried, taught.learnt) == (taught.lessons // 5, taught.lessons - taught.lessons // 5)
    assert taught.with_it > taught.without
    assert "genomblött" in [word for word, _ in taught.words["complaint"]]


def test_fewer_than_fifty_corrections_change_nothing(channel: Channel, bob: Membership, at: datetime) -> None:
    teaching.teach_kind(channel, bob.actor(), at, times=24)
    assert not OwnHead.objects.filter(question="kind").exists()
    assert "shipped" not in said(channel, at).scores


def test_it_learns_from_what_the_shipped_model_said_not_from_itself(
    channel: Channel, taught: OwnHead, bob: Membership, at: datetime
) -> None:
    found = said(channel, at)
    assert lessons.before(found, "kind") == found.scores["shipped"]["kind"]
    assert lessons.before(found, "kind")["other"] == 0.7


def test_it_learns_from_the_shipped_answer_also_where_a_better_reader_spoke(
    channel: Channel, taught: OwnHead, at: datetime
) -> None:
    first = said(channel, at)
    second = verdicts.amend(first, verdict("praise", 0.99), "reader", by=machine(channel.workspace_id), at=at)
    assert second is not None
    assert (second.kind, lessons.before(second, "kind")["other"]) == ("praise", 0.7)


def test_switched_off_the_shipped_answers_stand(
    nordpost: Workspace, channel: Channel, taught: OwnHead, dora: Membership, at: datetime
) -> None:
    heads.switch(nordpost, "kind", off=True, by=dora.actor(), at=at)
    assert said(channel, at).kind == "other"
    heads.switch(nordpost, "kind", off=False, by=dora.actor(), at=at)
    assert said(channel, at, "newer").kind == "complaint"


def test_all_can_be_forgotten_and_remembered(
    nordpost: Workspace, channel: Channel, taught: OwnHead, dora: Membership, at: datetime
) -> None:
    heads.forget(nordpost, "kind", by=dora.actor(), at=at + LATER)
    assert said(channel, at).kind == "other"
    assert Judgement.objects.filter(confidence=None).count() == 60
    heads.remember(nordpost, "kind", by=dora.actor(), at=at + LATER)
    assert said(channel, at, "newer").kind == "complaint"


def test_one_lesson_can_be_left_out_and_the_decision_stays(
    nordpost: Workspace, taught: OwnHead, dora: Membership, at: datetime
) -> None:
    first = lessons.of(taught)[0]
    assert heads.leave_out(nordpost, "kind", first.row, left_out=True, by=dora.actor(), at=at)
    again = OwnHead.objects.get(question="kind")
    assert (again.learnt + again.tried, again.lessons) == (59, 60)
    assert Judgement.objects.filter(kind="complaint", confidence=None).count() == 30


def test_lessons_of_another_workspace_are_out_of_reach(
    sparfin: Workspace, taught: OwnHead, carol: Membership, at: datetime
) -> None:
    first = lessons.of(taught)[0]
    OwnHead.objects.create(workspace=sparfin, question="kind")
    boss = carol if carol.actor().may(Right.ADMINISTER) else None
    if boss is None:
        with pytest.raises(NotYours):
            heads.leave_out(sparfin, "kind", first.row, left_out=True, by=carol.actor(), at=at)
    assert not Judgement.objects.filter(left_out=True).exists()
    assert heads.in_use(sparfin.pk) == {}


def test_only_an_administrator_changes_what_is_learnt(
    nordpost: Workspace, bob: Membership, at: datetime
) -> None:
    with pytest.raises(NotYours):
        heads.forget(nordpost, "kind", by=bob.actor(), at=at)
