"""The listener: follows what is connected, hears what is watched, and never twice."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async

from gensvar.engine.models import Lease, Part
from gensvar.people.models import Membership, Workspace
from gensvar.process.listen import actions, models
from gensvar.process.listen.runner import LOOK_EVERY, Listener
from tests.connectors.feeds import samples
from tests.connectors.feeds.conftest import server
from tests.connectors.feeds.feed_server import FeedServer

__all__ = ["server"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def channel(nordpost: Workspace, tmp_path: Path, at: datetime) -> models.Channel:
    """A lively pretend internet."""
    return models.Channel.objects.create(
        workspace=nordpost,
        connector="demo",
        name="Nordpost",
        native_id="nordpost",
        handle="nordpost",
        settings={"place": str(tmp_path / "internet.db"), "pace": "0.05"},
        connected_at=at,
    )


async def until(look: Callable[[], bool], words: str) -> None:
    """Wait until `look`, which asks the database, holds."""
    for _ in range(3000):
        if await sync_to_async(look)():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(words)


def listening(body: Callable[[], Awaitable[None]], holders: tuple[str, ...] = ("one",)) -> None:
    """Run `body` while listeners with these names run."""

    async def run() -> None:
        stop = asyncio.Event()
        running = [asyncio.create_task(Listener(holder).run(stop)) for holder in holders]
        try:
            await body()
        finally:
            stop.set()
            await asyncio.gather(*running)

    asyncio.run(run())


def test_a_watch_is_live_without_a_restart(
    nordpost: Workspace, alice: Membership, channel: models.Channel, at: datetime
) -> None:
    async def body() -> None:
        await until(
            lambda: models.Source.objects.filter(heard_at__isnull=False).exists(), "Nothing is heard."
        )
        assert not await sync_to_async(models.Mention.objects.filter(watch__isnull=False).exists)()
        add = sync_to_async(actions.add_watch)
        await add(nordpost, name="Nordpost", query="Nordpost", by=alice.actor(), at=at)
        await until(lambda: models.Mention.objects.filter(watch__isnull=False).exists(), "The watch is deaf.")

    listening(body)


def test_two_listeners_never_double_a_stream(
    nordpost: Workspace, alice: Membership, channel: models.Channel, at: datetime
) -> None:
    actions.add_watch(nordpost, name="Nordpost", query="Nordpost", by=alice.actor(), at=at)

    async def body() -> None:
        await until(lambda: models.Mention.objects.count() > 60, "Too little is heard.")
        assert len(await sync_to_async(lambda: list(Lease.objects.exclude(holder="")))()) == 1

    listening(body, ("one", "two"))
    names = list(models.Mention.objects.values_list("native_id", flat=True))
    assert len(names) == len(set(names))


def test_it_gives_its_leases_back_and_says_that_it_is_alive(channel: models.Channel) -> None:
    async def body() -> None:
        await until(lambda: Lease.objects.filter(holder="one").exists(), "It follows nothing.")

    listening(body)
    assert list(Lease.objects.values_list("holder", "until")) == [("", None)]
    assert Part.objects.filter(name="listener").exists()


def test_a_stream_that_cannot_be_opened_says_why_on_its_channel(
    channel: models.Channel, tmp_path: Path
) -> None:
    (tmp_path / "internet.db").mkdir()

    async def body() -> None:
        await until(lambda: models.Channel.objects.exclude(trouble="").exists(), "Nobody said it.")

    listening(body)
    assert "cannot be kept" in models.Channel.objects.get().trouble


def test_a_feed_that_is_gone_for_good_is_asked_once_until_it_is_connected_anew(
    nordpost: Workspace, dora: Membership, server: FeedServer, at: datetime
) -> None:
    server.status = 410
    values, identity = {"address": server.address}, server.account.identity
    channel = actions.add_channel(nordpost, "feeds", values, identity, by=dora.actor(), at=at)

    def trouble() -> str:
        return models.Channel.objects.get().trouble

    async def body() -> None:
        await until(lambda: "gone for good (410)" in trouble(), "Nobody said it.")
        await asyncio.sleep(3 * LOOK_EVERY)
        assert len(server.asked) == 1
        server.status, server.body = 200, samples.RSS
        anew = sync_to_async(actions.add_channel)
        await anew(nordpost, "feeds", values, identity, by=dora.actor(), at=at + timedelta(minutes=1))
        await until(lambda: models.Source.objects.filter(heard_at__isnull=False).exists(), "It stays shut.")
        await until(lambda: trouble() == "", "It still says that it is gone.")

    listening(body)
    assert models.Channel.objects.get().pk == channel.pk


def test_a_removed_channel_is_let_go(channel: models.Channel, dora: Membership, at: datetime) -> None:
    async def body() -> None:
        await until(lambda: Lease.objects.filter(holder="one").exists(), "It follows nothing.")
        await sync_to_async(actions.remove_channel)(channel, by=dora.actor(), at=at)
        await until(lambda: not Lease.objects.exclude(holder="").exists(), "It still follows.")

    listening(body)
