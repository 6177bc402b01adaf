"""The pretend internet as a network like any other, behind the same contract."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from gensvar.connectors.contract import (
    Account,
    Author,
    Backfill,
    Batch,
    Connector,
    Created,
    Deleted,
    Edited,
    Event,
    Find,
    Gap,
    Hears,
    Identity,
    Missed,
    Once,
    Outgoing,
    Page,
    Post,
    Refused,
    Reply,
    Sent,
    Thread,
    ThreadView,
    TryLater,
    setting,
)
from gensvar.connectors.contract.backfill import SLACK
from gensvar.demo.internet import Gone, Internet, read_record
from gensvar.demo.script import COMPANY, PACE, US
from gensvar.demo.tables import Happening, Shown
from gensvar.kernel import clock, ids

LIMIT = 300
PAGE = 20
"""Happenings that are fetched at once to fill a gap."""
COVERS = "Filled from what the pretend internet remembers."
LOOKS_EVERY = 0.5
"""Seconds between two looks at the file."""

Sleep = Callable[[float], Awaitable[None]]
Now = Callable[[], datetime]
_MENTION = re.compile(r"(?<!\w)@(\w+)")
_LINK = re.compile(r"https?://[^\s<>]+")


@dataclass(frozen=True)
class DemoSettings:
    """Where the pretend internet is kept, and how fast it lives."""

    place: str = setting("File", help="where the pretend internet is kept; made when it is not there")
    pace: str = setting("Pace", help="seconds between two posts", default=f"{PACE:g}")


async def connect(settings: DemoSettings) -> Identity:
    """The fictional company; Refused when its internet cannot be kept at that place."""
    async with _visit(settings, clock.now()):
        return Identity(native_id=US, handle=US, name=COMPANY.name, url=COMPANY.url)


async def follow(
    account: Account, cursor: str | None, *, sleep: Sleep = asyncio.sleep, now: Now = clock.now
) -> AsyncIterator[Batch]:
    """What happens, from `cursor` on; at the very first start from the first post of the script."""
    async with _visit(account.settings, now()) as internet:
        era = internet.it.era
        number, gap = _read_cursor(cursor, era, internet.it.began_at)
        if gap:
            yield Batch((gap,), f"{era}:0")
        while True:
            happened = await internet.ask(internet.it.since, number, now())
            if happened:
                number = happened[-1].number
                yield Batch(tuple(event(each) for each in happened), f"{era}:{number}")
            else:
                await sleep(LOOKS_EVERY)


async def earlier(account: Account, missed: Missed, place: str) -> Page:
    """What happened in the gap, as the pretend internet remembers all of it."""
    async with _visit(account.settings, clock.now()) as internet:
        happened = await internet.ask(internet.it.since, int(place or 0), clock.now(), PAGE)
    events = tuple(event(each) for each in happened if missed.has(each.at))
    is_over = len(happened) < PAGE or happened[-1].at > missed.until + SLACK
    return Page(events, None if is_over else str(happened[-1].number), COVERS, is_whole=True)


async def load_thread(account: Account, native_id: str) -> ThreadView:
    """Ancestors, the post, answers; Refused when the post is gone."""
    async with _visit(account.settings, clock.now()) as internet:
        try:
            shown, missing = await internet.ask(internet.it.thread, native_id, clock.now())
        except Gone:
            raise Refused("The post is not there any more.") from None
    return ThreadView(tuple(post(each) for each in shown), tuple(missing))


async def send(account: Account, outgoing: Outgoing) -> Sent:
    """Say it once under its key; the same key again says nothing new."""
    if len(outgoing.text) > LIMIT:
        raise Refused("The reply is longer than %(limit)s characters.", limit=LIMIT)
    async with _visit(account.settings, clock.now()) as internet:
        try:
            shown = await internet.ask(_say, internet.it, outgoing, clock.now())
        except Gone:
            raise Refused("The post that this answers is not there any more.") from None
    return Sent(shown.post, f"{shown.wording}", read_record(shown.record)["url"])


def _say(internet: Internet, outgoing: Outgoing, at: datetime) -> Shown:
    return internet.reply(
        key=outgoing.key,
        parent=outgoing.parent_id,
        text=outgoing.text,
        language=outgoing.language,
        created_at=outgoing.created_at,
        at=at,
    )


def _open(settings: DemoSettings, at: datetime) -> Internet:
    try:
        return Internet(Path(settings.place), at, pace=max(0.01, float(settings.pace)))
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise TryLater("The pretend internet is busy.") from None
        raise Refused("The pretend internet cannot be kept at %(place)s.", place=settings.place) from None
    except (OSError, ValueError, sqlite3.DatabaseError):
        raise Refused("The pretend internet cannot be kept at %(place)s.", place=settings.place) from None


@dataclass(frozen=True, slots=True)
class _Visit:
    """The internet and the one thread that may touch its file."""

    it: Internet
    thread: ThreadPoolExecutor

    async def ask[**P, T](self, what: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Off the loop, since SQLite waits; every write is one transaction, so a failure means nothing happened."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self.thread, partial(what, *args, **named))
        except sqlite3.Error:
            raise TryLater("The pretend internet did not answer.") from None


@asynccontextmanager
async def _visit(settings: DemoSettings, at: datetime) -> AsyncIterator[_Visit]:
    """A visit that may be called off at any moment: the file is closed only after the last call has ended."""
    with ThreadPoolExecutor(1) as thread:
        internet = await asyncio.get_running_loop().run_in_executor(thread, _open, settings, at)
        try:
            yield _Visit(internet, thread)
        finally:
            thread.submit(internet.close)


def _read_cursor(cursor: str | None, era: str, began_at: datetime) -> tuple[int, Gap | None]:
    if cursor is None:
        return 0, None
    of, _, number = cursor.partition(":")
    if of == era and number.isdecimal():
        return int(number), None
    return 0, Gap(None, began_at, "The pretend internet was made anew.")


def cursor(internet: Internet, number: int) -> str:
    """Where a listener goes on that has heard everything up to `number`."""
    return f"{internet.era}:{number}"


def event(happened: Happening) -> Event:
    """What happened, in the words of the contract."""
    shown = Shown(happened.post, happened.wording, happened.record)
    if happened.what == "deleted":
        return Deleted(happened.post, happened.at)
    said = post(shown)
    if happened.what == "edited":
        return Edited(said)
    return Created(said, chosen=US in _mentioned(said.text))


def _mentioned(text: str) -> frozenset[str]:
    return frozenset(handle.casefold() for handle in _MENTION.findall(text))


def post(shown: Shown) -> Post:
    """A post as it stands, in the words of the contract."""
    record = read_record(shown.record)
    author = record["author"]
    return Post(
        native_id=record["id"],
        revision=f"{shown.wording}",
        author=Author(
            native_id=author["id"],
            handle=author["handle"],
            name=author["name"],
            url=author["url"],
            followers=author["followers"],
            created_at=datetime.fromisoformat(author["created_at"]),
            bio=author["bio"],
        ),
        text=record["text"],
        posted_at=datetime.fromisoformat(record["posted_at"]),
        url=record["url"],
        language=record["language"],
        root_id=record["root"],
        root_revision="1" if record["root"] else "",
        parent_id=record["parent"],
        parent_revision="1" if record["parent"] else "",
        addressed=_mentioned(record["text"]),
        links=tuple(_LINK.findall(record["text"])),
        raw=shown.record,
    )


CONNECTOR = Connector(
    key="demo",
    name="Pretend internet",
    about="People who do not exist talk about a company that does not exist.",
    settings=DemoSettings,
    connect=connect,
    find=(
        Find(
            key="talk",
            hears=Hears.EVERYTHING,
            source=lambda account: f"demo {account.settings.place}",
            open=follow,
            backfill=Backfill(load=earlier, reach=timedelta(days=30)),
        ),
    ),
    thread=Thread(load=load_thread),
    reply=Reply(send=send, key=ids.sortable, once=Once.BY_KEY, limit=LIMIT, length=len),
    offered=False,
)
