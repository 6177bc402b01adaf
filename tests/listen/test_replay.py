"""Thirty-six hours twice: cut anywhere, told again, heard by another listener, and always the same rows.

GENSVAR_REPLAY_EVENTS makes it longer (the suite hears a few thousand events).
"""

import asyncio
import os
import random
from collections.abc import Iterator
from datetime import datetime

import pytest
from asgiref.sync import sync_to_async

from gensvar.connectors.contract import Created, Edited
from gensvar.people.models import Workspace
from gensvar.process.case.models import Case, Fact
from gensvar.process.document.models import Capture
from gensvar.process.listen.models import Channel, Gap, Mention, Source, Watch
from gensvar.process.listen.runner import Listener
from tests import hearing, talk
from tests.kept import Rows, differences, kept

pytestmark = pytest.mark.django_db(transaction=True)

EVENTS = int(os.environ.get("GENSVAR_REPLAY_EVENTS", "2000"))
LONGEST = 600 + EVENTS / 50
"""Seconds until a listener that does not come to the end is given up."""


@pytest.fixture(autouse=True)
def offered() -> Iterator[None]:
    with hearing.offered("gensvar.demo.connector", "tests.talk"):
        yield


@pytest.fixture
def channel(nordpost: Workspace, at: datetime) -> Channel:
    Watch.objects.create(workspace=nordpost, name="Nordpost", query="Nordpost", created_at=at, changed_at=at)
    return hearing.channel(
        nordpost, at, "talk", native_id="nordpost", settings={"seed": "36", "number": str(EVENTS)}
    )


def replay(channel: Channel, cuts: str = "") -> Rows:
    """Everything that is kept after the whole talk was heard, cut at places that follow from `cuts`."""
    channel.settings = {**channel.settings, "cuts": cuts}
    channel.save(update_fields=["settings"])
    asyncio.run(_hear(random.Random(cuts) if cuts else None))
    return kept(channel.workspace)


async def _hear(dice: random.Random | None) -> None:
    """The real listener, until the stream's last event is kept; now and then it is ended and begun again."""
    async with asyncio.timeout(LONGEST):
        while True:
            stop = asyncio.Event()
            listening = asyncio.create_task(Listener("one", clock=lambda: talk.ENDED).run(stop))
            is_heard = await _wait(dice.uniform(0.2, 2) if dice else LONGEST)
            stop.set()
            await listening
            if is_heard:
                return


async def _wait(seconds: float) -> bool:
    ends_at = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < ends_at:
        if await sync_to_async(Source.objects.filter(cursor=str(EVENTS)).exists)():
            return True
        await asyncio.sleep(0.05)
    return False


def forget() -> None:
    """An empty desk again."""
    for model in (Fact, Capture, Mention, Case, Gap, Source):
        model.objects.all().delete()


def test_two_replays_into_fresh_databases_are_identical(channel: Channel) -> None:
    first = replay(channel)
    assert len(first["case"]) > EVENTS / 20
    for cuts in ("one", "two"):
        forget()
        assert not differences(first, replay(channel, cuts)), cuts


def test_a_second_replay_changes_nothing(channel: Channel) -> None:
    first = replay(channel, "three")
    Source.objects.update(cursor="")
    assert not differences(first, replay(channel, "four"))


def test_the_talk_holds_all_that_can_happen(channel: Channel) -> None:
    replay(channel)
    assert set(Mention.objects.values_list("part", flat=True)) == set(Mention.Part.values)
    assert set(Mention.objects.values_list("how", flat=True)) == {"", *Mention.How.values}
    assert Mention.objects.exclude(edited_at=None).exists()
    assert Gap.objects.exists()
    assert {"mention.deleted", "author.gone", "author.answered", "mention.folded"} <= set(
        Fact.objects.values_list("name", flat=True)
    )


def test_every_post_about_us_is_a_mention_exactly_once(channel: Channel) -> None:
    replay(channel, "five")
    events = talk.told(36, EVENTS)
    about_us = {
        event.post.native_id
        for event in events
        if isinstance(event, Created | Edited)
        and "nordpost" in event.post.text.lower()
        and event.post.author != talk.US
    }
    names = list(Mention.objects.values_list("native_id", flat=True))
    assert len(names) == len(set(names))
    assert about_us <= set(names)
    ours = Mention.objects.filter(author_id="nordpost")
    assert ours.exists()
    assert set(ours.values_list("part", flat=True)) == {"ours"}
