"""A websocket of events made into batches: at most a quarter of a second or a hundred events each."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.typing import Subprotocol

from gensvar.connectors.bluesky.dropped import counting
from gensvar.connectors.contract import Batch, Event, TryLater, egress

LARGEST_FRAME = 5_000_000
"""Bytes. A commit's blocks may have 2 MB (https://atproto.com/specs/sync)."""
BATCH = 100
BATCH_SECONDS = 0.25
QUIET_SECONDS = 5.0
"""After so long without a post, the cursor alone is handed on, so that it does not grow old."""


class StreamSays(Exception):
    """The stream ended with an error of its own making: `name` as in the lexicon."""

    def __init__(self, name: str, message: str = "") -> None:
        super().__init__(f"{name}: {message}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Heard:
    """What one frame told: events, and the cursor after it ("" = unchanged)."""

    events: tuple[Event, ...] = ()
    cursor: str = ""


@asynccontextmanager
async def opened(
    address: str, parameters: Mapping[str, str | list[str]], subprotocol: str = ""
) -> AsyncIterator[ClientConnection]:
    """A connection to an allowed address; TryLater when there is none to be had."""
    url = f"{address}?{urlencode(parameters, doseq=True)}" if parameters else address
    try:
        async with await _connected(url, subprotocol) as socket:
            yield socket
    except InvalidStatus as error:
        raise TryLater(f"Bluesky's stream answered with {error.response.status_code}.") from error
    except ConnectionClosed as error:
        raise TryLater("Bluesky's stream was cut. It is taken up again where it stopped.") from error
    except (OSError, InvalidHandshake, TimeoutError) as error:
        raise TryLater("Bluesky's stream cannot be reached at the moment.") from error


async def _connected(url: str, subprotocol: str) -> ClientConnection:
    """The first of the allowed addresses that takes us."""
    numbers = await egress.addresses(url)
    for number in numbers[:-1]:
        with suppress(OSError):
            return await _dial(url, number, subprotocol)
    return await _dial(url, numbers[-1], subprotocol)


async def _dial(url: str, number: str, subprotocol: str) -> ClientConnection:
    return await _Direct(
        url,
        host=number,
        port=urlsplit(url).port or (443 if url.startswith("wss:") else 80),
        proxy=None,
        max_size=LARGEST_FRAME,
        subprotocols=[Subprotocol(subprotocol)] if subprotocol else None,
        close_timeout=1,
    )


class _Direct(connect):
    """A connection that follows no redirect: the address that was judged is the address that is opened."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


async def batches(
    socket: ClientConnection, read: Callable[[bytes | str], Heard], cursor: str
) -> AsyncIterator[Batch]:
    """Frames read by `read`, gathered. `cursor`: where the stream stands before the first of them."""
    loop = asyncio.get_running_loop()
    events: list[Event] = []
    handed, due, dropped = cursor, None, 0
    while True:
        frame = await _next(socket, due)
        if frame is not None:
            with counting() as lost:
                heard = read(frame)
            dropped += lost.number
            events.extend(heard.events)
            cursor = heard.cursor or cursor
            due = _due(due, loop.time(), bool(events), cursor != handed)
        if cursor and (len(events) >= BATCH or (due is not None and loop.time() >= due)):
            yield Batch(tuple(events), cursor, dropped=dropped)
            events, handed, due, dropped = [], cursor, None, 0


def _due(due: float | None, now: float, has_events: bool, has_moved: bool) -> float | None:
    """When what was gathered must be handed on."""
    if not has_events:
        return (now + QUIET_SECONDS if due is None else due) if has_moved else None
    soonest = now + BATCH_SECONDS
    return soonest if due is None else min(due, soonest)


async def _next(socket: ClientConnection, due: float | None) -> bytes | str | None:
    """The next frame, or None when `due` comes first."""
    try:
        async with asyncio.timeout_at(due):
            return await socket.recv()
    except TimeoutError:
        return None
