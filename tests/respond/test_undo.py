"""Undoing: an approved reply that has not left is a draft again; one that is leaving is not."""

from datetime import datetime

import pytest

from gensvar.engine import leases
from gensvar.people.models import Membership
from gensvar.process.respond import actions
from gensvar.process.respond.models import Reply
from gensvar.process.respond.rules import LEASE
from gensvar.process.respond.states import WrongMove
from tests.process_cast import MINUTE, WORDS


def test_the_words_are_a_draft_again(approved: Reply, bob: Membership, at: datetime) -> None:
    reply = actions.undo(approved, by=bob.actor(), at=at)
    assert (reply.state, reply.text, reply.due_at, reply.key) == ("draft", WORDS, None, "")
    assert (reply.case.step, reply.case.next_due_at) == ("answer", at + 60 * MINUTE)


def test_approved_again_it_has_another_key(approved: Reply, alice: Membership, at: datetime) -> None:
    before = approved.key
    actions.undo(approved, by=alice.actor(), at=at)
    assert actions.approve(approved, version=1, by=alice.actor(), at=at + MINUTE).key != before


def test_what_is_being_sent_cannot_be_taken_back(approved: Reply, bob: Membership, at: datetime) -> None:
    actions.sending(approved)
    with pytest.raises(WrongMove):
        actions.undo(approved, by=bob.actor(), at=at)


def test_what_was_undone_is_not_sent_by_a_worker_that_held_it(
    approved: Reply, bob: Membership, at: datetime
) -> None:
    held = leases.take(Reply, approved.pk, at=at + MINUTE, lasting=LEASE)
    assert held is not None
    actions.undo(approved, by=bob.actor(), at=at)
    assert not actions.sending(held)
    assert Reply.objects.get().state == "draft"


def test_a_refused_reply_goes_back_to_its_writer(approved: Reply, bob: Membership, at: datetime) -> None:
    actions.sending(approved)
    actions.was_refused(approved, "The post is gone.", at=at)
    refused = Reply.objects.get()
    assert (refused.state, refused.why, refused.case.step) == ("refused", "The post is gone.", "answer")
    assert actions.undo(refused, by=bob.actor(), at=at).text == WORDS


def test_an_unsure_reply_that_a_person_did_not_find_can_be_written_again(
    approved: Reply, bob: Membership, at: datetime
) -> None:
    actions.sending(approved)
    actions.is_unsure(approved, "No answer came.", at=at)
    reply = actions.undo(approved, by=bob.actor(), at=at)
    assert (reply.state, reply.case.step) == ("draft", "answer")


def test_a_dropped_draft_keeps_its_words_and_makes_room(draft: Reply, bob: Membership, at: datetime) -> None:
    reply = actions.drop(draft, by=bob.actor(), at=at)
    assert (reply.state, reply.text) == ("dropped", WORDS)
    from gensvar.process.respond.states import Purpose

    assert actions.start(reply.case, Purpose.ANSWER, by=bob.actor(), at=at).pk != draft.pk
