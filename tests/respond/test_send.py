"""Sending, on the pretend internet: what the network says decides what becomes of the reply."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gensvar.connectors import registry
from gensvar.connectors.contract import (
    Account,
    Connector,
    ConnectorError,
    Once,
    Outgoing,
    Refused,
    Sent,
    TryLater,
    Unsure,
)
from gensvar.connectors.contract import Reply as CanReply
from gensvar.demo.internet import Internet
from gensvar.kernel.clock import now
from gensvar.people.models import Membership, Workspace
from gensvar.process.case.models import Case
from gensvar.process.respond import actions
from gensvar.process.respond.models import Reply
from gensvar.process.respond.tasks import send_reply
from tests import hearing, process_cast
from tests.process_cast import WORDS


@pytest.fixture(autouse=True)
def pretend_internet() -> Iterator[None]:
    with hearing.offered("gensvar.demo.connector"):
        yield


@pytest.fixture
def place(tmp_path: Path) -> Path:
    internet = Internet(tmp_path / "internet.sqlite3", now() - timedelta(minutes=30))
    internet.since(0, now())  # what was said before now stands there
    internet.close()
    return tmp_path / "internet.sqlite3"


@pytest.fixture
def leaving(nordpost: Workspace, alice: Membership, place: Path) -> Reply:
    """A reply to Maria whose time to leave has come."""
    at = now() - timedelta(minutes=1)
    channel = hearing.channel(nordpost, at, "demo", native_id="nordpost", settings={"place": str(place)})
    return process_cast.leaving(channel, alice.actor(), at)


def sent(reply: Reply) -> Reply:
    send_reply.call(reply.pk)
    return Reply.objects.select_related("case").get(pk=reply.pk)


def ours(place: Path) -> list[str]:
    """What the company has said on the pretend internet."""
    with sqlite3.connect(place) as file:
        rows = file.execute(
            "SELECT w.record FROM post p JOIN wording w ON w.post = p.id WHERE key IS NOT NULL"
        )
        return [json.loads(row[0])["text"] for row in rows]


Answers = Callable[..., None]


@pytest.fixture
def network_says(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Let the network answer every call with an error; how many calls came is in its list."""

    def says(error: ConnectorError, once: Once = Once.BY_KEY) -> None:
        known: Connector = registry.get("demo")
        assert isinstance(known.reply, CanReply)

        async def send(account: Account, outgoing: Outgoing) -> Sent:
            raise error

        other = replace(known, reply=replace(known.reply, send=send, once=once))
        monkeypatch.setitem(registry.load(), "demo", other)

    return says


def test_it_stands_in_the_thread_once_with_its_link(leaving: Reply, place: Path) -> None:
    reply = sent(leaving)
    assert ours(place) == [WORDS]
    assert (reply.state, reply.due_at, reply.lease_until, reply.attempts) == ("sent", None, None, 1)
    assert reply.url.startswith("https://")
    assert (reply.case.step, reply.case.answered_at) == ("watch", reply.sent_at)


def test_a_second_ring_sends_nothing(leaving: Reply, place: Path) -> None:
    sent(leaving)
    assert sent(leaving).attempts == 1
    assert ours(place) == [WORDS]


def test_before_its_time_it_does_not_leave(leaving: Reply, place: Path) -> None:
    Reply.objects.update(due_at=now() + timedelta(minutes=1))
    assert sent(leaving).state == "approved"
    assert ours(place) == []


def test_what_was_undone_does_not_leave(leaving: Reply, alice: Membership, place: Path) -> None:
    actions.undo(leaving, by=alice.actor(), at=now())
    assert sent(leaving).state == "draft"
    assert ours(place) == []


def test_a_post_that_is_gone_refuses_it_and_the_words_stay(leaving: Reply, place: Path) -> None:
    with sqlite3.connect(place) as file:
        file.execute("UPDATE post SET gone = 1 WHERE id = 'sv-maria'")
    reply = sent(leaving)
    assert (reply.state, reply.case.step, reply.text) == ("refused", "answer", WORDS)
    assert "not there" in reply.why


def test_try_later_waits_as_long_as_the_network_asks(leaving: Reply, network_says: Answers) -> None:
    network_says(TryLater("Too many calls.", timedelta(minutes=7)))
    reply = sent(leaving)
    assert (reply.state, reply.case.step, reply.why) == ("later", "sending", "Too many calls.")
    assert reply.due_at is not None
    assert timedelta(minutes=6) < reply.due_at - now() <= timedelta(minutes=7)


def test_after_try_later_it_is_sent(leaving: Reply, network_says: Answers, place: Path) -> None:
    network_says(TryLater("Too many calls."))
    sent(leaving)
    registry.load.cache_clear()
    Reply.objects.update(due_at=now())
    assert sent(leaving).state == "sent"
    assert ours(place) == [WORDS]


def test_no_answer_is_tried_again_only_where_a_key_makes_it_one(
    leaving: Reply, network_says: Answers
) -> None:
    network_says(Unsure("No answer came."), Once.BY_KEY)
    assert sent(leaving).state == "later"


@pytest.mark.parametrize("once", [Once.NEVER, Once.BY_LOOKING, Once.FOR_A_WHILE])
def test_no_answer_elsewhere_is_for_a_person_to_look_at(
    leaving: Reply, network_says: Answers, once: Once
) -> None:
    network_says(Unsure("No answer came."), once)
    reply = sent(leaving)
    assert (reply.state, reply.due_at, reply.case.step, reply.case.tray) == ("unsure", None, "look", "unsure")


def test_a_refusal_is_said_in_the_journal(leaving: Reply, network_says: Answers) -> None:
    network_says(Refused("You are blocked."))
    reply = sent(leaving)
    assert reply.case.facts.get(name="reply.refused").data["why"] == "You are blocked."


def test_a_lost_key_says_to_connect_again(leaving: Reply) -> None:
    leaving.channel.locked = "gAAAAAnonsense"
    leaving.channel.save()
    reply = sent(leaving)
    assert reply.state == "refused"
    assert "Connect the channel again" in reply.why


def test_the_case_is_timed_by_its_first_answer(leaving: Reply, alice: Membership) -> None:
    first = sent(leaving).sent_at
    case = Case.objects.get()
    assert case.answered_at == first
