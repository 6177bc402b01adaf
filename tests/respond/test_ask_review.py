"""Second eyes: asked for, given, or sent back."""

from datetime import datetime

import pytest

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership
from gensvar.process.case.queries import journal
from gensvar.process.respond import actions, rules
from gensvar.process.respond.models import Reply
from tests.process_cast import MINUTE, WORDS


def test_the_case_lies_with_the_reader(
    draft: Reply, alice: Membership, bob: Membership, at: datetime
) -> None:
    reply = actions.ask_review(draft, of=alice.user, by=bob.actor(), at=at + MINUTE)
    assert (reply.state, reply.asked_by, reply.asked_of) == ("review", bob.user, alice.user)
    assert (reply.case.step, reply.case.tray) == ("review", "second-eyes")
    assert journal(reply.case)[-1].data["of"] == "Alice"


def test_the_clock_runs_on(draft: Reply, bob: Membership, at: datetime) -> None:
    reply = actions.ask_review(draft, of=None, by=bob.actor(), at=at + 30 * MINUTE)
    assert reply.case.next_due_at == at + 60 * MINUTE


def test_an_empty_draft_is_not_worth_reading(draft: Reply, bob: Membership, at: datetime) -> None:
    actions.save_draft(draft, "  \n", version=1, by=bob.actor(), at=at)
    with pytest.raises(rules.Unready, match="empty"):
        actions.ask_review(draft, of=None, by=bob.actor(), at=at)


def test_a_draft_that_is_too_long_says_by_how_much(draft: Reply, bob: Membership, at: datetime) -> None:
    actions.save_draft(draft, "å" * 310, version=1, by=bob.actor(), at=at)
    with pytest.raises(rules.Unready, match="Shorten it by 10"):
        actions.ask_review(draft, of=None, by=bob.actor(), at=at)


def test_the_reader_can_mend_it_while_it_is_read(
    draft: Reply, alice: Membership, bob: Membership, at: datetime
) -> None:
    reply = actions.ask_review(draft, of=alice.user, by=bob.actor(), at=at)
    saved = actions.save_draft(reply, "Varmare ord", version=1, by=alice.actor(), at=at)
    assert (saved.state, saved.text) == ("review", "Varmare ord")


def test_sent_back_it_is_a_draft_again_with_its_comment(
    draft: Reply, alice: Membership, bob: Membership, at: datetime
) -> None:
    actions.ask_review(draft, of=alice.user, by=bob.actor(), at=at)
    reply = actions.send_back(draft, "Säg när", by=alice.actor(), at=at + MINUTE)
    assert (reply.state, reply.comment, reply.text) == ("draft", "Säg när", WORDS)
    assert (reply.case.step, reply.case.next_due_at) == ("answer", at + 60 * MINUTE)


def test_an_ambassador_may_ask_but_not_approve(draft: Reply, amy: Membership, at: datetime) -> None:
    reply = actions.ask_review(draft, of=None, by=amy.actor(), at=at)
    with pytest.raises(NotYours):
        actions.approve(reply, version=1, by=amy.actor(), at=at)
    assert Reply.objects.get().state == "review"
