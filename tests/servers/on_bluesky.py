"""An account of ours on the real Bluesky network, an ear on it, and a line that breaks."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime
from typing import Any, cast

from gensvar.connectors.bluesky import CONNECTOR, names
from gensvar.connectors.bluesky.settings import BlueskySettings
from gensvar.connectors.contract import (
    Account,
    Batch,
    Created,
    Deleted,
    Edited,
    Event,
    Find,
    Outgoing,
    Reply,
    Sent,
    Thread,
    ThreadView,
)
from tests.servers.atnet import Network, Person, wait_for

EVERYONE, NOTIFICATIONS = CONNECTOR.find
REPLY, THREAD = cast(Reply, CONNECTOR.reply), cast(Thread, CONNECTOR.thread)
AT = datetime(2026, 11, 21, 10, 0, 0, 123456, UTC)


def run[T](what: Awaitable[T]) -> T:
    async def it() -> T:
        return await what

    return asyncio.run(it())


def settings_of(network: Network, person: Person, **other: str) -> BlueskySettings:
    known = {"handle": person.handle, "app_password": person.app_password}
    places = {"host": network.pds, "stream": network.pds, "directory": network.plc}
    return BlueskySettings(**{**known, **places, **other})


def account_of(network: Network, person: Person, **other: str) -> Account:
    settings = settings_of(network, person, **other)
    return Account(settings, run(CONNECTOR.connect(settings)))


def loaded(account: Account, uri: str) -> ThreadView:
    return run(THREAD.load(account, uri))


def sent(account: Account, outgoing: Outgoing) -> Sent:
    return run(REPLY.send(account, outgoing))


def outgoing_to(post: dict[str, str], text: str, key: str = "", **other: Any) -> Outgoing:
    fields = {"text": text, "created_at": AT, "language": "sv", "parent_id": post["uri"]}
    return Outgoing(**{**fields, "key": key or names.tid(datetime.now(UTC)), **other})


class Ear:
    """Listens while the test does something, and keeps what it hears with the moment it was heard."""

    def __init__(self, find: Find, account: Account, cursor: str | None = None) -> None:
        self.batches: list[Batch] = []
        self.heard: list[tuple[float, Event]] = []
        self._source, self._begins = find.open(account, cursor), cursor is None
        self._began = asyncio.Event()

    async def __aenter__(self) -> "Ear":
        self._task = asyncio.create_task(self._listen())
        if self._begins:
            async with asyncio.timeout(120):  # until the connection stands, or says what went wrong
                await self._began.wait()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _listen(self) -> None:
        try:
            async with aclosing(self._source) as source:  # type: ignore[type-var]
                async for batch in source:
                    self.batches.append(batch)
                    self.heard.extend((time.monotonic(), event) for event in batch.events)
                    self._began.set()
        finally:
            self._began.set()

    async def until(self, meets: Callable[[Event], bool], seconds: float = 120) -> Event:
        ends_at = time.monotonic() + seconds
        while time.monotonic() < ends_at:
            for _, event in self.heard:
                if meets(event):
                    return event
            await asyncio.sleep(0.02)
        raise AssertionError(f"not heard within {seconds} s; heard {[event for _, event in self.heard]}")

    @property
    def cursor(self) -> str:
        return self.batches[-1].cursor


def shown(network: Network, who: Person, text: str) -> dict[str, str]:
    """A post that the AppView knows: an answer to one that it does not know notifies nobody."""
    made = network.post(who, text)
    assert wait_for(lambda: network.is_shown(made["uri"]))
    return made


def is_about(uri: str, kind: type[Event]) -> Callable[[Event], bool]:
    def meets(event: Event) -> bool:
        if isinstance(event, Created | Edited):
            return isinstance(event, kind) and event.post.native_id == uri
        return isinstance(event, Deleted) and kind is Deleted and event.native_id == uri

    return meets


@asynccontextmanager
async def bad_line(to: str, loses: bytes, after: float = 0.0) -> AsyncIterator[str]:
    """A line to a server that is cut once a request with `loses` in it has been through and acted upon."""
    port = int(to.rpartition(":")[2])

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        request = await reader.read(65536)
        while b"\r\n\r\n" not in request:
            request += await reader.read(65536)
        length = re.search(rb"content-length: (\d+)", request, re.IGNORECASE)
        while length and len(request.partition(b"\r\n\r\n")[2]) < int(length[1]):
            request += await reader.read(65536)
        # It says when its answer is whole by hanging up.
        back.write(re.sub(rb"(?i)\r\nconnection: keep-alive", b"\r\nconnection: close", request, count=1))
        is_lost = loses in request.partition(b"\r\n")[0]
        answer = await there.read(65536)
        while answer and not (is_lost and not after):
            writer.write(answer)
            try:
                answer = await asyncio.wait_for(there.read(65536), after if is_lost else None)
            except TimeoutError:
                break
        writer.close()
        back.close()

    server = await asyncio.start_server(carry, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
