"""A network that tells a given number of events as fast as it is read, in batches as connectors make them."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from gensvar.connectors.contract import (
    Account,
    Author,
    Batch,
    Connector,
    Created,
    Deleted,
    Event,
    Find,
    Hears,
    Identity,
    Post,
    Reposted,
    setting,
)

EVENTS = int(os.environ.get("GENSVAR_SOAK_EVENTS", "1000000"))
A_BATCH = 100
BEGAN = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
PEOPLE = 9_973
ABOUT_US = "Third time this autumn that Nordpost loses a parcel of mine, number {n}, and nobody answers."
NOT_US = "Walked along the harbour this morning, number {n}, and the ice holds a duck but not yet a dog."
"""One post in two hundred is about us: many times what any company hears of a whole network."""


def event(n: int) -> Event:
    """The n-th event: mostly posts, an eighth of them answers, every tenth a repost, every fiftieth a deletion.

    Of reposts one in twenty, of answers one in fifty and of deletions one in a hundred touch a post about us.
    """
    if n % 50 == 49:
        return Deleted(_name(n - 199 if n % 5000 == 4999 else n - 40), BEGAN)
    if n % 10 == 7:
        of = n - 7 if n % 200 == 7 else n - 3
        return Reposted(f"at://did:plc:{n % PEOPLE}/repost/{n}", _name(of), _author(n), _at(n))
    return Created(_post(n))


def _post(n: int) -> Post:
    text = (ABOUT_US if n % 200 == 0 else NOT_US).format(n=n)
    above = _name(n - 24 if n % 400 == 24 else n - 25) if n % 8 == 0 and n % 200 else ""
    return Post(
        native_id=_name(n),
        revision=f"bafy{n:050}",
        author=_author(n),
        text=text,
        posted_at=_at(n),
        url=f"https://bsky.example/{n}",
        language="en",
        root_id=above,
        parent_id=above,
        raw=json.dumps({"uri": _name(n), "text": text}).encode(),
    )


def _name(n: int) -> str:
    return f"at://did:plc:{n % PEOPLE}/app.bsky.feed.post/{n:013}"


def _author(n: int) -> Author:
    return Author(f"did:plc:{n % PEOPLE}", url=f"https://bsky.example/{n % PEOPLE}")


def _at(n: int) -> datetime:
    return BEGAN + timedelta(milliseconds=20 * n)


@dataclass(frozen=True)
class TorrentSettings:
    """Nothing is asked."""

    name: str = setting("Name", default="torrent")


async def connect(settings: TorrentSettings) -> Identity:
    """Nobody needs to sign in."""
    return Identity("did:plc:nordpost", "nordpost.example")


async def follow(account: Account, cursor: str | None) -> AsyncIterator[Batch]:
    """All events from `cursor` on, then silence."""
    for first in range(int(cursor or 0), EVENTS, A_BATCH):
        last = min(first + A_BATCH, EVENTS)
        yield Batch(tuple(event(n) for n in range(first, last)), str(last))
    await asyncio.sleep(2.5)  # a cursor alone is written only so often
    yield Batch((), str(EVENTS))
    await asyncio.Event().wait()


CONNECTOR = Connector(
    key="torrent",
    name="Torrent",
    about="A network that never pauses.",
    settings=TorrentSettings,
    connect=connect,
    find=(Find(key="all", hears=Hears.EVERYTHING, source=lambda account: "torrent", open=follow),),
)
