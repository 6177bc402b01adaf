"""A case of Nordpost at any step, for tests of single verbs. Import the fixtures where they are needed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from gensvar.people.actor import Actor
from gensvar.people.models import Membership, User, Workspace
from gensvar.process.assess.actions import judge
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind
from gensvar.process.listen.models import Channel
from gensvar.process.respond import actions as respond
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import Purpose
from tests import hearing

WORDS = "Hej Eva, vi öppnar luckan i kväll. Bob, Nordpost"
MINUTE = timedelta(minutes=1)

Says = Callable[..., Reply]


@pytest.fixture
def channel(nordpost: Workspace, at: datetime) -> Channel:
    return hearing.channel(nordpost, at)


@pytest.fixture
def case(channel: Channel, at: datetime) -> Case:
    """A case that was just heard of and not judged."""
    return hearing.case(channel, "Paketet kom aldrig fram.", at)


@pytest.fixture
def complaint(case: Case, bob: Membership, at: datetime) -> Case:
    """The case, judged to be a complaint."""
    judge(case, Kind.COMPLAINT, by=bob.actor(), at=at)
    return case


@pytest.fixture
def draft(complaint: Case, bob: Membership, at: datetime) -> Reply:
    """An answer that Bob has written and nobody has read."""
    reply = respond.start(complaint, Purpose.ANSWER, by=bob.actor(), at=at)
    return respond.save_draft(reply, WORDS, version=0, by=bob.actor(), at=at)


@pytest.fixture
def approved(draft: Reply, alice: Membership, at: datetime) -> Reply:
    """The answer, approved by Alice."""
    return respond.approve(draft, version=1, by=alice.actor(), at=at)


def leaving(channel: Channel, by: Actor, at: datetime) -> Reply:
    """A reply to Maria of the pretend internet, approved at `at`."""
    case = hearing.case(channel, "Koden fungerar inte.", at, name="sv-maria")
    judge(case, Kind.COMPLAINT, by=by, at=at)
    reply = respond.start(case, Purpose.ANSWER, by=by, at=at)
    reply = respond.save_draft(reply, WORDS, version=0, by=by, at=at)
    return respond.approve(reply, version=1, by=by, at=at)


def says(
    case: Case, words: str, purpose: Purpose, *, by: Actor, at: datetime, promised_at: datetime | None = None
) -> Reply:
    """A reply that goes all the way, as if the network had taken it at once."""
    from gensvar.connectors.contract import Sent

    case.refresh_from_db()
    reply = respond.start(case, purpose, by=by, at=at)
    reply = respond.save_draft(reply, words, version=reply.version, purpose=purpose, by=by, at=at)
    reply = respond.approve(reply, version=reply.version, promised_at=promised_at, by=by, at=at)
    respond.sending(reply)
    reply = respond.was_sent(reply, Sent(f"at://{reply.pk}", "r1", f"https://x.example/{reply.pk}"), at=at)
    case.refresh_from_db()
    return reply


def actor(of: Membership | User, workspace: Workspace) -> Actor:
    """Somebody at work; who belongs nowhere is nobody there."""
    if isinstance(of, Membership):
        return of.actor()
    return Actor(workspace.pk, of.pk, of.name, "")
