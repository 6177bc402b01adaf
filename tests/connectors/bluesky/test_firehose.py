"""Reading the frames of `subscribeRepos`, good and bad. What a real host sends is in tests/servers."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import libipld
import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.asyncio.server import ServerConnection, serve

from gensvar.connectors.bluesky.dropped import counted
from gensvar.connectors.bluesky.firehose import Position, Reader, follow, read_position
from gensvar.connectors.bluesky.stream import Heard, StreamSays
from gensvar.connectors.contract import AccountGone, Created, Deleted, Gap, TryLater, egress
from tests.connectors.bluesky.frames import DID, PATH, URI, car_of, cid_of, commit, frame

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
HEARD_AT = AT + timedelta(seconds=1)


def reader() -> Reader:
    return Reader(Position(1, AT))


def test_a_position_comes_back_from_its_cursor() -> None:
    assert read_position(str(Position(7, AT))) == Position(7, AT)


@pytest.mark.parametrize(
    "cursor", [None, "", "7", "x@2026-11-21T10:00:00Z", "7@soon", "-1@2026-11-21T10:00:00Z"]
)
def test_a_cursor_that_is_not_ours_begins_at_the_present(cursor: str | None) -> None:
    assert read_position(cursor) is None


def test_a_post_is_heard_with_the_cursor_after_it() -> None:
    heard = reader().read(commit())
    (event,) = heard.events
    assert isinstance(event, Created)
    assert (event.post.native_id, event.post.text) == (URI, "Paketet är borta")
    assert heard.cursor == str(Position(2, HEARD_AT))


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\xff",
        b"\xa1",
        "text",
        b"\x81" * 100_000 + b"\x00",
        frame("#commit", []),
        frame("#commit", {}),
        frame("#commit", {"seq": "2"}),
        frame("#commit", {"seq": True}),
        frame("#commit", {"seq": -2}),
        libipld.encode_dag_cbor({"op": 1}),
        libipld.encode_dag_cbor(["op"]) + libipld.encode_dag_cbor({}),
    ],
)
def test_a_frame_that_cannot_be_read_is_counted_and_moves_nothing(broken: bytes | str) -> None:
    before = counted.total()
    assert reader().read(broken) == Heard()
    assert counted.total() == before + 1


BLOCK = libipld.encode_dag_cbor({"text": "a"})


@pytest.mark.parametrize(
    "changes",
    [
        {"ops": [{"action": "create", "path": PATH, "cid": None}]},
        {"ops": [{"action": "create", "path": PATH, "cid": "bafy"}]},
        {"ops": [{"action": "sing", "path": PATH, "cid": cid_of(BLOCK)}]},
        {"ops": [{"action": "create", "path": "app.bsky.feed.post/../x", "cid": cid_of(BLOCK)}]},
        {"repo": "nobody"},
        {"repo": 7},
        {"blocks": b""},
        {"blocks": "text"},
        {"blocks": car_of(BLOCK)},
        {"blocks": car_of(BLOCK)[:-3]},
        {"blocks": b"\xff" * 10},
    ],
)
def test_an_operation_that_makes_no_sense_is_counted_and_the_stream_goes_on(changes: dict[str, Any]) -> None:
    before = counted.total()
    heard = reader().read(commit(**changes))
    assert heard.events == ()
    assert heard.cursor == str(Position(2, HEARD_AT))
    assert counted.total() > before


@pytest.mark.parametrize(
    "operations", [None, "many", [None], [{}], [{"path": 7}], [{"path": "app.bsky.feed.like/x"}]]
)
def test_other_operations_are_none_of_our_business(operations: Any) -> None:
    before = counted.total()
    assert reader().read(commit(ops=operations)).events == ()
    assert counted.total() == before


def test_one_bad_record_does_not_hide_the_good_one_beside_it() -> None:
    good, bad = libipld.encode_dag_cbor({"text": "bra"}), libipld.encode_dag_cbor({"text": ["dålig"]})
    operations = [
        {"action": "create", "path": "app.bsky.feed.post/3n2ud4fhows2e", "cid": cid_of(bad)},
        {"action": "create", "path": PATH, "cid": cid_of(good)},
    ]
    events = reader().read(commit(ops=operations, blocks=car_of(bad, good))).events
    assert [event.post.text for event in events if isinstance(event, Created)] == ["bra"]


def test_a_deletion_needs_no_block() -> None:
    heard = reader().read(commit(ops=[{"action": "delete", "path": PATH, "cid": None}], blocks=b""))
    assert heard.events == (Deleted(URI, HEARD_AT),)


@pytest.mark.parametrize(
    ("status", "is_gone"),
    [
        ("takendown", True),
        ("suspended", True),
        ("deleted", True),
        ("desynchronized", False),
        ("throttled", False),
    ],
)
def test_an_account_goes_away_only_when_it_is_away(status: str, is_gone: bool) -> None:
    body = {"seq": 2, "time": "2026-11-21T10:00:01Z", "did": DID, "active": False, "status": status}
    events = reader().read(frame("#account", body)).events
    assert events == ((AccountGone(DID, HEARD_AT, status),) if is_gone else ())


def test_an_account_that_comes_back_tells_nothing() -> None:
    assert reader().read(frame("#account", {"seq": 2, "did": DID, "active": True})).events == ()


def test_an_outdated_cursor_is_a_gap_up_to_the_first_thing_that_was_kept() -> None:
    away = Reader(Position(1, AT - timedelta(days=9)))
    assert away.read(frame("#info", {"name": "OutdatedCursor"})) == Heard()
    first, second = away.read(commit()), away.read(commit(number=3))
    gap, event = first.events
    assert gap == Gap(AT - timedelta(days=9), HEARD_AT, "We were away longer than the stream keeps.")
    assert isinstance(event, Created)
    assert len(second.events) == 1


@pytest.mark.parametrize("kind", ["#sync", "#identity", "#something-new", ""])
def test_other_frames_only_move_the_cursor(kind: str) -> None:
    heard = reader().read(frame(kind, {"seq": 2, "did": DID, "time": "2026-11-21T10:00:01Z"}))
    assert heard == Heard((), str(Position(2, HEARD_AT)))


def test_a_time_that_cannot_be_read_leaves_the_last_one() -> None:
    assert reader().read(commit(time="soon")).cursor == str(Position(2, AT))


@pytest.mark.parametrize("name", ["FutureCursor", "ConsumerTooSlow"])
def test_an_error_of_the_stream_is_said_by_its_name(name: str) -> None:
    with pytest.raises(StreamSays) as said:
        reader().read(frame("", {"error": name, "message": "…"}, operation=-1))
    assert said.value.name == name


def test_before_anything_was_heard_what_is_older_than_the_start_is_passed_over() -> None:
    begun = Reader(Position(0, AT), AT)
    assert begun.read(commit(time="2026-11-21T09:00:00Z")).events == ()
    assert len(begun.read(commit(number=3)).events) == 1


def test_a_host_that_finds_us_too_slow_is_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(egress.ALLOW, "127.0.0.1/32")

    async def talk(socket: ServerConnection) -> None:
        await socket.send(commit())
        await socket.send(frame("", {"error": "ConsumerTooSlow"}, operation=-1))

    async def listen() -> None:
        async with serve(talk, "127.0.0.1", 0) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            async for _ in follow(f"ws://127.0.0.1:{port}/xrpc/x", str(Position(1, AT))):
                pass

    with pytest.raises(TryLater, match="too slowly"):
        asyncio.run(listen())


@given(st.binary(max_size=300))
def test_no_bytes_stop_the_reader(data: bytes) -> None:
    try:
        assert reader().read(data).events == ()
    except StreamSays:
        assert b"\x20" in data  # an error frame: -1 in CBOR
