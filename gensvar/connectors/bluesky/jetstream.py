"""Everything on the public network, by Jetstream: JSON, and only the collections that one asks for.

Source: the lexicon network.bsky.jetstream.subscribeEvents (Jetstream v2). Its numbers belong to one server;
the time at which it witnessed an event holds on all of them, so that is our cursor. It is taken up a few
seconds earlier, and what comes twice is folded where it is stored.
"""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from gensvar.connectors.bluesky.dropped import drop
from gensvar.connectors.bluesky.firehose import account_event
from gensvar.connectors.bluesky.names import POSTS, REPOSTS, post_name, repost_name
from gensvar.connectors.bluesky.records import (
    JSON,
    LARGEST,
    Unreadable,
    decode_json,
    from_json,
    instant,
    to_repost,
)
from gensvar.connectors.bluesky.stream import Heard, StreamSays, batches, opened
from gensvar.connectors.contract import Batch, Created, Deleted, Edited, Event, Gap, TryLater
from gensvar.kernel import clock
from gensvar.kernel.sentence import gettext_noop

SUBPROTOCOL = "xrpc.v1.json"
OVERLAP = timedelta(seconds=3)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAME = "network.bsky.jetstream.subscribeEvents"


class Frame(msgspec.Struct):
    """The envelope: a message with its payload, or an error."""

    type: str = msgspec.field(name="$type", default="")
    payload: msgspec.Raw = msgspec.Raw(b"null")
    error: str = ""
    message: str = ""


class Payload(msgspec.Struct):
    """The fields of all kinds of events that are read here; `record` stays as it came."""

    type: str = msgspec.field(name="$type", default="")
    did: str = ""
    time: str = ""
    witnessed_at: str = msgspec.field(name="witnessedAt", default="")
    collection: str = ""
    operation: str = ""
    key: str = msgspec.field(name="rkey", default="")
    cid: str = ""
    record: msgspec.Raw = msgspec.Raw(b"null")
    account: Any = None
    name: str = ""


_frames = msgspec.json.Decoder(Frame)
_payloads = msgspec.json.Decoder(Payload)


async def follow(address: str, cursor: str | None) -> AsyncIterator[Batch]:
    """Batches from `cursor` (an instant) or the present on. Raises TryLater when the connection ends."""
    start = instant(cursor)
    if start is None:
        start = clock.now()
        yield Batch((), start.isoformat())
    try:
        async with opened(address, _parameters(start - OVERLAP), SUBPROTOCOL) as socket:
            async for batch in batches(socket, Reader(start).read, start.isoformat()):
                yield batch
    except StreamSays as said:
        raise TryLater("Bluesky's stream ended with an error. It is taken up where it stopped.") from said


def _parameters(since: datetime) -> dict[str, str | list[str]]:
    return {
        "collections": [POSTS, REPOSTS],
        "kinds": ["commit", "account"],
        "maxMessageSizeBytes": str(2 * LARGEST),
        "cursor": str((since - _EPOCH) // timedelta(microseconds=1)),
    }


class Reader:
    """Reads frames in order and remembers the newest instant, so that the cursor never steps back."""

    def __init__(self, start: datetime) -> None:
        self.at = start
        self._start = start
        self._is_outdated = False

    def read(self, frame: bytes | str) -> Heard:
        """What the frame tells: nothing when it cannot be read. An error frame raises StreamSays."""
        try:
            envelope = _frames.decode(frame)
            payload = _payloads.decode(envelope.payload) if envelope.type == "message" else None
        except (msgspec.MsgspecError, RecursionError, UnicodeError):
            drop("frame that cannot be read")
            return Heard()
        if envelope.type == "error":
            raise StreamSays(envelope.error[:100], envelope.message[:500])
        return self._advance(payload) if payload else Heard()

    def _advance(self, payload: Payload) -> Heard:
        kind = payload.type.removeprefix(_NAME)
        if kind == "#info":
            self._is_outdated = self._is_outdated or payload.name in ("OutdatedCursor", "FutureCursor")
            return Heard()
        at = instant(payload.witnessed_at) or instant(payload.time) or self.at
        gap = self._gap(at)
        self.at = max(self.at, at)
        return Heard((*gap, *_events(kind, payload, at)), self.at.isoformat())

    def _gap(self, at: datetime) -> tuple[Event, ...]:
        if not self._is_outdated:
            return ()
        self._is_outdated = False
        return (
            Gap(
                self._start, max(at, self._start), gettext_noop("We were away longer than the stream keeps.")
            ),
        )


def _events(kind: str, payload: Payload, at: datetime) -> Iterator[Event]:
    if kind == "#account" and isinstance(payload.account, dict):
        yield from account_event(payload.account, at)
    elif kind == "#commit" and payload.collection in (POSTS, REPOSTS):
        try:
            yield _event(payload, at)
        except Unreadable as error:
            drop(str(error), f"{payload.did} {payload.key}")


def _event(payload: Payload, at: datetime) -> Event:
    name = post_name(payload.did, payload.key)
    if name is None:
        raise Unreadable("operation with a wrong name")
    if payload.operation == "delete":
        is_repost = payload.collection == REPOSTS
        return Deleted(str(repost_name(payload.did, payload.key) if is_repost else name), at)
    if payload.operation not in ("create", "update"):
        raise Unreadable("operation of an unknown kind")
    if payload.collection == REPOSTS:
        return _repost(payload)
    post = from_json(name, payload.cid, payload.record)
    return Created(post) if payload.operation == "create" else Edited(post, at)


def _repost(payload: Payload) -> Event:
    data = bytes(payload.record)
    record = decode_json(payload.cid, data)
    return to_repost(payload.did, payload.key, payload.cid, record, raw=data, raw_type=JSON)
