"""What is said to us: mentions, replies and quotes, by asking for notifications again and again.

The stream for everyone tells of them too, and sooner; this hears them where that stream has a gap, reaches
back as far as Bluesky keeps them, and hears about us alone where an account follows no stream.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import msgspec

from gensvar.connectors.bluesky import xrpc
from gensvar.connectors.bluesky.dropped import counting, drop
from gensvar.connectors.bluesky.records import Unreadable, instant
from gensvar.connectors.bluesky.session import as_us
from gensvar.connectors.bluesky.thread import View, read_view
from gensvar.connectors.contract import Account, Backfill, Batch, Created, Event, Gap, Missed
from gensvar.connectors.contract import Page as Earlier
from gensvar.connectors.contract.backfill import SLACK
from gensvar.kernel import clock
from gensvar.kernel.sentence import gettext_noop

EVERY = timedelta(seconds=5)
REASONS = ("mention", "reply", "quote")
OVERLAP = timedelta(minutes=10)
"""Bluesky sorts by the time that a post claims, so a late one can come in below the newest."""
PAGE = 100
MOST_PAGES = 50
MOST_PAGES_BACK = 1000
"""Pages that are read to fill a gap, one after the other."""
SIGN_OF_LIFE = timedelta(seconds=30)
"""After so long without anything for us an empty batch says that we looked."""
COVERS = gettext_noop("Filled from Bluesky's own list of notifications.")
COVERS_NEWEST = gettext_noop(
    "Filled from the newest of Bluesky's notifications; there were more than can be read."
)
_SPARE = 20
"""Calls that are left in the window for others: looking again can wait, answering cannot."""
_REMEMBERED = 10_000


class Page(msgspec.Struct):
    """The answer of listNotifications."""

    notifications: list[msgspec.Raw] = []
    cursor: Any = None


class Note(View):
    """One notification: a post's view, and why it concerns us."""

    reason: str = ""


async def follow(account: Account, cursor: str | None, every: timedelta = EVERY) -> AsyncIterator[Batch]:
    """Batches of what is new since `cursor` (an instant), for ever. Raises TryLater, Refused."""
    seen: dict[str, None] = {}
    newest, told, dropped = instant(cursor), clock.now(), 0
    if newest is None:
        newest = clock.now()
        yield Batch((), newest.isoformat())
    while True:
        found, reaches_back = await _since(account, newest - OVERLAP)
        fresh = [each for each in reversed(found) if f"{each.uri} {each.cid}" not in seen]
        _remember(seen, fresh)
        times = [at for each in fresh if (at := instant(each.indexed_at)) and at <= clock.now()]
        with counting() as lost:
            events = tuple(_events(fresh))
        dropped += lost.number
        if not reaches_back:
            gap = Gap(
                newest,
                min(times, default=clock.now()),
                gettext_noop("There were more notifications than we read."),
            )
            events = (gap, *events)
        newest = max([newest, *times])
        if events or clock.now() - told >= SIGN_OF_LIFE:
            yield Batch(events, newest.isoformat(), dropped=dropped)
            told, dropped = clock.now(), 0
        await asyncio.sleep(every.total_seconds())


async def earlier(account: Account, missed: Missed, place: str) -> Earlier:
    """One page further back, until the gap's beginning is reached. Raises TryLater, Refused."""
    number, _, cursor = place.partition(" ")
    pages = int(number or 0) + 1
    notes, further = await _page(account, cursor or None)
    with counting() as lost:
        events = tuple(_events([each for each in notes if missed.has(instant(each.indexed_at))]))
    times = [at for each in notes if (at := instant(each.indexed_at))]
    is_past = bool(times) and max(times) < missed.since - SLACK
    is_cut = not is_past and bool(further) and pages >= MOST_PAGES_BACK
    then = None if is_past or is_cut or not further else f"{pages} {further}"
    return Earlier(events, then, COVERS_NEWEST if is_cut else COVERS, not is_cut, dropped=lost.number)


EARLIER = Backfill(load=earlier, reach=timedelta(days=30))


async def _since(account: Account, oldest: datetime) -> tuple[list[Note], bool]:
    """Notes from the newest down to `oldest`, page by page, and whether it was reached."""
    found: list[Note] = []
    place: str | None = None
    for _ in range(MOST_PAGES):
        notes, place = await _page(account, place)
        found.extend(each for each in notes if (instant(each.indexed_at) or oldest) >= oldest)
        is_past = bool(notes) and all((instant(each.indexed_at) or oldest) < oldest for each in notes)
        if is_past or not place:
            return found, True
    return found, False


async def _page(account: Account, place: str | None) -> tuple[list[Note], str | None]:
    parameters: dict[str, Any] = {"limit": PAGE, "reasons": list(REASONS)}
    if place:
        parameters["cursor"] = place
    answer = await as_us(
        account.settings,
        lambda at: xrpc.get(at, "app.bsky.notification.listNotifications", spare=_SPARE, **parameters),
    )
    page = xrpc.decode(Page, answer)
    further = page.cursor if isinstance(page.cursor, str) and page.cursor != place else None
    return [note for note in map(_note, page.notifications) if note], further


def _note(raw: msgspec.Raw) -> Note | None:
    try:
        note = msgspec.json.decode(raw, type=Note)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        drop("notification that cannot be read", str(error))
        return None
    return note if note.reason in REASONS else None


def _events(notes: list[Note]) -> list[Event]:
    found: list[Event] = []
    for note in notes:
        try:
            found.append(Created(read_view(note), chosen=True))
        except Unreadable as error:
            drop(str(error), note.uri)
    return found


def _remember(seen: dict[str, None], notes: list[Note]) -> None:
    """What was handed on in this run; what falls out is folded where it is stored."""
    seen.update(dict.fromkeys(f"{each.uri} {each.cid}" for each in notes))
    for old in list(seen)[: max(0, len(seen) - _REMEMBERED)]:
        del seen[old]
