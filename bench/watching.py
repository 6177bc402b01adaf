"""How soon a changed watch is heard by a listener that runs, among many others, and how long it takes to begin."""

import bench.ready  # noqa: F401  isort: skip

import asyncio
import time
from collections.abc import Callable
from functools import partial
from random import Random

from asgiref.sync import sync_to_async

from bench import company
from bench.line import say, words
from bench.matching import names, query
from gensvar.connectors.contract import Author, Post
from gensvar.kernel.clock import now
from gensvar.people.models import Membership
from gensvar.process.listen import actions
from gensvar.process.listen.ears import prick_up
from gensvar.process.listen.models import Channel, Watch
from gensvar.process.listen.runner import Listener

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 3
SPOKEN_OF = "Quillwick"
"""A name that no other watch looks for."""


def main() -> None:
    """The figures of each size, on the database of this process."""
    alice = company.found(now()).alice
    Channel.objects.update(removed_at=now())  # nothing is to be heard here but the watches
    for size in SIZES:
        _fill(alice, size)
        began = time.perf_counter()
        prick_up()
        say(f"watch_ready.{size}", time.perf_counter() - began, "s", 1)
        taken = asyncio.run(_changes(alice))
        for kind, seconds in taken.items():
            words(f"{kind} among {size}: {', '.join(f'{each:.2f}' for each in seconds)} s until it is heard.")
        every = [each for seconds in taken.values() for each in seconds]
        say(f"watch_live.{size}", max(every), "s", len(every))


def _fill(alice: Membership, size: int) -> None:
    """So many watches, of the kinds that desks write."""
    chance, at = Random(f"matching {size}"), now()
    named = names(chance, size)
    Watch.objects.all().delete()
    Watch.objects.bulk_create(
        (
            Watch(
                workspace=alice.workspace,
                name=name,
                query=query(chance, name, chance.choice(named)),
                created_at=at,
                changed_at=at,
            )
            for name in named
        ),
        batch_size=5_000,
    )


async def _changes(alice: Membership) -> dict[str, list[float]]:
    """Seconds from the beginning of each change until the listener decides by it; the slowest counts."""
    stop, listener = asyncio.Event(), Listener("bench")
    running = asyncio.create_task(listener.run(stop))
    await _until(lambda: listener.ears is not None)
    taken: dict[str, list[float]] = {}
    for turn in range(ROUNDS):
        await asyncio.sleep(0.13 * turn)  # not always at the same moment between two looks
        for kind, change, is_heard in _kinds(alice):
            began = time.perf_counter()
            await sync_to_async(change)()
            await _until(partial(_hears, listener, is_heard))
            taken.setdefault(kind, []).append(time.perf_counter() - began)
    stop.set()
    await running
    return taken


def _kinds(alice: Membership) -> list[tuple[str, Callable[[], object], bool]]:
    """What can be done to a watch, and whether it hears of the name after it."""
    by = alice.actor()

    def add() -> None:
        actions.add_watch(alice.workspace, name="one", query=SPOKEN_OF, by=by, at=now())

    def change(query: str) -> None:
        row = _row()
        actions.change_watch(
            row, name="one", query=query, kind="brand", languages=row.languages, by=by, at=now()
        )

    def pause(paused: bool) -> None:
        actions.pause_watch(_row(), paused=paused, by=by, at=now())

    return [
        ("Added", add, True),
        ("Changed", partial(change, "Elsewhere"), False),
        ("Changed back", partial(change, SPOKEN_OF), True),
        ("Paused", partial(pause, True), False),
        ("Continued", partial(pause, False), True),
        ("Deleted", lambda: _row().delete(), False),
    ]


def _row() -> Watch:
    return Watch.objects.get(name="one")


async def _until(holds: Callable[[], bool]) -> None:
    for _ in range(30_000):
        if holds():
            return
        await asyncio.sleep(0.002)
    raise AssertionError("The listener does not hear of the change.")


def _hears(listener: Listener, wanted: bool) -> bool:
    post = Post("p", "", Author("a"), f"Nobody answers at {SPOKEN_OF}", None)
    return bool(listener.ears and listener.ears.match(post)) is wanted


if __name__ == "__main__":
    main()
