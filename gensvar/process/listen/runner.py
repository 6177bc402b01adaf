"""The listener: one asyncio supervisor that keeps every stream open, and one seam into the database.

A stream is followed by whoever holds its lease. Its batches are stored one by one; a batch that cannot
be stored (full disk, lost database) waits here and is tried again, and its cursor does not move, so that
nothing is lost whether the database comes back or this process dies.
"""

import asyncio
import logging
import random
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from gensvar.connectors.contract import Batch, ConnectorError, Gone, Refused, TryLater
from gensvar.engine import leases, parts
from gensvar.kernel import database
from gensvar.kernel.clock import now
from gensvar.process.listen import health
from gensvar.process.listen.ears import Ears, Stream, prick_up
from gensvar.process.listen.models import Source
from gensvar.process.listen.runs import pieces
from gensvar.process.listen.take_in import take_in

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5
"""Seconds between two looks at watches and channels: a change is live within this and one look."""
EXAMINE_EVERY = timedelta(seconds=2)
"""Between two looks at what is wrong with the sources."""
LEASE = timedelta(seconds=15)
LONGEST_WAIT = 60.0
REFUSED_AGAIN = 900.0
"""Seconds until a stream that was refused is tried again, when nobody connects its channel anew before."""
STAND_BY = 5.0
"""Seconds after which a stream that another listener follows is asked for again: should that one die."""


class LostLease(Exception):
    """Another listener follows this stream by now: what we heard last is its to store."""


class Listener:
    """Follows all streams until `stop` is set. `clock`: for a replay, which brings its own time."""

    def __init__(self, holder: str, clock: Callable[[], datetime] = now) -> None:
        self.holder = holder
        self._now = clock
        self.ears: Ears | None = None
        self._pulse = parts.Pulse("listener")
        self._following: dict[str, asyncio.Task[None]] = {}
        self._held: set[str] = set()
        self._examined_at = clock()

    async def run(self, stop: asyncio.Event) -> None:
        """Supervise until `stop`; then close every stream and give the leases back."""
        try:
            while not stop.is_set():
                await self._look()
                await _pause(stop, LOOK_EVERY)
        finally:
            await self._stop_all()

    async def _look(self) -> None:
        """Renew leases, follow what is new, let go of what is gone; a broken database only delays this."""
        try:
            ears, lost = await _seam(self._refresh)
        except DatabaseError as error:
            log.error("%s", _sentence(error))
            return
        for name in lost:
            await self._let_go(name)
        for name, stream in ears.streams.items():
            task = self._following.get(name)
            if task is None or task.done():
                self._following[name] = asyncio.create_task(self._follow(stream), name=name)
        for name in self._following.keys() - ears.streams.keys():
            await self._let_go(name)

    def _refresh(self) -> tuple[Ears, list[str]]:
        """What is to be heard now, and the streams that are another listener's by now."""
        self._pulse.beat(at=self._now())
        self.ears = prick_up(self.ears)
        if self._now() - self._examined_at >= EXAMINE_EVERY:
            self._examined_at = self._now()
            health.look(self.ears.streams, at=self._examined_at)
        return self.ears, [name for name in self._held if not self._mine(name)]

    async def _follow(self, stream: Stream) -> None:
        """Keep one stream open: reconnect with longer and longer, jittered waits."""
        failures = 0
        while True:
            wait: float | None = None
            try:
                if await _seam(lambda: self._mine(stream.name)):
                    self._held.add(stream.name)
                    async with _opened(stream, await _seam(lambda: self._cursor(stream))) as batches:
                        async for batch in batches:
                            await self._store(stream.name, batch)
                            failures = 0
                else:
                    wait = STAND_BY
            except LostLease:
                self._held.discard(stream.name)
            except TryLater as error:
                wait = error.after.total_seconds() if error.after else None
                await self._trouble(stream, error)
            except Refused as error:
                await self._trouble(stream, error)
                await self._until_connected_anew(stream, None if isinstance(error, Gone) else REFUSED_AGAIN)
                return  # the next look opens it, as it is connected then
            except ConnectorError as error:
                await self._trouble(stream, error)
            except DatabaseError as error:
                log.error("%s", _sentence(error))
            except Exception:
                # Whatever a network sends must never end the listening; the traceback is for us.
                log.exception("Stream %s broke", stream.name)
            failures += 1
            await asyncio.sleep(wait if wait is not None else _backoff(failures))

    async def _until_connected_anew(self, stream: Stream, longest: float | None) -> None:
        """Wait until a person has connected a channel of this stream again, at most `longest` seconds."""
        before = _connections(stream)
        with suppress(TimeoutError):
            async with asyncio.timeout(longest):
                while self.ears and _connections(self.ears.streams.get(stream.name)) == before:  # noqa: ASYNC110
                    await asyncio.sleep(LOOK_EVERY)

    def _mine(self, name: str) -> bool:
        return leases.take_name(name, self.holder, at=self._now(), lasting=LEASE)

    def _cursor(self, stream: Stream) -> str | None:
        source, _ = Source.objects.get_or_create(name=stream.name, defaults={"connector": stream.connector})
        Source.objects.filter(pk=source.pk).update(opened_at=self._now())
        return source.cursor or None

    async def _store(self, name: str, batch: Batch) -> None:
        tries = 0
        while True:
            try:
                await _seam(lambda: self._write(name, batch))
            except DatabaseError as error:
                tries += 1
                log.error("%s", _sentence(error))
                await asyncio.sleep(_backoff(tries))
            else:
                return

    def _write(self, name: str, batch: Batch) -> None:
        ears = self.ears
        if ears is None or name not in ears.streams:
            return
        if not leases.has_name(name, self.holder, at=self._now()):
            raise LostLease(name)
        stream = ears.streams[name]
        source = Source.objects.get(name=name)
        for piece in pieces(batch, source.cursor):
            take_in(source, stream.channels, piece, ears.match, at=self._now())

    async def _trouble(self, stream: Stream, error: ConnectorError) -> None:
        log.warning("%s: %s", stream.name, error.why)

        try:
            await _seam(lambda: _say(stream.name, error))
        except DatabaseError as problem:
            log.error("%s", problem)

    async def _let_go(self, name: str) -> None:
        self._held.discard(name)
        task = self._following.pop(name)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        try:
            await _seam(lambda: leases.give_back(name, self.holder))
        except DatabaseError as error:
            log.error("%s", _sentence(error))

    async def _stop_all(self) -> None:
        for name in list(self._following):
            await self._let_go(name)


def _connections(stream: Stream | None) -> list[tuple[int, datetime]]:
    """Who hears through it, and since when it has been connected as it is."""
    return [(channel.pk, channel.connected_at) for channel in stream.channels] if stream else []


def _say(name: str, error: ConnectorError) -> None:
    values = {key: str(value) for key, value in error.why.values.items()}
    Source.objects.filter(name=name).update(trouble=error.why.template, trouble_values=values)


@asynccontextmanager
async def _opened(stream: Stream, cursor: str | None) -> AsyncGenerator[AsyncIterator[Batch]]:
    """The batches of a stream, whose connection is closed here and not whenever memory is tidied."""
    batches = stream.find.open(stream.account, cursor)
    try:
        yield batches
    finally:
        if isinstance(batches, AsyncGenerator):
            await batches.aclose()


async def _seam[T](work: Callable[[], T]) -> T:
    """The one way into the database: synchronous work on one thread, with a healthy connection."""

    def with_connection() -> T:
        close_old_connections()
        try:
            return work()
        except DatabaseError:
            connection.close()
            raise

    return await sync_to_async(with_connection, thread_sensitive=True)()


def _sentence(error: DatabaseError) -> str:
    return database.sentence(error, database.place(settings.DATABASES["default"]))


def _backoff(failures: int) -> float:
    return min(LONGEST_WAIT, 0.5 * 2.0 ** min(failures, 7)) * random.uniform(0.5, 1.0)  # noqa: S311


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
