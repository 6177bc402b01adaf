"""One real complaint on a real Bluesky network, from an untagged post to a closed case."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gensvar.process.respond import crash_points
from tests.servers.atnet import ON_LOOPBACK, Network, Person
from tests.start.desk import PATIENCE, Desk, desk, wait_for
from tests.start.visitor import Visitor, words


@dataclass
class Scene:
    """The network, the company on it, Maria who is unhappy, and Alice and Bob at the desk."""

    network: Network
    brand: Person
    maria: Person
    alice: Visitor
    bob: Visitor

    def ours(self) -> list[str]:
        """What the company has said on the network."""
        return [post["value"]["text"] for post in self.network.posts_of(self.brand.did)]


@pytest.fixture
def place(tmp_path: Path, atnet: Network) -> Iterator[Desk]:
    """A desk that may reach the network on this machine."""
    with desk(tmp_path, GENSVAR_EGRESS_ALLOW=ON_LOOPBACK, GENSVAR_UNDO_SECONDS="0.3") as one:
        yield one


@pytest.fixture
def scene(place: Desk, atnet: Network) -> Scene:
    """Set up, Bob invited, Bluesky connected, and the listener listening."""
    place.start()
    place.wait_until_open()
    alice, bob = Visitor(place), Visitor(place)
    alice.set_up("Alice Lind", "Nordpost", "Nordpost, Nord Post")
    bob.join(alice.invite("agent"), "Bob Berg")
    brand = atnet.make_account("nordpost")
    page = connect(alice, atnet, brand, brand.app_password)
    assert brand.handle in page
    wait_for(
        lambda: place.ask("select count(*) from listen_source where heard_at is not null")[0][0] > 0,
        f"The listener hears nothing.\n{place.log}",
    )
    return Scene(atnet, brand, atnet.make_account("maria"), alice, bob)


def connect(who: Visitor, network: Network, brand: Person, app_password: str) -> str:
    """Connect the company's account; the page that follows."""
    return who.post(
        who.here("channels/connect/bluesky/"),
        handle=brand.handle,
        app_password=app_password,
        host=network.pds,
        stream=network.pds.replace("http", "ws"),
        appview=network.appview,
        directory=network.plc,
    )


def test_a_complaint_is_heard_answered_settled_and_closed(scene: Scene) -> None:
    network, alice, bob = scene.network, scene.alice, scene.bob
    post = network.post(
        scene.maria, "Third time Nordpost loses my parcel. Nobody answers the phone.", langs=["en"]
    )

    case = alice.case_about("Third time")
    wait_for(lambda: scene.maria.handle in alice.case(case), "The author did not become known.")
    assert "not tagged" in alice.get(alice.here("now/"))

    alice.do(case, "judge", kind="complaint")
    assert alice.step(case) == "answer"

    wait_for(
        lambda: alice.desk.ask("select state from document_capture") == [("kept",)],
        f"There is no evidence.\n{alice.desk.log}",
    )
    sha256, raw = alice.desk.ask("select sha256, raw from listen_revision order by id limit 1")[0]
    assert hashlib.sha256(bytes(raw)).hexdigest() == sha256
    assert b"Third time Nordpost loses my parcel." in bytes(raw)

    text = "Sorry, Maria. We are looking for it now and will be back within the hour. Alice, Nordpost"
    reply = bob.draft(case, text)
    bob.press(reply, case, then="ask", text=text)
    assert alice.step(case) == "review"
    alice.press(reply, case, then="approve", text=text)
    wait_for(lambda: scene.ours() == [text], f"The reply did not arrive.\n{alice.desk.log}")
    alice.wait_for_step(case, "watch")
    (sent,) = network.posts_of(scene.brand.did)
    assert sent["value"]["reply"]["parent"]["uri"] == post["uri"]
    assert "https://bsky.app/profile/" in alice.case(case)

    mine = {"uri": sent["uri"], "cid": sent["cid"]}
    network.reply(scene.maria, mine, "Thank you. Where can I reach you?")
    alice.wait_for_step(case, "answer")
    assert "Where can I reach you?" in words(alice.case(case))

    say(scene, case, "Write to me at alice@nordpost.example, then we find it together. Alice", "invitation")
    alice.wait_for_step(case, "talk")
    alice.do(case, "note", text="She called. The parcel lies in Solna.", way="phone")
    alice.do(
        case, "settle", solution="Delivered by hand, and the postage refunded.", form="refund", cost="49"
    )
    assert alice.step(case) == "return"

    say(scene, case, "Maria, did it arrive, and are you happy with how we solved it? Alice", "question")
    alice.wait_for_step(case, "follow")
    question = network.posts_of(scene.brand.did)[0]
    network.reply(scene.maria, {"uri": question["uri"], "cid": question["cid"]}, "Yes, all good now. Thanks")
    alice.wait_for_step(case, "conclude")
    alice.do(case, "end", outcome="turned")
    assert alice.step(case) == "closed"

    assert len(scene.ours()) == 3
    happened = [
        name for (name,) in alice.desk.ask(f"select name from case_fact where case_id = {case} order by id")
    ]
    for name in ("case.judged", "evidence.kept", "reply.review_asked", "reply.approved", "reply.sent"):
        assert name in happened
    assert happened[-1] == "case.concluded"


def say(scene: Scene, case: int, text: str, purpose: str) -> None:
    """Write and approve a reply, and see it on the network."""
    reply = scene.alice.draft(case, text, purpose)
    scene.alice.press(reply, case, then="approve", text=text)
    wait_for(lambda: scene.ours().count(text) == 1, f"{text!r} did not arrive.\n{scene.alice.desk.log}")


def test_a_wrong_app_password_is_said_and_nothing_is_connected(scene: Scene) -> None:
    other = scene.network.make_account("other")
    page = connect(scene.alice, scene.network, other, "wrong-wrong-wrong-wrong")
    assert "did not accept the app password" in page
    assert scene.alice.desk.ask("select count(*) from listen_channel")[0][0] == 1


def test_a_deleted_complaint_is_still_there(scene: Scene) -> None:
    post = scene.network.post(scene.maria, "Nordpost sold my sofa")
    case = scene.alice.case_about("sold my sofa")
    scene.network.delete(scene.maria, post["uri"])
    gone = "select count(*) from listen_mention where deleted_at is not null"
    wait_for(lambda: scene.alice.desk.ask(gone)[0][0] == 1, "The deletion was not noticed.")
    assert "sold my sofa" in words(scene.alice.case(case))


def hold(whole: Desk, reply: int, lasting: timedelta) -> None:
    """Let the lease of a reply, whose worker died, end in `lasting` from now."""
    until = (datetime.now(UTC) + lasting).isoformat(" ", "seconds")
    past = (datetime.now(UTC) - timedelta(minutes=1)).isoformat(" ", "seconds")
    whole.tell(f"update respond_reply set lease_until = '{until}', rung_at = '{past}' where id = {reply}")


def test_killed_at_each_crash_point_there_is_exactly_one_reply(scene: Scene) -> None:
    whole, network = scene.alice.desk, scene.network
    replies = {point.name: f"We found it ({point.name}). Alice" for point in crash_points.ALL}
    cases = {}
    for name in replies:
        network.post(network.make_account("kim"), f"Nordpost, where is it? {name}")
        cases[name] = scene.alice.case_about(f"where is it? {name}")
        scene.alice.do(cases[name], "judge", kind="complaint")
    whole.stop()
    web, listener = whole.beside(), whole.beside()
    try:
        web.start("web")
        listener.start("listen")
        web.wait_until_open()
        for name, text in replies.items():
            reply = scene.alice.draft(cases[name], text)
            scene.alice.press(reply, cases[name], then="approve", text=text)
            doomed = whole.beside(GENSVAR_CRASH_AT=name)
            doomed.start("work", "--lane", "default")
            assert doomed.process is not None
            assert doomed.process.wait(PATIENCE) == -9, f"It did not die at {name}.\n{doomed.log}"
            assert scene.ours().count(text) == (0 if name == crash_points.BEFORE_CALL.name else 1)
            hold(whole, reply, timedelta(hours=1))  # a slow machine would let it die at the next point too
        for (reply,) in whole.ask("select id from respond_reply"):
            hold(whole, reply, timedelta(seconds=-30))
        worker = whole.beside()
        worker.start("work")
        try:
            for name in replies:
                scene.alice.wait_for_step(cases[name], "watch")
        finally:
            worker.end()
    finally:
        web.end()
        listener.end()
    assert sorted(scene.ours()) == sorted(replies.values())
    states = whole.ask("select state, attempts from respond_reply order by id")
    assert states == [("sent", 2)] * len(replies)
