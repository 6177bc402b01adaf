"""What happens, as it happens: one poller a process reads the journal and tells every open page.

Rows are the truth, so a page that was away asks for what it missed by the number of the last fact it saw;
nothing is kept in memory that could be lost.
"""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DatabaseError, connection
from django.http import HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_GET

from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.desk.rows import Person, person
from gensvar.kernel.clock import now
from gensvar.people.models import Membership
from gensvar.people.rules import Right
from gensvar.process.case import queries
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import EDITABLE

log = logging.getLogger(__name__)

EVERY = 0.2
"""Seconds between two looks at the journal."""

AGAIN = 25
"""Every so many looks, people whose page went silent are taken off."""

OVERLAP = 64
"""On PostgreSQL, facts may become visible out of order: so many numbers back are looked at again."""

MOST_MISSED = 500
"""A page that missed more than this loads itself anew instead of catching up."""

LONGEST = timedelta(minutes=10)
"""A stream ends after this and the browser opens another, which asks again whether the person may listen."""

STILL = 15
"""Seconds after which a quiet stream says that it is still there, and any stream asks for its right again."""

EVERYTHING: dict[str, Any] = {"cases": None}
"""What a page is told that missed too much: whatever you show, load it anew."""

Event = tuple[str, int, dict[str, Any]]
"""Name, number of the newest fact in it (0: none), data."""


@dataclass(eq=False, slots=True)
class Page:
    """One open page: what waits to be told to it."""

    workspace: int
    viewer: int = 0
    language: str = "en"
    waiting: "asyncio.Queue[Event]" = field(default_factory=lambda: asyncio.Queue(200))

    def tell(self, event: Event) -> None:
        """Hand over an event; a page that does not read any more loads itself anew when it does."""
        if self.waiting.full():
            while not self.waiting.empty():
                self.waiting.get_nowait()
            event = ("change", event[1], EVERYTHING)
        self.waiting.put_nowait(event)


@dataclass(slots=True)
class News:
    """What one look found: cases by workspace, the newest fact, who is where now, and drafts that grew."""

    cases: dict[int, list[int]] = field(default_factory=dict)
    newest: int = 0
    presence: dict[tuple[int, int], list[Person]] = field(default_factory=dict)
    drafts: list[tuple[int, int]] = field(default_factory=list)


class Broadcast:
    """All open pages of this process, and the one thread that looks into the database for them."""

    def __init__(self) -> None:
        self.pages: set[Page] = set()
        self.thread = ThreadPoolExecutor(1, "live")
        self.poller: asyncio.Task[None] | None = None
        self.seen: set[int] = set()
        self.newest: int | None = None
        self.looks = 0
        self.looked_at: datetime = now()
        self.shown: dict[tuple[int, int], list[Person]] = {}
        self.versions: dict[int, int] = {}

    def join(self, page: Page) -> None:
        """A page opens; the first one starts the poller."""
        self.pages.add(page)
        if self.poller is None or self.poller.done():
            self.newest = None
            self.poller = asyncio.get_running_loop().create_task(self._poll())

    def leave(self, page: Page) -> None:
        """A page closes; the last one stops the poller."""
        self.pages.discard(page)
        if not self.pages and self.poller:
            self.poller.cancel()
            self.poller = None
            self.thread.submit(connection.close)

    async def run[T](self, look: Callable[..., T], *values: object) -> T:
        """Run a look into the database in the thread of this broadcast."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, look, *values)

    async def _poll(self) -> None:
        while True:
            try:
                self._tell(await self.run(self._look))
            except DatabaseError as error:
                log.warning("Live updates wait: %s", error)
                await self.run(connection.close)
                await asyncio.sleep(1)
            await asyncio.sleep(EVERY)

    def _look(self) -> News:
        back = OVERLAP if connection.vendor == "postgresql" else 0
        if self.newest is None:
            self.newest, self.looked_at = queries.newest_fact(), now()
            old = (fact[0] for fact in queries.facts_after(max(self.newest - back, 0), 2000))
            self.seen = {pk for pk in old if pk <= self.newest}  # what comes between the two looks is news
        news = News(newest=self.newest)
        for pk, workspace, case, _name in queries.facts_after(max(self.newest - back, 0), 2000):
            if pk in self.seen or pk <= self.newest - back:
                continue
            self.seen.add(pk)
            news.newest = max(news.newest, pk)
            news.cases.setdefault(workspace, [])
            if case and case not in news.cases[workspace]:
                news.cases[workspace].append(case)
        self.newest = news.newest
        self.seen = {pk for pk in self.seen if pk > self.newest - OVERLAP}
        self._look_for_people(news)
        self._look_for_drafts(news)
        return news

    def _look_for_people(self, news: News) -> None:
        at = now()
        self.looks += 1
        pairs = set(queries.presences_after(self.looked_at - timedelta(seconds=1)))
        if self.looks % AGAIN == 0:
            pairs |= set(self.shown)
        self.looked_at = at
        if not pairs:
            return
        present = queries.present([case for _workspace, case in pairs], at)
        for pair in pairs:
            people = [person(one.user, writing=one.is_writing) for one in present.get(pair[1], ())]
            if self.shown.get(pair, []) != people:
                news.presence[pair] = people
            self.shown[pair] = people
            if not people:
                del self.shown[pair]

    def _look_for_drafts(self, news: News) -> None:
        """Saving a draft writes no fact, so the drafts of cases that somebody has open are looked at.

        One in which somebody writes may have grown before it was looked at for the first time, and may still
        grow after its writer stopped typing: a busy machine takes its time.
        """
        if not self.shown:
            return
        present = {case: workspace for workspace, case in self.shown}
        writing = {case for (_workspace, case), people in self.shown.items() if _is_writing(people)}
        rows = Reply.objects.filter(case__in=present, state__in=EDITABLE)
        versions = dict(rows.values_list("case_id", "version"))
        known = {
            **{case: version for case, version in versions.items() if case not in writing},
            **self.versions,
        }
        grown = [case for case, version in versions.items() if known.get(case) != version]
        news.drafts = [(present[case], case) for case in grown]
        self.versions = versions

    def _tell(self, news: News) -> None:
        for page in self.pages:
            if page.workspace in news.cases:
                page.tell(("change", news.newest, {"cases": news.cases[page.workspace]}))
            for (workspace, case), people in news.presence.items():
                if workspace == page.workspace:
                    page.tell(("presence", 0, {"case": case, "people": _marks(people, page)}))
            for workspace, case in news.drafts:
                if workspace == page.workspace:
                    page.tell(("change", 0, {"cases": [case], "draft": True}))


def _is_writing(people: list[Person]) -> bool:
    return any(one.writing for one in people)


def _marks(people: list[Person], page: Page) -> str:
    """The marks of everybody but the viewer, as HTML in the viewer's language."""
    others = [one for one in people if one.id != page.viewer]
    with translation.override(page.language):
        return render_to_string("desk/parts/presence.html", {"presence": others}).strip()


_broadcasts: "WeakKeyDictionary[asyncio.AbstractEventLoop, Broadcast]" = WeakKeyDictionary()


def broadcast() -> Broadcast:
    """The broadcast of the running event loop."""
    return _broadcasts.setdefault(asyncio.get_running_loop(), Broadcast())


@require_GET
@workspace_view(Right.SEE)
async def live(request: WorkspaceRequest) -> HttpResponseBase:
    """The stream of server-sent events of one open page."""
    since = request.headers.get("Last-Event-ID") or request.GET.get("since", "")
    page = Page(request.workspace.pk, request.user.pk, translation.get_language() or "en")
    events = stream(page, int(since) if since.isdecimal() and len(since) < 19 else 0)
    response = StreamingHttpResponse(events, content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


async def stream(page: Page, since: int) -> AsyncGenerator[str]:
    """Events for a page that has seen everything up to fact `since` (0: begin now)."""
    house = broadcast()
    house.join(page)
    time = asyncio.get_running_loop().time
    asked, ends = time(), time() + LONGEST.total_seconds()
    try:
        yield "retry: 1000\n\n"
        if since and (missed := await house.run(_missed, page.workspace, since)):
            yield written(missed)
        while time() < ends:
            words = await _next(page)
            if time() - asked >= STILL:  # a busy stream asks too, not only one that is silent
                if not await house.run(_may_listen, page):
                    return
                asked = time()
            yield words
    finally:
        house.leave(page)


async def _next(page: Page) -> str:
    try:
        return written(await asyncio.wait_for(page.waiting.get(), STILL))
    except TimeoutError:
        return ": still here\n\n"


def _may_listen(page: Page) -> bool:
    """Whether the person in front of the page is a member still; the next stream is refused at the door."""
    here = Membership.objects.filter(workspace=page.workspace, user=page.viewer, left_at=None)
    return here.exists()


def _missed(workspace: int, since: int) -> Event | None:
    facts = queries.facts_after(since, MOST_MISSED + 1)
    ours = [(pk, case) for pk, of, case, _name in facts if of == workspace]
    if len(facts) > MOST_MISSED:
        return ("change", queries.newest_fact(), EVERYTHING)
    if not ours:
        return None
    return ("change", ours[-1][0], {"cases": sorted({case for _pk, case in ours if case})})


def written(event: Event) -> str:
    """An event as it goes over the wire."""
    name, number, data = event
    numbered = f"id: {number}\n" if number else ""
    return f"{numbered}event: {name}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n"
