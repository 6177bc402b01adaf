"""A desk that could not hear for a while, on the real Bluesky network: the gap is seen and filled backwards."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from tests.servers.atnet import ON_LOOPBACK, Network, Person
from tests.servers.test_walk import connect
from tests.start.desk import Desk, desk, wait_for
from tests.start.visitor import Visitor, words

METHOD = "network.bsky.jetstream.subscribeEvents"


@pytest.fixture
def place(tmp_path: Path, atnet: Network) -> Iterator[Desk]:
    """A desk that may reach the network on this machine."""
    with desk(tmp_path, GENSVAR_EGRESS_ALLOW=ON_LOOPBACK) as one:
        one.start()
        one.wait_until_open()
        yield one


@pytest.fixture
def alice(place: Desk, atnet: Network) -> Visitor:
    """Set up, Bluesky connected, and heard."""
    alice = Visitor(place)
    alice.set_up("Alice Lind", "Nordpost", "Nordpost")
    nordpost = atnet.make_account("nordpost")
    assert nordpost.handle in connect(alice, atnet, nordpost, nordpost.app_password)
    heard = "select count(*) from listen_source where heard_at is not null"
    wait_for(lambda: place.ask(heard)[0][0] > 0, f"The listener hears nothing.\n{place.log}")
    return alice


def heard(place: Desk, *people: Person) -> list[str]:
    """Native ids of all that was found of these people, in their order."""
    rows = place.ask("select native_id from listen_mention where part = 'found' order by 1")
    return [name for (name,) in rows if any(who.did in name for who in people)]


def say_all(network: Network, who: Person, *texts: str) -> list[str]:
    return sorted(network.post(who, text)["uri"] for text in texts)


def wait_until_filled(place: Desk, number: int = 1) -> None:
    filled = "select count(*) from listen_gap where filled_at is not null"
    wait_for(
        lambda: place.ask(filled)[0][0] == number, f"{place.ask('select * from listen_gap')}\n{place.log}"
    )


def test_a_stream_that_began_anew_is_filled_from_the_records_of_its_host(
    place: Desk, alice: Visitor, atnet: Network
) -> None:
    maria, jukka = atnet.make_account("maria"), atnet.make_account("jukka")
    before = say_all(atnet, maria, "Nordpost tappade mitt paket")
    case = alice.case_about("tappade mitt paket")
    place.stop()

    missed = say_all(atnet, jukka, "Tredje gången, Nordpost", "Nordposts kundtjänst svarar inte")
    say_all(atnet, jukka, "Fint väder")
    answer = atnet.reply(maria, atnet.record(before[0]), "Hallå, är någon där?")
    # The host was set up anew: it counts from the beginning, and our number lies in its future.
    an_hour_ago = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    place.tell(
        f"update listen_source set cursor = '99999999@{an_hour_ago}' where name not like '%notifications%'"
    )

    place.start()
    place.wait_until_open()
    wait_until_filled(place)
    expected = sorted([*before, *missed])
    wait_for(lambda: heard(place, maria, jukka) == expected, f"{heard(place, maria, jukka)}\n{place.log}")
    assert place.ask(f"select part from listen_mention where native_id = '{answer['uri']}'") == [("answer",)]
    assert place.ask("select count(*) from listen_mention where text = 'Fint väder'") == [(0,)]
    assert place.ask("select is_whole, trouble, place from listen_gap") in ([(1, "", "")], [(True, "", "")])
    assert [
        row[0] for row in place.ask("select name from case_fact where name like 'gap.%' order by id")
    ] == [
        "gap.noticed",
        "gap.filled",
    ]
    assert "Hallå, är någon där?" in words(alice.case(case))
    page = alice.get(alice.here("channels/"))
    assert "Filled from the records of every account on the server." in page

    after = say_all(atnet, jukka, "Nordpost svarar aldrig mera")
    alice.case_about("svarar aldrig mera")
    assert heard(place, maria, jukka) == sorted([*before, *missed, *after])
    cursor = place.ask("select cursor from listen_source where name not like '%notifications%'")[0][0]
    assert not cursor.startswith("99999999@")


def test_what_jetstream_no_longer_keeps_is_found_by_search(
    place: Desk, alice: Visitor, atnet: Network
) -> None:
    maria = atnet.make_account("maria")
    before = say_all(atnet, maria, "Nordpost tappade mitt paket")
    alice.case_about("tappade mitt paket")
    place.stop()
    missed = say_all(atnet, maria, "Tredje gången, Nordpost")
    wait_for(lambda: atnet.is_shown(missed[0]), "The AppView is behind.")
    with jetstream_without_memory() as address:
        change_stream(place, address)
        place.start()
        place.wait_until_open()
        wait_until_filled(place)
    assert place.ask("select is_whole, trouble from listen_gap") in ([(0, "")], [(False, "")])
    assert heard(place, maria) == sorted([*before, *missed])
    page = alice.get(alice.here("channels/"))
    assert "posts without these words in that time stay unknown" in page


def change_stream(place: Desk, address: str) -> None:
    """The same channel hears everyone at another address, and stood there an hour ago."""
    ((settings,),) = place.ask("select settings from listen_channel")
    known = {**(json.loads(settings) if isinstance(settings, str) else settings), "stream": address}
    place.tell(f"update listen_channel set settings = '{json.dumps(known)}'")
    an_hour_ago = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    place.tell(
        f"update listen_source set name = 'bluesky {address}', cursor = '{an_hour_ago}'"
        " where name not like '%notifications%'"
    )


@contextmanager
def jetstream_without_memory() -> Iterator[str]:
    """A server that speaks Jetstream's protocol and kept nothing: it says so, and goes on with the present."""
    address: list[str] = []
    started, loop, over = threading.Event(), asyncio.new_event_loop(), asyncio.Event()

    async def talk(socket: ServerConnection) -> None:
        await socket.send(envelope("#info", name="OutdatedCursor"))
        await socket.send(envelope("#account", account={"did": "did:plc:x", "active": True}))
        await socket.wait_closed()

    async def run() -> None:
        async with serve(talk, "127.0.0.1", 0, subprotocols=[Subprotocol("xrpc.v1.json")]) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            address.append(f"ws://127.0.0.1:{port}/xrpc/{METHOD}")
            started.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    assert started.wait(120)
    try:
        yield address[0]
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(20)


def envelope(kind: str, **fields: object) -> str:
    at = datetime.now(UTC).isoformat()
    payload = {"$type": f"{METHOD}{kind}", "witnessedAt": at, "time": at, **fields}
    return json.dumps({"$type": "message", "payload": payload})
