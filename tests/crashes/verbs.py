"""What a child process of these tests can be told to do."""

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from asgiref.sync import sync_to_async
from django.core.management import call_command

from gensvar.demo import connector as demo
from gensvar.engine import leases
from gensvar.engine.crash import CrashPoint
from gensvar.engine.doorbell import RING_AGAIN
from gensvar.engine.models import Lease
from gensvar.engine.sweep import sweep
from gensvar.kernel.clock import now
from gensvar.process.alert.tasks import send as send_alert
from gensvar.process.document.models import Capture
from gensvar.process.document.rules import LEASE
from gensvar.process.document.tasks import take_picture
from gensvar.process.listen.ears import Ears, Stream, prick_up
from gensvar.process.listen.models import Source
from gensvar.process.listen.runner import Listener
from gensvar.process.listen.take_in import take_in
from gensvar.process.listen.tasks import GAPS, fill_gap
from gensvar.process.respond.tasks import send_reply

STEP = timedelta(seconds=20)
STEPS = 20
"""How much of the script is told: every look at the network is one step later, and all runs end alike."""


def send(pk: str) -> None:
    """Answer the doorbell of one reply."""
    send_reply.call(int(pk))


def picture(pk: str) -> None:
    """Answer the doorbell of one capture."""
    take_picture.call(int(pk))


def tell(pk: str) -> None:
    """Answer the doorbell of one alert."""
    send_alert.call(int(pk))


def fill(pk: str) -> None:
    """Answer the doorbell of one gap: one page of what was missed."""
    fill_gap.call(int(pk))


def fill_all() -> None:
    """Answer, after a restart, every bell that the sweep rings for a gap, until all are filled."""
    while due := GAPS.due(now() + RING_AGAIN):
        for pk in due:
            fill_gap.call(pk)


def restart(lane: str) -> None:
    """What a desk does after it was started again: sweep, and answer every ring of the lane."""
    sweep(now())
    call_command("db_worker", queue_name=lane, batch=True, interval=0.01, startup_delay=False, verbosity=0)


def listen(place: str, began: str, most: str) -> None:
    """Take in at most so many batches of the pretend internet at `place`, from its stored cursor on."""
    ears = prick_up()
    stream = next(each for each in ears.streams.values() if each.account.settings.place == place)
    asyncio.run(_listen(ears, stream, datetime.fromisoformat(began), int(most)))


async def _listen(ears: Ears, stream: Stream, began: datetime, most: int) -> None:
    source, _ = await sync_to_async(Source.objects.get_or_create)(name=stream.name, connector="demo")
    moments = Moments(began)
    left = most
    batches = demo.follow(stream.account, source.cursor or None, sleep=moments.end, now=moments.look)
    with contextlib.suppress(Silence):
        async for batch in batches:
            await sync_to_async(take_in)(source, stream.channels, batch, ears.match, at=now())
            left -= 1
            if not left:
                return


def listener(holder: str, until: str) -> None:
    """The whole listener over the talk of `tests.talk`, until the stream stands at `until`."""
    asyncio.run(_listener(holder, until))


async def _listener(holder: str, until: str) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(Listener(holder).run(stop))
    is_heard = sync_to_async(Source.objects.filter(cursor=until).exists)
    while not await is_heard():  # noqa: ASYNC110 - what another process writes rings no bell here
        await asyncio.sleep(0.05)
    stop.set()
    await running


class Silence(Exception):
    """Nothing more is said."""


class Moments:
    """Time passes with every look, not by waiting, and ends."""

    def __init__(self, began: datetime) -> None:
        self.at, self.until = began, began + STEP * STEPS

    def look(self) -> datetime:
        """The moment of this look."""
        self.at = min(self.at + STEP, self.until)
        return self.at

    async def end(self, _seconds: float) -> None:
        """Nothing was said at this moment: go on, unless it was the last."""
        if self.at == self.until:
            raise Silence


def take(pk: str) -> None:
    """Try to take the lease of one capture, as many do at once; say whether it is ours."""
    Capture.objects.filter(pk=0).exists()  # the connection is open before the race
    wait_for_the_start()
    say("taken" if leases.take(Capture, int(pk), at=now(), lasting=LEASE) else "not taken")


def wait_for_the_start() -> None:
    """Say that one is there, be told the moment, and wait for it."""
    sys.stdout.write("here\n")
    sys.stdout.flush()
    time.sleep(max(0.0, float(sys.stdin.readline()) - time.time()))


def take_name(name: str) -> None:
    """The same for a lease that has a name."""
    Lease.objects.exists()
    wait_for_the_start()
    say("taken" if leases.take_name(name, str(os.getpid()), at=now(), lasting=LEASE) else "not taken")


def pass_by(name: str) -> None:
    """Pass by a crash point and live, or not."""
    CrashPoint(name, "Nothing to recover.").pass_by()
    say("alive")


def say(words: str) -> None:
    """Tell the test."""
    sys.stdout.write(words)


VERBS: dict[str, Callable[..., None]] = {
    each.__name__: each
    for each in (send, picture, tell, fill, fill_all, restart, listen, listener, take, take_name, pass_by)
}
