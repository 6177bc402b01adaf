"""Jetstream's frames, and following a server on this machine that speaks its protocol."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from gensvar.connectors.bluesky import CONNECTOR
from gensvar.connectors.bluesky.dropped import counted
from gensvar.connectors.bluesky.jetstream import Reader
from gensvar.connectors.bluesky.settings import BlueskySettings
from gensvar.connectors.bluesky.stream import Heard, StreamSays
from gensvar.connectors.contract import (
    Account,
    AccountGone,
    Batch,
    Created,
    Deleted,
    Edited,
    Gap,
    Identity,
    NotAllowed,
    TryLater,
    egress,
)

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
DID = "did:plc:fari6j3j4pdykln3f3wdo32s"
METHOD = "network.bsky.jetstream.subscribeEvents"


def message(kind: str = "#commit", **fields: Any) -> str:
    usual = {
        "did": DID,
        "seq": 1,
        "time": "2026-11-21T10:00:01Z",
        "witnessedAt": "2026-11-21T10:00:01Z",
        "collection": "app.bsky.feed.post",
        "operation": "create",
        "rkey": "3n2ud4fhows2f",
        "cid": "bafyone",
        "record": {"text": "Paketet är borta"},
    }
    payload = {"$type": f"{METHOD}{kind}", **usual, **fields}
    return json.dumps({"$type": "message", "payload": payload}, ensure_ascii=False)


def read(frame: str | bytes) -> Heard:
    return Reader(AT).read(frame)


def test_a_post_is_heard_with_its_record_as_it_came() -> None:
    heard = read(message().replace('{"text"', '{ "text"'))
    (event,) = heard.events
    assert isinstance(event, Created)
    assert event.post.raw == '{ "text": "Paketet är borta"}'.encode()
    assert event.post.revision == "bafyone"
    assert heard.cursor == "2026-11-21T10:00:01+00:00"


def test_an_edit_is_an_edit_and_a_deletion_has_no_record() -> None:
    (edited,) = read(message(operation="update")).events
    assert isinstance(edited, Edited)
    (deleted,) = read(message(operation="delete", record=None, cid="")).events
    assert isinstance(deleted, Deleted)


def test_an_account_goes_away() -> None:
    account = {"did": DID, "active": False, "status": "deleted"}
    assert read(message("#account", account=account)).events == (
        AccountGone(DID, AT + timedelta(seconds=1), "deleted"),
    )


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{",
        "[]",
        "null",
        '{"$type": 7}',
        "\x00",
        b"\xff",
        "[" * 100_000,
        json.dumps({"$type": "message", "payload": 7}),
    ],
)
def test_a_frame_that_cannot_be_read_is_counted_and_moves_nothing(frame: str | bytes) -> None:
    before = counted.total()
    assert read(frame) == Heard()
    assert counted.total() == before + 1


@pytest.mark.parametrize(
    "fields",
    [
        {"did": "nobody"},
        {"rkey": "../x"},
        {"cid": ""},
        {"operation": "sing"},
        {"record": None},
        {"record": {"text": 7}},
        {"record": {"text": "ö" * 300_000}},
    ],
)
def test_what_makes_no_sense_is_counted_and_the_stream_goes_on(fields: dict[str, Any]) -> None:
    before = counted.total()
    heard = read(message(**fields))
    assert heard.events == ()
    assert heard.cursor == "2026-11-21T10:00:01+00:00"
    assert counted.total() == before + 1


def test_the_cursor_never_steps_back() -> None:
    reader = Reader(AT)
    reader.read(message())
    assert reader.read(message(witnessedAt="2026-11-21T09:00:00Z")).cursor == "2026-11-21T10:00:01+00:00"


def test_an_outdated_cursor_is_a_gap_up_to_the_first_thing_that_was_kept() -> None:
    reader = Reader(AT - timedelta(days=9))
    reader.read(message("#info", name="OutdatedCursor"))
    gap, _ = reader.read(message()).events
    assert isinstance(gap, Gap)
    assert (gap.since, gap.until) == (AT - timedelta(days=9), AT + timedelta(seconds=1))


def test_an_error_of_the_stream_is_said_by_its_name() -> None:
    with pytest.raises(StreamSays, match="ConsumerTooSlow"):
        read(json.dumps({"$type": "error", "error": "ConsumerTooSlow", "message": "…"}))


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=9), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_no_record_stops_the_reader(record: Any) -> None:
    assert read(message(record=record)).events == ()


def account(address: str) -> Account:
    settings = BlueskySettings("nordpost.example", "", stream=f"{address}/xrpc/{METHOD}")
    return Account(settings, Identity("did:plc:nordpost", "nordpost.example"))


async def heard_from(
    talk: Callable[[ServerConnection], Any], cursor: str | None, batches: int
) -> tuple[list[Batch], dict[str, list[str]]]:
    """What is heard from a server that does `talk`, and with which parameters it was asked."""
    asked: dict[str, list[str]] = {}

    async def handler(socket: ServerConnection) -> None:
        assert socket.request
        asked.update(parse_qs(urlsplit(socket.request.path).query))
        assert socket.subprotocol == "xrpc.v1.json"
        await talk(socket)

    async with serve(handler, "127.0.0.1", 0, subprotocols=[Subprotocol("xrpc.v1.json")]) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        found = []
        source: AsyncIterator[Batch] = CONNECTOR.find[0].open(account(f"ws://127.0.0.1:{port}"), cursor)
        async with aclosing(source) as stream:  # type: ignore[type-var]
            async for batch in stream:
                found.append(batch)
                if len(found) == batches:
                    break
        return found, asked


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(egress.ALLOW, "127.0.0.1/32")


def test_it_asks_for_posts_from_a_little_before_the_cursor_on() -> None:
    async def talk(socket: ServerConnection) -> None:
        await socket.send(message())
        await socket.wait_closed()

    batches, asked = asyncio.run(heard_from(talk, AT.isoformat(), 1))
    assert [type(event) for event in batches[0].events] == [Created]
    assert asked["collections"] == ["app.bsky.feed.post", "app.bsky.feed.repost"]
    assert asked["kinds"] == ["commit", "account"]
    assert asked["cursor"] == [str(int((AT - timedelta(seconds=3)).timestamp()) * 1_000_000)]


def test_what_could_not_be_read_is_counted_with_the_batch_after_it() -> None:
    async def talk(socket: ServerConnection) -> None:
        for frame in ("{", message(rkey="../x"), message()):
            await socket.send(frame)
        await socket.wait_closed()

    batches, _ = asyncio.run(heard_from(talk, AT.isoformat(), 1))
    assert (len(batches[0].events), batches[0].dropped) == (1, 2)


def test_the_very_first_start_stores_a_cursor_before_anything_is_heard() -> None:
    async def talk(socket: ServerConnection) -> None:
        await socket.wait_closed()

    (batch,), _ = asyncio.run(heard_from(talk, None, 1))
    assert batch.events == ()
    assert datetime.fromisoformat(batch.cursor).tzinfo


def test_a_flood_comes_in_batches_of_at_most_a_hundred() -> None:
    async def talk(socket: ServerConnection) -> None:
        for each in range(250):
            await socket.send(message(rkey=f"key{each}"))
        await socket.wait_closed()

    batches, _ = asyncio.run(heard_from(talk, AT.isoformat(), 3))
    assert [len(batch.events) for batch in batches] == [100, 100, 50]


def test_one_post_does_not_wait_for_others() -> None:
    async def talk(socket: ServerConnection) -> None:
        await socket.send(message())
        await socket.wait_closed()

    async def timed() -> float:
        loop = asyncio.get_running_loop()
        before = loop.time()
        await heard_from(talk, AT.isoformat(), 1)
        return loop.time() - before

    assert asyncio.run(timed()) < 20, "it would wait for a hundred"


@pytest.mark.parametrize("last", ["", json.dumps({"$type": "error", "error": "ConsumerTooSlow"})])
def test_a_stream_that_ends_means_try_later(last: str) -> None:
    async def talk(socket: ServerConnection) -> None:
        if last:
            await socket.send(last)

    with pytest.raises(TryLater):
        asyncio.run(heard_from(talk, AT.isoformat(), 1))


def test_a_private_address_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(egress.ALLOW)

    async def talk(socket: ServerConnection) -> None:
        raise AssertionError("connected")

    with pytest.raises(NotAllowed):
        asyncio.run(heard_from(talk, AT.isoformat(), 1))
