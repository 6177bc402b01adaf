"""The pretend internet as a network like any other, behind the same contract."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gensvar.connectors.contract import (
    Account,
    Author,
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
    Once,
    Outgoing,
    Post,
    Refused,
    Reply,
    Sent,
    Thread,
    ThreadView,
    TryLater,
    setting,
)
from gensvar.demo.internet import Gone, Internet, read_record
from gensvar.demo.script import COMPANY, PACE, US
from gensvar.demo.tables import Happening, Shown
from gensvar.kernel import clock, ids

LIMIT = 300
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
    internet = await asyncio.to_thread(_open, settings, clock.now())
    internet.close()
    return Identity(native_id=US, handle=US, name=COMPANY.name, url=COMPANY.url)


async def follow(
    account: Account, cursor: str | None, *, sleep: Sleep = asyncio.sleep, now: Now = clock.now
) -> AsyncIterator[Batch]:
    """What happens, from `cursor` on; at the very first start from the first post of the script."""
    internet = await asyncio.to_thread(_open, account.settings, now())
    try:
        era = internet.era
        number, gap = _read_cursor(cursor, era, internet.began_at)
        if gap:
            yield Batch((gap,), f"{era}:0")
        while True:
            happened = await _ask(internet.since, number, now())
            if happened:
                number = happened[-1].number
                yield Batch(tuple(event(each) for each in happened), f"{era}:{number}")
            else:
                await sleep(LOOKS_EVERY)
    finally:
        internet.close()


async def load_thread(account: Account, native_id: str) -> ThreadView:
    """Ancestors, the post, answers; Refused when the post is gone."""
    internet = await asyncio.to_thread(_open, account.settings, clock.now())
    try:
        shown, missing = await _ask(internet.thread, native_id, clock.now())
        return ThreadView(tuple(post(each) for each in shown), tuple(missing))
    except Gone:
        raise Refused("The post is not there any more.") from None
    finally:
        internet.close()


async def send(account: Account, outgoing: Outgoing) -> Sent:
    """Say it once under its key; the same key again says nothing new."""
    if len(outgoing.text) > LIMIT:
        raise Refused(f"The reply is longer than {LIMIT} characters.")
    internet = await asyncio.to_thread(_open, account.settings, clock.now())
    try:
        shown = await _ask(lambda: _say(internet, outgoing, clock.now()))
    except Gone:
        raise Refused("The post that this answers is not there any more.") from None
    finally:
        internet.close()
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
        raise Refused(f"The pretend internet cannot be kept at {settings.place}.") from None
    except (OSError, ValueError, sqlite3.DatabaseError):
        raise Refused(f"The pretend internet cannot be kept at {settings.place}.") from None


async def _ask[**P, T](what: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Off the loop, since SQLite waits; every write is one transaction, so a failure means nothing happened."""
    try:
        return await asyncio.to_thread(what, *args, **named)
    except sqlite3.Error:
        raise TryLater("The pretend internet did not answer.") from None


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
        ),
    ),
    thread=Thread(load=load_thread),
    reply=Reply(send=send, key=ids.sortable, once=Once.BY_KEY, limit=LIMIT, length=len),
)
