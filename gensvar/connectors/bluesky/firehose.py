"""Everything that a host says: `com.atproto.sync.subscribeRepos`, frames of CBOR with blocks in CAR files.

Source: https://atproto.com/specs/sync and the lexicon com.atproto.sync.subscribeRepos.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import libipld

from gensvar.connectors.bluesky import car
from gensvar.connectors.bluesky.dropped import drop
from gensvar.connectors.bluesky.names import POSTS, REPOSTS, is_did, post_name, repost_name
from gensvar.connectors.bluesky.records import (
    CBOR,
    Unreadable,
    decode_cbor,
    from_cbor,
    instant,
    to_repost,
)
from gensvar.connectors.bluesky.stream import Heard, StreamSays, batches, opened
from gensvar.connectors.contract import (
    AccountGone,
    Batch,
    Created,
    Deleted,
    Edited,
    Event,
    Gap,
    TryLater,
)
from gensvar.kernel import clock
from gensvar.kernel.sentence import gettext_noop

GONE = frozenset({"deleted", "deactivated", "suspended", "takendown"})
"""What makes an account go away. `desynchronized` and `throttled` are troubles of hosts, not of people."""
CLOCKS_DIFFER = timedelta(seconds=5)
_MOST_OPERATIONS = 200
"""Operations of one commit (https://atproto.com/specs/sync)."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a stream stands: the host's number, and the host's time, which tells how long a gap is.

    Number 0 means "not yet heard anything": what is older than `at` is then passed over.
    """

    number: int
    at: datetime

    def __str__(self) -> str:
        return f"{self.number}@{self.at.isoformat()}"


def read_position(cursor: str | None) -> Position | None:
    """The position that was stored; None when there is none that can be read."""
    number, _, at = (cursor or "").partition("@")
    moment = instant(at)
    return Position(int(number), moment) if number.isdecimal() and moment else None


async def follow(address: str, cursor: str | None) -> AsyncIterator[Batch]:
    """Batches from `cursor` on, or from the present. Raises TryLater when the connection ends."""
    position = read_position(cursor)
    try:
        if position is not None:
            async with aclosing(_resume(address, position)) as batches_heard:
                async for batch in batches_heard:
                    yield batch
        async with aclosing(_begin(address, position)) as batches_heard:
            async for batch in batches_heard:
                yield batch
    except StreamSays as said:
        raise TryLater(_why(said)) from said


async def _resume(address: str, position: Position) -> AsyncGenerator[Batch]:
    """Batches from `position` on. Ends only where the host does not know it: it was begun anew."""
    reader = Reader(position, _pass_over(position))
    try:
        async with opened(address, {"cursor": str(position.number)}) as socket:
            async for batch in batches(socket, reader.read, str(position)):
                yield batch
    except StreamSays as said:
        if said.name != "FutureCursor":
            raise


async def _begin(address: str, lost: Position | None) -> AsyncGenerator[Batch]:
    """Batches from the present on, which begins when the connection stands. `lost`: where we had been."""
    async with opened(address, {}) as socket:
        start = Position(0, clock.now())
        gap = (
            Gap(lost.at, start.at, gettext_noop("The stream began anew and does not know where we were."))
            if lost
            else None
        )
        yield Batch((gap,) if gap else (), str(start))
        async for batch in batches(socket, Reader(start).read, str(start)):
            yield batch


def _pass_over(start: Position) -> datetime | None:
    """Where nothing was heard yet, the host repeats all it kept; what is older than this is passed over."""
    return start.at - CLOCKS_DIFFER if start.number == 0 else None


def _why(said: StreamSays) -> str:
    if said.name == "ConsumerTooSlow":
        return "We read Bluesky's stream too slowly and were cut off. It is taken up where it stopped."
    return "Bluesky's stream ended with an error. It is taken up where it stopped."


class Reader:
    """Reads frames in order. Pure but for what it remembers: where it stands, and a gap not yet measured."""

    def __init__(self, start: Position, pass_over: datetime | None = None) -> None:
        self.position = start
        self._pass_over = pass_over
        self._gap_since: datetime | None = None
        self._is_outdated = False

    def read(self, frame: bytes | str) -> Heard:
        """What the frame tells: nothing when it cannot be read. An error frame raises StreamSays."""
        try:
            header, body = libipld.decode_dag_cbor_multi(
                frame if isinstance(frame, bytes) else frame.encode()
            )
            kind, operation = header.get("t"), header.get("op")
        except (ValueError, RecursionError, AttributeError):
            return _nothing("frame that cannot be read")
        if not isinstance(body, dict):
            return _nothing("frame without a body")
        if operation == -1:
            raise StreamSays(str(body.get("error"))[:100], str(body.get("message"))[:500])
        if kind == "#info":
            self._hear_info(body)
            return Heard()
        return self._advance(str(kind), body)

    def _hear_info(self, body: dict[str, Any]) -> None:
        """OutdatedCursor: the host goes on with the oldest it kept; the next frame tells how old that is."""
        if body.get("name") == "OutdatedCursor":
            self._is_outdated, self._gap_since = True, self.position.at

    def _advance(self, kind: str, body: dict[str, Any]) -> Heard:
        number, at = body.get("seq"), instant(body.get("time")) or self.position.at
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            return _nothing("frame without a number")
        self.position = Position(number, at)
        if self._pass_over is not None and at < self._pass_over:
            return Heard((), str(self.position))
        return Heard((*self._gap(at), *_events(kind, body, at)), str(self.position))

    def _gap(self, at: datetime) -> tuple[Event, ...]:
        if not self._is_outdated:
            return ()
        self._is_outdated = False
        return (Gap(self._gap_since, at, gettext_noop("We were away longer than the stream keeps.")),)


def _events(kind: str, body: dict[str, Any], at: datetime) -> Iterator[Event]:
    """`#sync` and `#identity` tell of no post: handles are read with the thread, when they are needed."""
    if kind == "#commit":
        yield from _commit(body, at)
    elif kind == "#account":
        yield from account_event(body, at)


def account_event(body: dict[str, Any], at: datetime) -> Iterator[Event]:
    """An account that goes away; its coming back needs nothing of us."""
    did, status = body.get("did"), body.get("status")
    if is_did(did) and body.get("active") is False and status in GONE:
        yield AccountGone(str(did), at, str(status))


def _commit(body: dict[str, Any], at: datetime) -> Iterator[Event]:
    operations = body.get("ops")
    wanted = (
        [each for each in operations[:_MOST_OPERATIONS] if _is_wanted(each)]
        if isinstance(operations, list)
        else []
    )
    if not wanted:
        return
    blocks = _blocks(body.get("blocks"))
    for operation in wanted:
        try:
            yield _event(body.get("repo"), operation, blocks, at)
        except Unreadable as error:
            drop(str(error), f"{body.get('repo')} {operation['path']}")


def _is_wanted(operation: Any) -> bool:
    path = operation.get("path") if isinstance(operation, dict) else None
    return isinstance(path, str) and path.startswith((POSTS + "/", REPOSTS + "/"))


def _blocks(data: Any) -> dict[bytes, bytes]:
    """The blocks by name. Those before a broken place still count."""
    found: dict[bytes, bytes] = {}
    try:
        for cid, block in car.blocks(data if isinstance(data, bytes) else b""):
            found[cid] = block
    except ValueError as error:
        if data:
            drop("broken CAR", str(error))
    return found


def _event(did: Any, operation: dict[str, Any], blocks: dict[bytes, bytes], at: datetime) -> Event:
    action, cid = operation.get("action"), operation.get("cid")
    collection, _, key = operation["path"].partition("/")
    name = post_name(did, key)
    if name is None:
        raise Unreadable("operation with a wrong name")
    if action == "delete":
        return Deleted(str(repost_name(did, key) if collection == REPOSTS else name), at)
    block = blocks.get(cid) if isinstance(cid, bytes) else None
    if action not in ("create", "update") or block is None or not isinstance(cid, bytes):
        raise Unreadable("operation without its block")
    if collection == REPOSTS:
        record = decode_cbor(cid, block)
        return to_repost(did, key, libipld.encode_cid(cid), record, raw=block, raw_type=CBOR)
    post = from_cbor(name, cid, block)
    return Created(post) if action == "create" else Edited(post, at)


def _nothing(why: str) -> Heard:
    drop(why)
    return Heard()
