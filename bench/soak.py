"""A million events through the whole listener: how many a second, and what its memory does meanwhile.

GENSVAR_SOAK_EVENTS sets another number. It is not among the benchmarks of `make bench`, since it takes
minutes: `python -m bench soak`.
"""

import os

from gensvar.kernel import environment

os.environ[environment.CONNECTORS.name] = "bench.torrent"

import bench.ready  # noqa: F401  isort: skip

import asyncio
import time
from pathlib import Path

from asgiref.sync import sync_to_async
from django.db import connection

from bench import torrent
from bench.line import say, words
from gensvar import start
from gensvar.connectors.contract import Identity
from gensvar.kernel.clock import now
from gensvar.people.actions import set_up
from gensvar.process.listen import actions
from gensvar.process.listen.models import Mention, Source
from gensvar.process.listen.runner import Listener

MOST_SECONDS = 3_000.0
WARM = 20_000
"""Events after which memory counts as that of the start: everything has been used once by then."""


def main() -> None:
    """All lines of this subject, on the database of this process."""
    _company()
    asyncio.run(_soak())


def _company() -> None:
    at = now()
    start.prepare()
    alice = set_up(
        name="Alice",
        password="tall-birch-by-the-quay",
        company="Nordpost",
        zone="Europe/Stockholm",
        language="en",
        at=at,
    )
    by = alice.actor()
    actions.add_watch(alice.workspace, name="Nordpost", query="Nordpost OR #nordpost", by=by, at=at)
    us = Identity("did:plc:nordpost", "nordpost.example")
    actions.add_channel(alice.workspace, "torrent", {"name": "torrent"}, us, by=by, at=at)


async def _soak() -> None:
    on, stop, began = connection.vendor, asyncio.Event(), time.perf_counter()
    listening = asyncio.create_task(Listener("soak").run(stop))
    first, heard, told, spent = 0, 0, 0, time.process_time()
    while heard < torrent.EVENTS and time.perf_counter() - began < MOST_SECONDS:
        await asyncio.sleep(0.25)
        heard = await sync_to_async(_heard)()
        first = first or (_resident() if heard >= min(WARM, torrent.EVENTS) else 0)
        if heard * 10 // torrent.EVENTS > told:
            told = heard * 10 // torrent.EVENTS
            words(f"{heard} events after {time.perf_counter() - began:.0f} s, {_resident()} MB")
    seconds, spent = time.perf_counter() - began, time.process_time() - spent
    stop.set()
    await listening
    say(f"soak.events_per_second.{on}", heard / seconds, "events/s", heard)
    say(f"soak.processor_time.{on}", spent / heard * 1e6, "µs/event", heard)
    say(f"soak.memory_at_start.{on}", first, "MB", 1)
    say(f"soak.memory_at_end.{on}", _resident(), "MB", 1)
    await sync_to_async(_check)()


def _heard() -> int:
    cursor = Source.objects.values_list("cursor", flat=True).first()
    return int(cursor or 0)


def _resident() -> int:
    """Megabytes of this process that are in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def _check() -> None:
    """Every post about us is a mention, exactly once."""
    about_us = {each.post.native_id for n in range(0, torrent.EVENTS, 200) if (each := torrent.event(n))}  # type: ignore[union-attr]
    kept = list(Mention.objects.filter(part=Mention.Part.FOUND).values_list("native_id", flat=True))
    say(f"soak.missed.{connection.vendor}", len(about_us - set(kept)), "posts", len(about_us))
    say(f"soak.doubled.{connection.vendor}", len(kept) - len(set(kept)), "posts", len(kept))


if __name__ == "__main__":
    main()
