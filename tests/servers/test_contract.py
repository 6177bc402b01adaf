"""What every connector keeps when it is alive: one suite, run on each with the real thing behind it.

A new connector joins by an entry in `STARTS`: how to start its network and how somebody there says something.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

import pytest

from gensvar.connectors import registry
from gensvar.connectors.contract import (
    Account,
    Batch,
    Connector,
    ConnectorError,
    Created,
    Find,
    Hears,
    Identity,
    Missed,
    Outgoing,
    Post,
    Reply,
)
from tests.connectors.feeds.feed_server import FeedServer
from tests.servers.atnet import Network

NOWHERE = "http://127.0.0.1:9"
"""The discard port, on which nothing listens."""


@dataclass
class Alive:
    """A connector with its network running, an account of ours on it, and somebody who says things there."""

    connector: Connector
    account: Account
    say: Callable[[str], str]
    lost: Any
    """Settings that lead nowhere."""


def bluesky(request: pytest.FixtureRequest) -> Iterator[Alive]:
    network: Network = request.getfixturevalue("atnet")
    connector = registry.get("bluesky")
    nordpost, maria = network.make_account("nordpost"), network.make_account("maria")
    settings = connector.settings(
        handle=nordpost.handle,
        app_password=nordpost.app_password,
        host=network.pds,
        stream=network.pds,
        directory=network.plc,
    )
    account = Account(settings, Identity(nordpost.did, nordpost.handle))
    yield Alive(
        connector, account, lambda text: network.post(maria, text)["uri"], replace(settings, host=NOWHERE)
    )


def feeds(request: pytest.FixtureRequest) -> Iterator[Alive]:
    request.getfixturevalue("monkeypatch").setenv("GENSVAR_EGRESS_ALLOW", "127.0.0.0/8")
    server, entries = FeedServer(), list[str]()

    def say(text: str) -> str:
        link = f"https://blog.example/{len(entries)}"
        entries.append(f"<item><guid>{link}</guid><link>{link}</link><title>{escape(text)}</title></item>")
        server.body = (
            f"<rss version='2.0'><channel><title>Blog</title>{''.join(entries)}</channel></rss>".encode()
        )
        return ""

    say("det som redan står där")
    connector = registry.get("feeds")
    yield Alive(
        connector, server.account, say, replace(server.account.settings, address=f"{NOWHERE}/feed.xml")
    )
    server.close()


STARTS = {"bluesky": bluesky, "feeds": feeds}


@pytest.fixture(params=STARTS)
def alive(request: pytest.FixtureRequest) -> Iterator[Alive]:
    yield from STARTS[request.param](request)


def run[T](what: Awaitable[T]) -> T:
    async def it() -> T:
        return await what

    return asyncio.run(it())


async def until(batches: AsyncIterator[Batch], meets: Callable[[Batch], bool]) -> list[Batch]:
    """Batches up to the first that meets, within two minutes."""
    found: list[Batch] = []
    async with asyncio.timeout(120), aclosing(batches) as source:  # type: ignore[type-var]
        async for batch in source:
            found.append(batch)
            if meets(batch):
                break
    return found


def posts(batches: list[Batch]) -> list[Post]:
    return [event.post for batch in batches for event in batch.events if isinstance(event, Created)]


def says(text: str) -> Callable[[Batch], bool]:
    return lambda batch: any(text in (post.title, post.text) for post in posts([batch]))


def new_words(what: str) -> str:
    """Words that nobody has said before, on a network that other tests use too."""
    return f"Paketet är {what} {secrets.token_hex(4)}"


def streams(alive: Alive) -> list[Find]:
    return [each for each in alive.connector.find if each.hears is Hears.EVERYTHING]


def test_whoever_can_be_connected_is_told_who_they_are(alive: Alive) -> None:
    first, second = (run(alive.connector.connect(alive.account.settings)) for _ in range(2))
    assert first == second
    assert first.native_id
    assert first.handle


def test_a_network_that_is_not_there_is_said_in_a_sentence(alive: Alive) -> None:
    with pytest.raises(ConnectorError) as caught:
        run(alive.connector.connect(alive.lost))
    assert caught.value.why.endswith(".")
    assert "Error" not in caught.value.why


def test_what_is_said_while_we_are_away_is_heard_once_when_we_are_back(alive: Alive) -> None:
    for find in streams(alive):
        gone = new_words("borta")
        began = run(until(find.open(alive.account, None), lambda batch: bool(batch.cursor)))
        alive.say(gone)
        heard = run(until(find.open(alive.account, began[-1].cursor), says(gone)))
        back = new_words("tillbaka")
        alive.say(back)
        then = run(until(find.open(alive.account, heard[-1].cursor), says(back)))
        assert not any(says(gone)(batch) for batch in then)
        assert all(batch.cursor for batch in (*began, *heard, *then))


def test_a_post_tells_what_it_is_and_keeps_what_was_received(alive: Alive) -> None:
    for find in streams(alive):
        gone = new_words("borta")
        began = run(until(find.open(alive.account, None), lambda batch: bool(batch.cursor)))
        native_id = alive.say(gone)
        heard = run(until(find.open(alive.account, began[-1].cursor), says(gone)))
        (post,) = (each for each in posts(heard) if gone in (each.title, each.text))
        assert post.native_id
        assert native_id in ("", post.native_id)
        assert post.revision
        assert post.author.native_id
        assert post.url.startswith("https://")
        assert gone.encode() in post.raw


def test_what_was_missed_can_be_fetched_afterwards_where_that_is_offered(alive: Alive) -> None:
    for find in streams(alive):
        if find.backfill is None:
            continue
        since = datetime.now(UTC)
        gone = new_words("borta")
        native_id = alive.say(gone)
        missed = Missed(since, datetime.now(UTC), (gone,))
        page = run(find.backfill.load(alive.account, missed, ""))
        found = [event for event in page.events if isinstance(event, Created)]
        while page.place is not None:
            again = run(find.backfill.load(alive.account, missed, page.place))
            assert run(find.backfill.load(alive.account, missed, page.place)).place == again.place
            page = again
            found += [event for event in page.events if isinstance(event, Created)]
        (post,) = (event.post for event in found if event.post.native_id == native_id)
        assert gone.encode() in post.raw
        assert page.covers.endswith(".")


def test_a_reply_with_the_same_key_stands_once(alive: Alive) -> None:
    if not isinstance(alive.connector.reply, Reply):
        pytest.skip(f"{alive.connector.name} is answered by hand")
    reply, thread = alive.connector.reply, alive.connector.thread
    at, parent = datetime(2026, 11, 21, 10, tzinfo=UTC), alive.say("Paketet är borta")
    outgoing = Outgoing(
        text="Förlåt, vi letar.", created_at=at, key=reply.key(at), language="sv", parent_id=parent
    )
    first, second = (run(reply.send(alive.account, outgoing)) for _ in range(2))
    assert first == second
    assert first.url.startswith("https://")
    if thread is not None:
        view = run(thread.load(alive.account, first.native_id))
        assert [(each.native_id, each.text) for each in view.posts] == [
            (parent, "Paketet är borta"),
            (first.native_id, "Förlåt, vi letar."),
        ]
        assert view.posts[-1].author.native_id == alive.account.identity.native_id
