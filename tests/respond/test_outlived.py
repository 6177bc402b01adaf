"""Two workers at one reply, the first of them late: it writes over nothing, and what was sent is never lost."""

from datetime import datetime

import pytest

from gensvar.connectors.contract import Sent
from gensvar.engine import leases
from gensvar.people.models import Membership
from gensvar.process.respond import actions
from gensvar.process.respond.models import Reply
from gensvar.process.respond.rules import LEASE
from tests.process_cast import WORDS

STANDS = Sent("at://ours", "r1", "https://x.example/ours")


def taken(reply: Reply, at: datetime) -> Reply:
    held = leases.take(Reply, reply.pk, at=at, lasting=LEASE)
    assert held is not None
    return held


@pytest.fixture
def late(approved: Reply, at: datetime) -> Reply:
    """The row as a worker holds it whose call is still out when its lease ends."""
    assert approved.due_at is not None
    held = taken(approved, approved.due_at)
    assert actions.sending(held)
    return held


@pytest.fixture
def then(late: Reply) -> datetime:
    """The moment at which the lease of the first worker has ended."""
    assert late.lease_until is not None
    return late.lease_until


@pytest.fixture
def newer(late: Reply, then: datetime) -> Reply:
    """The same row in the hands of a second worker."""
    held = taken(late, then)
    assert actions.sending(held)
    return held


def stored() -> Reply:
    return Reply.objects.select_related("case").get()


def test_a_late_worker_makes_no_call(approved: Reply, at: datetime) -> None:
    assert approved.due_at is not None
    late = taken(approved, approved.due_at)
    taken(approved, approved.due_at + LEASE)
    assert not actions.sending(late)


def test_a_late_failure_says_nothing(late: Reply, newer: Reply, then: datetime) -> None:
    actions.was_delayed(late, "Too many calls.", None, at=then)
    actions.was_refused(late, "No.", at=then)
    actions.is_unsure(late, "No answer came.", at=then)
    reply = stored()
    assert (reply.state, reply.why, reply.lease_until) == ("sending", "", newer.lease_until)
    assert not reply.case.facts.filter(name__in=["reply.delayed", "reply.refused", "reply.unsure"]).exists()


def test_a_late_failure_does_not_take_back_what_was_sent(late: Reply, newer: Reply, then: datetime) -> None:
    actions.was_sent(newer, STANDS, at=then)
    actions.was_refused(late, "No.", at=then)
    assert (stored().state, stored().case.step) == ("sent", "watch")


def test_a_late_success_is_true_while_another_sends_the_same(
    late: Reply, newer: Reply, then: datetime
) -> None:
    actions.was_sent(late, STANDS, at=then)
    actions.was_delayed(newer, "Too many calls.", None, at=then)
    actions.was_sent(newer, STANDS, at=then)
    reply = stored()
    assert (reply.state, reply.url, reply.due_at) == ("sent", STANDS.url, None)
    assert reply.case.facts.filter(name="reply.sent").count() == 1
    assert not reply.case.facts.filter(name="reply.delayed").exists()


@pytest.mark.parametrize("end", [actions.was_refused, actions.is_unsure])
def test_a_late_success_is_true_after_another_failed(
    late: Reply, newer: Reply, then: datetime, end: object
) -> None:
    end(newer, "No.", at=then)  # type: ignore[operator]
    actions.was_sent(late, STANDS, at=then)
    reply = stored()
    assert (reply.state, reply.url, reply.case.step) == ("sent", STANDS.url, "watch")


def test_a_late_success_is_not_lost_when_a_person_took_the_reply_back(
    late: Reply, newer: Reply, then: datetime, bob: Membership
) -> None:
    actions.is_unsure(newer, "No answer came.", at=then)
    draft = actions.undo(newer, by=bob.actor(), at=then)
    actions.save_draft(draft, "Newer words", version=draft.version, by=bob.actor(), at=then)
    actions.was_sent(late, STANDS, at=then)
    reply = stored()
    assert (reply.state, reply.frozen_text, reply.key) == ("sent", WORDS, late.key)
    assert reply.text == "Newer words"


def test_a_post_that_stands_twice_is_said(
    late: Reply, newer: Reply, then: datetime, alice: Membership
) -> None:
    actions.is_unsure(newer, "No answer came.", at=then)
    draft = actions.undo(newer, by=alice.actor(), at=then)
    again = actions.approve(draft, version=draft.version, by=alice.actor(), at=then)
    assert again.due_at is not None
    held = taken(again, again.due_at)
    actions.sending(held)
    actions.was_sent(held, Sent("at://second", "r2", "https://x.example/second"), at=again.due_at)
    actions.was_sent(late, STANDS, at=again.due_at)
    reply = stored()
    assert (reply.state, reply.url) == ("sent", "https://x.example/second")
    assert reply.case.facts.get(name="reply.stands_twice").data["url"] == STANDS.url
