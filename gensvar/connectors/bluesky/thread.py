"""The thread around a post as the AppView shows it, with its authors; and what to do before it shows it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec

from gensvar.connectors.bluesky import appview, origin, xrpc
from gensvar.connectors.bluesky.dropped import drop
from gensvar.connectors.bluesky.names import PostName, read_post_name
from gensvar.connectors.bluesky.records import Unreadable, from_json
from gensvar.connectors.bluesky.settings import BlueskySettings
from gensvar.connectors.bluesky.xrpc import Said
from gensvar.connectors.contract import Account, Author, ConnectorError, Post, Refused, ThreadView

DEPTH = 10
"""Answers to answers that are asked for."""
HEIGHT = 80
MOST = 500
"""Posts of one thread that are read."""
CLIMB = 3
"""Ancestors that are fetched one by one when the AppView does not know the post yet."""


class Thread(msgspec.Struct):
    """The answer of getPostThread."""

    thread: msgspec.Raw = msgspec.Raw(b"null")


class Node(msgspec.Struct):
    """One place in the thread: a post with its neighbours, or a gap that has only a name."""

    post: msgspec.Raw = msgspec.Raw(b"")
    parent: msgspec.Raw = msgspec.Raw(b"")
    replies: list[msgspec.Raw] = []
    uri: Any = ""


class View(msgspec.Struct):
    """A post as the AppView shows it; the record stays as it came."""

    uri: str
    cid: str
    record: msgspec.Raw
    author: Any = None
    indexed_at: str = msgspec.field(name="indexedAt", default="")


async def load(account: Account, native_id: str) -> ThreadView:
    """Ancestors, the post, answers. Raises TryLater, Refused."""
    name = read_post_name(native_id)
    if name is None:
        raise Refused("This is not the name of a post on Bluesky.")
    view = await _load(account.settings, name, DEPTH, CLIMB)
    view = await _with_authors(account.settings, view)
    return await _with_age(account.settings, view, name.did)


async def _load(settings: BlueskySettings, name: PostName, depth: int, climb: int) -> ThreadView:
    try:
        answer = await appview.read(
            settings, "app.bsky.feed.getPostThread", uri=str(name), depth=depth, parentHeight=HEIGHT
        )
    except Said as said:
        if said.name != "NotFound":
            raise
        return await _unshown(settings, name, climb)
    view = read_thread(xrpc.decode(Thread, answer).thread)
    return view if view.posts else await _unshown(settings, name, climb)


async def _unshown(settings: BlueskySettings, name: PostName, climb: int) -> ThreadView:
    """The post from where it was written, under its ancestors: the AppView shows a new one a little later."""
    post = await origin.post(settings, name)
    if post is None:
        return ThreadView((), (str(name),))
    post = replace(post, author=await origin.author(settings, name.did))
    parent = read_post_name(post.parent_id)
    if parent is None or not climb:
        return ThreadView((post,))
    above = await _load(settings, parent, 0, climb - 1)
    return ThreadView((*above.posts, post), above.missing)


def read_thread(raw: msgspec.Raw) -> ThreadView:
    """The thread in an answer of getPostThread, within bounds, whatever it holds."""
    missing: list[str] = []
    here = _node(raw)
    above, node = [], here
    for _ in range(HEIGHT):
        node = _node(node.parent) if node else None
        if node is None:
            break
        above.append(node)
    posts = [_post(each, missing) for each in (*reversed(above), here)]
    below = [_post(each, missing) for each in _answers(here)]
    answers = sorted((each for each in below if each), key=lambda each: (each[0], each[1].native_id))
    found = tuple(each[1] for each in (*posts, *answers) if each)
    return ThreadView(found, tuple(dict.fromkeys(missing)))


def _answers(here: Node | None) -> Iterator[Node]:
    waiting = list(here.replies) if here else []
    for _ in range(MOST):
        if not waiting:
            return
        node = _node(waiting.pop(0))
        if node is not None:
            yield node
            waiting.extend(node.replies[:MOST])


def _node(raw: msgspec.Raw) -> Node | None:
    try:
        return msgspec.json.decode(raw, type=Node) if bytes(raw) not in (b"", b"null") else None
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        drop("place in a thread that cannot be read")
        return None


def _post(node: Node | None, missing: list[str]) -> tuple[str, Post] | None:
    """When it was shown first, and the post; a place without one is noted in `missing`."""
    if node is None:
        return None
    if not bytes(node.post):
        name = read_post_name(node.uri)
        missing.extend([str(name)] if name else [])
        return None
    try:
        view = msgspec.json.decode(node.post, type=View)
        return view.indexed_at, read_view(view)
    except (msgspec.MsgspecError, RecursionError, UnicodeError, Unreadable) as error:
        drop("post in a thread that cannot be read", str(error))
        return None


def read_view(view: View) -> Post:
    """The post in a view, with as much of its author as the view shows; raises Unreadable."""
    name = read_post_name(view.uri)
    if name is None:
        raise Unreadable("post with a wrong name")
    author = appview.to_author(view.author)
    return from_json(name, view.cid, view.record, author if author and author.native_id == name.did else None)


async def _with_authors(settings: BlueskySettings, view: ThreadView) -> ThreadView:
    """Followers, age and bio, which threads do not show. Without them a thread is still a thread."""
    if not view.posts:
        return view
    try:
        known = await appview.profiles(settings, (each.author.native_id for each in view.posts))
    except ConnectorError:
        return view
    posts = (replace(each, author=_fuller(each.author, known)) for each in view.posts)
    return replace(view, posts=tuple(posts))


async def _with_age(settings: BlueskySettings, view: ThreadView, did: str) -> ThreadView:
    """How old the writer's account is, also when their profile is empty: new accounts made to annoy are."""
    here = next((each.author for each in view.posts if each.author.native_id == did), None)
    if here is None or here.created_at is not None:
        return view
    try:
        aged = replace(here, created_at=await origin.began_at(settings, did))
    except ConnectorError:
        return view
    posts = (replace(each, author=aged) if each.author == here else each for each in view.posts)
    return replace(view, posts=tuple(posts))


def _fuller(author: Author, known: dict[str, Author]) -> Author:
    found = known.get(author.native_id, author)
    return found if found.handle else replace(found, handle=author.handle)
