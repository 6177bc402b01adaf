"""Beginning a reply: one at a time in a case, to the newest post of its author."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from gensvar.connectors import registry
from gensvar.connectors.contract import Deleted
from gensvar.people.actor import NotYours
from gensvar.people.models import Membership, User
from gensvar.process.case.models import Case
from gensvar.process.listen.models import Channel
from gensvar.process.respond import actions
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import Purpose
from tests import hearing
from tests.process_cast import MINUTE, actor


def test_it_is_an_empty_draft_to_the_post(complaint: Case, bob: Membership, at: datetime) -> None:
    reply = actions.start(complaint, Purpose.ANSWER, by=bob.actor(), at=at)
    assert (reply.state, reply.text, reply.version, reply.purpose) == ("draft", "", 0, "answer")
    assert (reply.mention.native_id, reply.written_by, reply.language) == ("post-1", bob.user, "sv")


def test_a_second_start_gives_the_same_reply(
    complaint: Case, alice: Membership, bob: Membership, at: datetime
) -> None:
    first = actions.start(complaint, Purpose.ANSWER, by=bob.actor(), at=at)
    assert actions.start(complaint, Purpose.HOLDING, by=alice.actor(), at=at) == first
    assert complaint.facts.filter(name="reply.started").count() == 1


def test_the_database_holds_it_too(draft: Reply, at: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(
            case=draft.case, channel=draft.channel, mention=draft.mention, started_at=at, changed_at=at
        )


def test_it_answers_the_newest_post_of_the_author(
    channel: Channel, complaint: Case, bob: Membership, at: datetime
) -> None:
    first = hearing.post("post-1", "", at)
    hearing.hear(channel, hearing.answer("post-2", "Och en sak till", at + MINUTE, first), at=at + MINUTE)
    assert actions.start(complaint, Purpose.ANSWER, by=bob.actor(), at=at).mention.native_id == "post-2"


def test_it_does_not_answer_what_was_deleted(
    channel: Channel, complaint: Case, bob: Membership, at: datetime
) -> None:
    first = hearing.post("post-1", "", at)
    hearing.hear(channel, hearing.answer("post-2", "Och en sak till", at + MINUTE, first), at=at + MINUTE)
    hearing.hear(channel, Deleted("post-2", at), at=at + MINUTE)
    assert actions.start(complaint, Purpose.ANSWER, by=bob.actor(), at=at).mention.native_id == "post-1"


def test_a_network_that_cannot_be_answered_says_so(
    complaint: Case, bob: Membership, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mute = replace(registry.get("bluesky"), reply=None)
    monkeypatch.setitem(registry.load(), "bluesky", mute)
    with pytest.raises(actions.NoAnswering, match="cannot be answered"):
        actions.start(complaint, Purpose.ANSWER, by=bob.actor(), at=at)


@pytest.mark.parametrize("who", ["vic", "carol", "mallory"])
def test_others_may_not(complaint: Case, at: datetime, who: str, request: pytest.FixtureRequest) -> None:
    somebody: Membership | User = request.getfixturevalue(who)
    with pytest.raises(NotYours):
        actions.start(complaint, Purpose.ANSWER, by=actor(somebody, complaint.workspace), at=at)


def test_an_ambassador_may_write(complaint: Case, amy: Membership, at: datetime) -> None:
    assert actions.start(complaint, Purpose.ANSWER, by=amy.actor(), at=at).written_by == amy.user
