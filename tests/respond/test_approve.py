"""Approving: from here on every attempt says exactly this."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership, User, Workspace
from gensvar.process.assess.actions import judge
from gensvar.process.case.steps import Kind
from gensvar.process.respond import actions, rules
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import Purpose, WrongMove
from gensvar.process.respond.tasks import outgoing
from tests import hearing
from tests.process_cast import MINUTE, WORDS, actor


def test_it_freezes_the_text(draft: Reply, alice: Membership, at: datetime) -> None:
    reply = actions.approve(draft, version=1, by=alice.actor(), at=at + MINUTE)
    assert (reply.frozen_text, reply.frozen_at, reply.approved_by) == (WORDS, at + MINUTE, alice.user)
    assert reply.key != ""


def test_every_attempt_says_the_same(approved: Reply) -> None:
    first = outgoing(approved)
    Reply.objects.update(text="Något annat", attempts=7)
    assert outgoing(Reply.objects.select_related("mention").get()) == first


def test_it_leaves_after_the_time_to_undo(draft: Reply, alice: Membership, at: datetime) -> None:
    reply = actions.approve(draft, version=1, by=alice.actor(), at=at)
    assert reply.due_at == at + timedelta(seconds=5)
    assert (reply.case.step, reply.case.tray) == ("sending", "watching")


def test_words_that_the_approver_did_not_read_do_not_leave(
    draft: Reply, alice: Membership, bob: Membership, at: datetime
) -> None:
    actions.save_draft(draft, "Något helt annat", version=1, by=bob.actor(), at=at)
    with pytest.raises(actions.NewerDraft):
        actions.approve(draft, version=1, by=alice.actor(), at=at)
    assert Reply.objects.get().state == "draft"


def test_approving_twice_changes_nothing(approved: Reply, bob: Membership, at: datetime) -> None:
    with pytest.raises(WrongMove):
        actions.approve(approved, version=1, by=bob.actor(), at=at + MINUTE)
    again = Reply.objects.get()
    assert (again.key, again.frozen_at, again.approved_by) == (approved.key, at, approved.approved_by)


@pytest.mark.parametrize("words", ["", " \n ", "å" * 301])
def test_what_cannot_be_posted_is_not_approved(
    draft: Reply, alice: Membership, at: datetime, words: str
) -> None:
    actions.save_draft(draft, words, version=1, by=alice.actor(), at=at)
    with pytest.raises(rules.Unready):
        actions.approve(draft, version=2, by=alice.actor(), at=at)


def test_a_place_without_an_api_gets_a_text_to_copy(
    nordpost: Workspace, bob: Membership, at: datetime
) -> None:
    case = hearing.case(hearing.channel(nordpost, at, "by_hand"), "Nordpost!", at)
    judge(case, Kind.COMPLAINT, by=bob.actor(), at=at)
    reply = actions.start(case, Purpose.ANSWER, by=bob.actor(), at=at)
    reply = actions.save_draft(reply, WORDS, version=0, by=bob.actor(), at=at)
    reply = actions.approve(reply, version=1, by=bob.actor(), at=at)
    assert (reply.state, reply.due_at, reply.frozen_text) == ("by_hand", None, WORDS)
    assert reply.case.step == "answer"


@pytest.mark.parametrize("who", ["amy", "vic", "carol", "mallory"])
def test_others_may_not(draft: Reply, at: datetime, who: str, request: pytest.FixtureRequest) -> None:
    somebody: Membership | User = request.getfixturevalue(who)
    with pytest.raises(NotYours):
        actions.approve(draft, version=1, by=actor(somebody, draft.case.workspace), at=at)
    assert Reply.objects.get().frozen_text == ""


@pytest.mark.parametrize("state", ["approved", "sending", "by_hand", "later", "sent", "unsure"])
def test_the_database_lets_nothing_leave_unfrozen(draft: Reply, at: datetime, state: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.update(state=state, sent_at=at)
