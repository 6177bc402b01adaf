"""Posting by hand: a person gives the link, and the case goes on as if the machine had sent it."""

from datetime import datetime

import pytest

from gensvar.people.models import Membership, Workspace
from gensvar.process.case.models import Case
from gensvar.process.respond import actions, rules
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import Purpose, WrongMove
from gensvar.process.solve.actions import move_to_private
from tests import hearing
from tests.process_cast import MINUTE, WORDS

LINK = "https://group.example/answer/1"


@pytest.fixture
def by_hand(nordpost: Workspace, bob: Membership, at: datetime) -> Reply:
    """A text that Bob has to post himself."""
    case = hearing.case(hearing.channel(nordpost, at, "by_hand"), "Nordpost!", at)
    return approved_in(case, bob, at)


def approved_in(case: Case, bob: Membership, at: datetime) -> Reply:
    reply = actions.start(case, Purpose.ANSWER, by=bob.actor(), at=at)
    reply = actions.save_draft(reply, WORDS, version=reply.version, by=bob.actor(), at=at)
    return actions.approve(reply, version=reply.version, by=bob.actor(), at=at)


def test_the_link_makes_it_sent(by_hand: Reply, bob: Membership, at: datetime) -> None:
    reply = actions.posted_by_hand(by_hand, LINK, by=bob.actor(), at=at + MINUTE)
    assert (reply.state, reply.url, reply.sent_at) == ("sent", LINK, at + MINUTE)
    assert (reply.case.step, reply.case.answered_at) == ("watch", at + MINUTE)
    assert reply.case.facts.get(name="reply.sent").by == bob.user


@pytest.mark.parametrize("link", ["", "group.example/1", "javascript:alert(1)", "file:///etc/passwd"])
def test_only_a_web_address_is_a_link(by_hand: Reply, bob: Membership, at: datetime, link: str) -> None:
    with pytest.raises(rules.Unready, match="https://"):
        actions.posted_by_hand(by_hand, link, by=bob.actor(), at=at)
    assert Reply.objects.get().state == "by_hand"


def test_it_settles_an_unsure_reply(approved: Reply, bob: Membership, at: datetime) -> None:
    actions.sending(approved)
    actions.is_unsure(approved, "No answer came.", at=at)
    assert Case.objects.get().step == "look"
    reply = actions.posted_by_hand(approved, LINK, by=bob.actor(), at=at)
    assert (reply.state, reply.case.step) == ("sent", "watch")


def test_a_draft_cannot_have_been_posted(draft: Reply, bob: Membership, at: datetime) -> None:
    with pytest.raises(WrongMove):
        actions.posted_by_hand(draft, LINK, by=bob.actor(), at=at)


def test_a_word_in_public_leaves_a_private_talk_private(
    by_hand: Reply, bob: Membership, at: datetime
) -> None:
    actions.posted_by_hand(by_hand, LINK, by=bob.actor(), at=at)
    case = Case.objects.get()
    move_to_private(case, by=bob.actor(), at=at)
    second = approved_in(case, bob, at)
    assert actions.posted_by_hand(second, LINK, by=bob.actor(), at=at).case.step == "talk"


def test_after_a_private_talk_an_answer_is_their_turn_again(
    by_hand: Reply, bob: Membership, at: datetime
) -> None:
    """Where the case stood long ago does not count, only where it stands now."""
    case = by_hand.case
    move_to_private(case, by=bob.actor(), at=at)
    actions.undo(by_hand, by=bob.actor(), at=at)
    actions.ask_review(by_hand, of=None, by=bob.actor(), at=at)
    actions.send_back(by_hand, "", by=bob.actor(), at=at)
    from gensvar.process.case.actions import move
    from gensvar.process.case.steps import Step

    case.refresh_from_db()
    move(case, Step.ANSWER, at=at)
    reply = actions.approve(Reply.objects.get(), version=1, by=bob.actor(), at=at)
    assert actions.posted_by_hand(reply, LINK, by=bob.actor(), at=at).case.step == "watch"
