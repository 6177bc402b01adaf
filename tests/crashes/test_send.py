"""Killed while sending: whatever the moment, one reply stands in the thread and the desk knows it."""

import pytest

from gensvar.people.models import Membership, Workspace
from gensvar.process.case.models import Fact
from gensvar.process.respond.crash_points import AFTER_CALL, ALL, BEFORE_CALL, BEFORE_COMMIT
from tests.crashes.conftest import WORDS, Network, approved, later
from tests.crashes.processes import killed, run

pytestmark = pytest.mark.django_db(transaction=True)

STANDS = {BEFORE_CALL.name: 0, AFTER_CALL.name: 1, BEFORE_COMMIT.name: 1}
"""How many replies stand on the network right after each death."""


@pytest.mark.parametrize("point", ALL, ids=lambda point: point.name)
def test_after_a_restart_it_stands_exactly_once(
    point: object, nordpost: Workspace, alice: Membership, network: Network
) -> None:
    name = point.name  # type: ignore[attr-defined]
    reply = approved(nordpost, alice, network)
    killed("send", str(reply.pk), crash_at=name)
    reply.refresh_from_db()
    assert (reply.state, len(network.ours())) == ("sending", STANDS[name])

    later(reply)
    run("restart", "default")
    reply.refresh_from_db()
    assert network.ours() == [WORDS]
    assert (reply.state, reply.due_at, reply.lease_until) == ("sent", None, None)
    assert reply.native_id == f"nordpost-{reply.key}"
    assert Fact.objects.filter(case=reply.case, name="reply.sent").count() == 1
    reply.case.refresh_from_db()
    assert reply.case.step == "watch"


def test_a_restart_within_the_lease_leaves_it_alone(
    nordpost: Workspace, alice: Membership, network: Network
) -> None:
    reply = approved(nordpost, alice, network)
    killed("send", str(reply.pk), crash_at=BEFORE_CALL.name)
    run("restart", "default")
    assert network.ours() == []


def test_killed_again_and_again_it_still_stands_once(
    nordpost: Workspace, alice: Membership, network: Network
) -> None:
    reply = approved(nordpost, alice, network)
    for point in (BEFORE_CALL, AFTER_CALL, BEFORE_COMMIT, AFTER_CALL):
        killed("send", str(reply.pk), crash_at=point.name)
        later(reply)
    run("restart", "default")
    reply.refresh_from_db()
    assert network.ours() == [WORDS]
    assert (reply.state, reply.attempts) == ("sent", 5)


@pytest.mark.parametrize("point", [AFTER_CALL, BEFORE_COMMIT], ids=lambda point: point.name)
def test_where_keys_are_forgotten_a_person_is_asked_to_look(
    point: object, nordpost: Workspace, alice: Membership, network: Network
) -> None:
    reply = approved(nordpost, alice, network, "forgetful")
    killed("send", str(reply.pk), crash_at=point.name)  # type: ignore[attr-defined]
    later(reply)
    run("restart", "default")
    reply.refresh_from_db()
    reply.case.refresh_from_db()
    assert network.ours() == [WORDS]
    assert (reply.state, reply.case.step) == ("unsure", "look")


def test_a_sent_reply_is_not_sent_by_a_late_ring(
    nordpost: Workspace, alice: Membership, network: Network
) -> None:
    reply = approved(nordpost, alice, network)
    for _ in range(3):
        run("send", str(reply.pk))
    reply.refresh_from_db()
    assert (network.ours(), reply.attempts) == ([WORDS], 1)
