"""Live updates: what an open page is told, and that nothing gets lost on the way."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.test import AsyncClient

from gensvar.desk import live
from gensvar.kernel.clock import now
from gensvar.people import actions as people
from gensvar.people.models import Membership, User, Workspace
from gensvar.process.assess.actions import judge
from gensvar.process.case import queries
from gensvar.process.case.actions import be_present, leave
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind
from gensvar.process.listen.models import Channel
from gensvar.process.respond import actions as respond
from gensvar.process.respond.states import Purpose
from tests.desk import scene

pytestmark = pytest.mark.django_db(transaction=True)

Said = tuple[str, int, Any]


async def next_event(events: AsyncIterator[str], name: str = "change") -> Said:
    """The next event called `name`; fails when none comes within two minutes."""
    async with asyncio.timeout(120):
        async for text in events:
            lines = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
            if lines.get("event") == name:
                return name, int(lines.get("id", 0)), json.loads(lines["data"])
    raise AssertionError("the stream ended")


async def open_page(workspace: Workspace) -> AsyncGenerator[str]:
    """A page that is open and has been told so."""
    events = live.stream(live.Page(workspace.pk), 0)
    assert await anext(events) == "retry: 1000\n\n"
    house = live.broadcast()
    before = house.looks
    while house.looks < before + 2:  # noqa: ASYNC110 - a look rings no bell; the second began after it opened
        await asyncio.sleep(live.EVERY / 4)
    return events


def run[T](walk: Callable[[], Awaitable[T]]) -> T:
    """Run `walk` in an event loop of its own, and let go of the connections that its threads opened."""

    async def all_of_it() -> T:
        try:
            return await walk()
        finally:
            await sync_to_async(connections.close_all)()
            await live.broadcast().run(connections.close_all)

    return asyncio.run(all_of_it())


hear = sync_to_async(scene.hear)


def newest() -> int:
    return queries.newest_fact()


def test_a_new_case_is_told_within_a_moment(bluesky: Channel, nordpost: Workspace, at: datetime) -> None:
    async def walk() -> None:
        events = await open_page(nordpost)
        case = await hear(bluesky, scene.post(1, "Nordpost"), at)
        number, cases = 0, []
        while case.pk not in cases:  # a look may fall between two facts; the next one tells the rest
            _name, number, data = await next_event(events)
            cases = data["cases"]
        assert number == await sync_to_async(newest)()
        await events.aclose()

    run(walk)


def test_another_workspace_is_told_nothing(
    bluesky: Channel, nordpost: Workspace, sparfin: Workspace, at: datetime
) -> None:
    async def walk() -> None:
        ours, theirs = await open_page(nordpost), await open_page(sparfin)
        await hear(bluesky, scene.post(1, "Nordpost"), at)
        await next_event(ours)
        page = next(page for page in live.broadcast().pages if page.workspace == sparfin.pk)
        assert page.waiting.empty()
        for one in (ours, theirs):
            await one.aclose()

    run(walk)


def test_a_page_that_was_away_gets_what_it_missed(
    bluesky: Channel, nordpost: Workspace, at: datetime
) -> None:
    async def walk() -> None:
        since = await sync_to_async(newest)()
        case = await hear(bluesky, scene.post(1, "Nordpost"), at)
        events = live.stream(live.Page(nordpost.pk), since)
        _name, number, data = await next_event(events)
        assert data["cases"] == [case.pk]
        assert number > since
        await events.aclose()

    run(walk)


def test_a_page_that_missed_too_much_loads_itself_anew(
    bluesky: Channel, nordpost: Workspace, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MOST_MISSED", 1)

    async def walk() -> None:
        since = await sync_to_async(newest)()
        await hear(bluesky, scene.post(1, "Nordpost"), at)
        events = live.stream(live.Page(nordpost.pk), since)
        _name, number, data = await next_event(events)
        assert number > since
        assert data == live.EVERYTHING
        await events.aclose()

    run(walk)


def test_colleagues_come_write_and_go(complaint: Case, nordpost: Workspace, bob: Membership) -> None:
    async def walk() -> None:
        events = await open_page(nordpost)
        await sync_to_async(be_present)(complaint, bob.user, is_writing=False, at=now())
        first = (await next_event(events, "presence"))[2]
        assert first["case"] == complaint.pk
        assert "Bob is looking" in first["people"]
        await sync_to_async(be_present)(complaint, bob.user, is_writing=True, at=now())
        assert "Bob is writing" in (await next_event(events, "presence"))[2]["people"]
        await sync_to_async(leave)(complaint, bob.user, at=now())
        assert (await next_event(events, "presence"))[2]["people"] == ""
        await events.aclose()

    run(walk)


def test_a_draft_is_told_that_grew_before_its_writer_was_seen_and_after_she_stopped(
    complaint: Case, nordpost: Workspace, bob: Membership, at: datetime
) -> None:
    judge(complaint, Kind.COMPLAINT, by=bob.actor(), at=at)
    reply = respond.start(complaint, Purpose.ANSWER, by=bob.actor(), at=at)

    async def walk() -> None:
        events = await open_page(nordpost)
        save, come = sync_to_async(respond.save_draft), sync_to_async(be_present)
        await save(reply, "Hej Maria!", version=0, by=bob.actor(), at=at)
        await come(complaint, bob.user, is_writing=True, at=now())
        assert (await next_event(events))[2] == {"cases": [complaint.pk], "draft": True}
        await come(complaint, bob.user, is_writing=False, at=now())
        await save(reply, "Hej Maria! Vi tittar.", version=1, by=bob.actor(), at=at)
        assert (await next_event(events))[2] == {"cases": [complaint.pk], "draft": True}
        await events.aclose()

    run(walk)


def test_a_page_that_stops_reading_is_told_to_load_anew() -> None:
    async def walk() -> None:
        page = live.Page(workspace=1)
        for number in range(250):
            page.tell(("change", number, {"cases": []}))
        assert page.waiting.get_nowait()[2] == live.EVERYTHING
        assert page.waiting.qsize() < 200

    run(walk)


def test_the_last_page_to_close_stops_the_looking(nordpost: Workspace) -> None:
    async def walk() -> None:
        events = await open_page(nordpost)
        assert live.broadcast().poller
        await events.aclose()
        assert live.broadcast().poller is None

    run(walk)


async def listen_while_leaving(page: live.Page, leaver: Membership, at: datetime) -> list[str]:
    """What a page hears from the moment at which its reader leaves until its stream ends."""
    events, heard = live.stream(page, 0), []
    assert await anext(events) == "retry: 1000\n\n"
    assert await anext(events) == ": still here\n\n"  # a member hears on
    await sync_to_async(people.leave)(leaver, by=leaver.actor(), at=at)
    async with asyncio.timeout(120):
        async for words in events:
            heard.append(words)
    return heard


def test_the_stream_ends_for_somebody_who_left(
    nordpost: Workspace, dora: Membership, bob: Membership, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "STILL", 0.2)
    page = live.Page(nordpost.pk, bob.user_id)
    heard = run(lambda: listen_while_leaving(page, bob, at))
    assert all('data: {"cases":[]}' in words for words in heard), (
        "only that one has left, and nothing of cases"
    )


def test_a_busy_stream_ends_for_somebody_who_left(
    bluesky: Channel, nordpost: Workspace, bob: Membership, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "STILL", 0.2)

    async def walk() -> list[str]:
        page = live.Page(nordpost.pk, bob.user_id)
        events = live.stream(page, 0)
        await anext(events)
        await sync_to_async(people.leave)(bob, by=bob.actor(), at=at)
        heard = []
        page.tell(("change", 0, live.EVERYTHING))
        async with asyncio.timeout(120):
            while words := await anext(events, ""):
                heard.append(words)
                page.tell(("change", 0, live.EVERYTHING))
        return heard

    assert {words.splitlines()[0] for words in run(walk)} <= {"event: change"}, "and then it ended"


def test_only_members_may_listen(nordpost: Workspace, carol: Membership, mallory: User) -> None:
    async def status(user: User | None) -> int:
        client = AsyncClient()
        if user:
            await client.aforce_login(user)
        return (await client.get("/w/nordpost/live")).status_code

    assert run(lambda: status(carol.user)) == 404
    assert run(lambda: status(mallory)) == 404
    assert run(lambda: status(None)) == 302
