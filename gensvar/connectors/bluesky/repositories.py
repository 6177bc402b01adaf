"""What was said on one host, read afterwards from the repositories of its accounts.

`com.atproto.sync.listRepos` names them with the key of their newest commit, which says when each changed
last; the posts of those that changed since are read by `com.atproto.repo.listRecords`, newest first. That
brings every post of the stretch that still stands, with or without a watched word. It brings no edits of
older posts and no deletions. A host that is too large to be read through gives None: then it is searched.
Source: the lexicons com.atproto.sync.listRepos and com.atproto.repo.listRecords.
"""

import asyncio
from typing import Any

import msgspec

from gensvar.connectors.bluesky import xrpc
from gensvar.connectors.bluesky.dropped import counting, drop
from gensvar.connectors.bluesky.names import POSTS, is_did, read_post_name, tid_at
from gensvar.connectors.bluesky.records import Unreadable, from_json
from gensvar.connectors.bluesky.xrpc import Place, Said
from gensvar.connectors.contract import Created, Missed, Page
from gensvar.connectors.contract.backfill import SLACK
from gensvar.kernel.sentence import gettext_noop

COVERS = gettext_noop("Filled from the records of every account on the server.")
COVERS_NEWEST = gettext_noop(
    "Filled from the newest records of every account on the server; some accounts wrote more."
)
AT_ONCE = 10
"""Repositories that are read in one step."""
LISTED, MOST_LISTED = 1000, 10_000
MOST_CHANGED = 2000
RECORDS, MOST_PAGES = 100, 50


class Repository(msgspec.Struct):
    """One that is still to be read: whose it is, where, and how many pages of it were."""

    did: str
    cursor: str = ""
    pages: int = 0


class Waiting(msgspec.Struct):
    """What is still to be read of a host: the place of a page, as it is stored."""

    repositories: list[Repository]


class Repos(msgspec.Struct):
    """The answer of listRepos."""

    repos: list[Any] = []
    cursor: Any = None


class Records(msgspec.Struct):
    """The answer of listRecords."""

    records: list[msgspec.Raw] = []
    cursor: Any = None


class Record(msgspec.Struct):
    """One record with its name and revision; the value stays as it came."""

    uri: Any
    cid: Any
    value: msgspec.Raw


async def begin(host: str, missed: Missed) -> Page | None:
    """The first page: which repositories changed. None when this host cannot be read through."""
    changed: list[Repository] = []
    cursor: str | None = None
    for _ in range(MOST_LISTED // LISTED):
        asked: dict[str, Any] = {"limit": LISTED, **({"cursor": cursor} if cursor else {})}
        try:
            answer = xrpc.decode(Repos, await xrpc.get(Place(host), "com.atproto.sync.listRepos", **asked))
        except Said:
            return None
        changed += [Repository(each["did"]) for each in answer.repos if _has_changed(each, missed)]
        cursor = answer.cursor if isinstance(answer.cursor, str) and answer.cursor != cursor else None
        if len(changed) > MOST_CHANGED:
            return None
        if not cursor:
            return Page((), _written(changed), COVERS, is_whole=True)
    return None


def _has_changed(repo: Any, missed: Missed) -> bool:
    """Did anything happen in it since? One that does not say so is read."""
    if not isinstance(repo, dict) or not is_did(repo.get("did")) or repo.get("active") is False:
        return False
    newest = tid_at(str(repo.get("rev", "")))
    return newest is None or newest >= missed.since - SLACK


async def read_on(host: str, missed: Missed, place: str) -> Page:
    """The posts of the next few repositories. Raises TryLater."""
    waiting = msgspec.json.decode(place, type=Waiting).repositories
    now, later = waiting[:AT_ONCE], waiting[AT_ONCE:]
    pages = await asyncio.gather(*(_records(host, each) for each in now))
    events: list[Created] = []
    is_whole = True
    with counting() as lost:
        for repository, page in zip(now, pages, strict=True):
            names = [name for raw in page.records if (name := _take(raw, repository, missed, events))]
            further = _further(repository, page, names, missed)
            is_cut = further is not None and further.pages >= MOST_PAGES
            is_whole = is_whole and not is_cut
            if further is not None and not is_cut:
                later.insert(0, further)
    covers = COVERS if is_whole else COVERS_NEWEST
    return Page(tuple(events), _written(later), covers, is_whole, dropped=lost.number)


async def _records(host: str, repository: Repository) -> Records:
    """One page of posts. An account that went away meanwhile has none."""
    asked: dict[str, Any] = {"repo": repository.did, "collection": POSTS, "limit": RECORDS}
    if repository.cursor:
        asked["cursor"] = repository.cursor
    try:
        answer = await xrpc.get(Place(host), "com.atproto.repo.listRecords", **asked)
    except Said:
        return Records()
    return xrpc.decode(Records, answer)


def _take(raw: msgspec.Raw, of: Repository, missed: Missed, events: list[Created]) -> str:
    """The key of a record, which is taken when it belongs to the stretch; "" when it cannot be read."""
    try:
        record = msgspec.json.decode(raw, type=Record)
        name = read_post_name(record.uri)
        if name is None or name.did != of.did:
            raise Unreadable("record with a wrong name")
        post = from_json(name, record.cid, record.value)
    except (msgspec.MsgspecError, RecursionError, UnicodeError, Unreadable) as error:
        drop("record of a repository that cannot be read", f"{of.did} {error}")
        return ""
    if missed.has(post.posted_at, tid_at(name.key)):
        events.append(Created(post))
    return name.key


def _further(of: Repository, page: Records, keys: list[str], missed: Missed) -> Repository | None:
    """Where to read on, unless the page reached what lies before the stretch: keys sort by time."""
    if not isinstance(page.cursor, str) or page.cursor in ("", of.cursor) or not page.records:
        return None
    times = [at for key in keys if (at := tid_at(key))]
    if times and min(times) < missed.since - SLACK:
        return None
    return Repository(of.did, page.cursor, of.pages + 1)


def _written(waiting: list[Repository]) -> str | None:
    return msgspec.json.encode(Waiting(waiting)).decode() if waiting else None
