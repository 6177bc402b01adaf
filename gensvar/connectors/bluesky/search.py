"""What was said on the whole network, found afterwards by its search and on the pages of people we know.

`app.bsky.feed.searchPosts` is asked for each watched word, `app.bsky.feed.getAuthorFeed` for each person we
talk with. That brings posts that hold a watched word as it was written, and all that these people said. It
brings no posts with the word inflected or inside another, none that the network keeps out of its search, no
edits and no deletions. One call a page. Source: the lexicons of the two methods.
"""

from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec

from gensvar.connectors.bluesky import appview, xrpc
from gensvar.connectors.bluesky.dropped import counting, drop
from gensvar.connectors.bluesky.records import Unreadable, instant
from gensvar.connectors.bluesky.session import as_us
from gensvar.connectors.bluesky.thread import View, read_view
from gensvar.connectors.bluesky.xrpc import Said
from gensvar.connectors.contract import Account, Created, Missed, Page
from gensvar.connectors.contract.backfill import SLACK
from gensvar.kernel.sentence import gettext_noop

COVERS = gettext_noop(
    "Filled by search for the watched words and from the pages of people we talk with;"
    " posts without these words in that time stay unknown."
)
COVERS_PEOPLE = gettext_noop(
    "Bluesky does not let us search there. Filled from the pages of people we talk with only;"
    " what others wrote in that time stays unknown."
)
POSTS_EACH, MOST_PAGES = 100, 20
_SPARE = 20
"""Calls that are left in the window for others."""


class Step(msgspec.Struct):
    """The place of a page, as it is stored: what is asked for, from where on, the how manieth page of it."""

    of: Literal["words", "authors"] = "words"
    item: str = ""
    cursor: str = ""
    pages: int = 0
    is_refused: bool = False


class Found(msgspec.Struct):
    """The answer of searchPosts."""

    posts: list[msgspec.Raw] = []
    cursor: Any = None


class Entry(msgspec.Struct):
    """One line of somebody's page; a repost says so by its reason."""

    post: msgspec.Raw
    reason: Any = None


class Feed(msgspec.Struct):
    """The answer of getAuthorFeed."""

    feed: list[msgspec.Raw] = []
    cursor: Any = None


async def load(account: Account, missed: Missed, place: str) -> Page:
    """The next page of the search. Raises TryLater."""
    step = msgspec.json.decode(place, type=Step) if place else _next(Step(), missed)
    if step is None:
        return _page((), None, is_refused=False)
    try:
        views, cursor = await (_search if step.of == "words" else _feed)(account, missed, step)
    except Said as said:
        then = _after_refusal(step, missed, said)
        return _page((), then, is_refused=step.is_refused or _is_closed(step, said))
    with counting() as lost:
        found = [each for view in views if (each := _read(view))]
    events = tuple(Created(post) for post, at in found if missed.has(post.posted_at, at))
    is_past = bool(found) and all(at is not None and at < missed.since - SLACK for _, at in found)
    if cursor and cursor != step.cursor and views and not is_past and step.pages + 1 < MOST_PAGES:
        then = msgspec.structs.replace(step, cursor=cursor, pages=step.pages + 1)
    else:
        then = _next(step, missed)
    return _page(events, then, is_refused=step.is_refused, dropped=lost.number)


def _page(events: tuple[Created, ...], then: Step | None, *, is_refused: bool, dropped: int = 0) -> Page:
    place = msgspec.json.encode(then).decode() if then else None
    return Page(events, place, COVERS_PEOPLE if is_refused else COVERS, is_whole=False, dropped=dropped)


def _next(step: Step, missed: Missed) -> Step | None:
    """What is asked for after `step`: words, then authors, each in their order, whatever was added since."""
    if step.of == "words":
        following = next((each for each in sorted(missed.words) if each > step.item), None)
        if following:
            return Step("words", following, is_refused=step.is_refused)
        step = Step("authors", is_refused=step.is_refused)
    following = next((each for each in sorted(missed.authors) if each > step.item), None)
    return Step("authors", following, is_refused=step.is_refused) if following else None


def _is_closed(step: Step, said: Said) -> bool:
    """Is there no searching at all (and not just this one word that is not understood)?"""
    return step.of == "words" and said.status != 400


def _after_refusal(step: Step, missed: Missed, said: Said) -> Step | None:
    """A word may not be understood and a person may have gone: the others are asked for all the same."""
    drop(f"answer to a search for {step.of}: {said.name or said.status}", step.item)
    return _next(Step("authors", is_refused=True) if _is_closed(step, said) else step, missed)


async def _search(account: Account, missed: Missed, step: Step) -> tuple[list[msgspec.Raw], str]:
    """Search needs somebody who is signed in, so it goes through our own server."""
    asked = {
        "q": step.item,
        "sort": "latest",
        "since": _written(missed.since - SLACK),
        "until": _written(missed.until + SLACK),
        **_paged(step),
    }
    answer = await as_us(
        account.settings, lambda at: xrpc.get(at, "app.bsky.feed.searchPosts", spare=_SPARE, **asked)
    )
    found = xrpc.decode(Found, answer)
    return found.posts, _cursor(found.cursor)


async def _feed(account: Account, missed: Missed, step: Step) -> tuple[list[msgspec.Raw], str]:
    asked = {"actor": step.item, "filter": "posts_with_replies", **_paged(step)}
    answer = await appview.read(account.settings, "app.bsky.feed.getAuthorFeed", spare=_SPARE, **asked)
    feed = xrpc.decode(Feed, answer)
    entries = [entry for raw in feed.feed if (entry := _entry(raw))]
    return [entry.post for entry in entries if entry.reason is None], _cursor(feed.cursor)


def _paged(step: Step) -> dict[str, Any]:
    return {"limit": POSTS_EACH, **({"cursor": step.cursor} if step.cursor else {})}


def _cursor(given: Any) -> str:
    return given if isinstance(given, str) else ""


def _entry(raw: msgspec.Raw) -> Entry | None:
    try:
        return msgspec.json.decode(raw, type=Entry)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        drop("line of a page that cannot be read", str(error))
        return None


def _read(raw: msgspec.Raw) -> tuple[Any, datetime | None] | None:
    """The post and when the network saw it; None when it cannot be read."""
    try:
        view = msgspec.json.decode(raw, type=View)
        return read_view(view), instant(view.indexed_at)
    except (msgspec.MsgspecError, RecursionError, UnicodeError, Unreadable) as error:
        drop("post of a search that cannot be read", str(error))
        return None


def _written(at: datetime) -> str:
    return (at - timedelta(microseconds=at.microsecond)).isoformat().replace("+00:00", "Z")
