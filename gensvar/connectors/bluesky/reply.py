"""Our answer as a record under a key that we chose: `putRecord` with the same key twice is one post."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from gensvar.connectors.bluesky import origin, xrpc
from gensvar.connectors.bluesky.names import POSTS, PostName, post_name, read_post_name
from gensvar.connectors.bluesky.session import as_us, who
from gensvar.connectors.bluesky.settings import BlueskySettings
from gensvar.connectors.bluesky.text import LIMIT, facets, length
from gensvar.connectors.contract import Account, Outgoing, Post, Refused, Sent, TryLater

Reference = dict[str, str]


class Put(msgspec.Struct):
    """The answer of putRecord."""

    uri: str
    cid: str


async def send(account: Account, outgoing: Outgoing) -> Sent:
    """The reply as it stands. Raises TryLater, Refused, Unsure; safe to call again with the same."""
    settings, did = account.settings, account.identity.native_id
    name = post_name(did, outgoing.key)
    if name is None:
        raise Refused("The key of this reply is not one that Bluesky takes.")
    if length(outgoing.text) > LIMIT:
        raise Refused(f"The reply is longer than the {LIMIT} characters that Bluesky takes.")
    if (await who(settings)).did != did:
        raise Refused("The app password belongs to another account. Connect the account again.")
    record = await to_record(settings, outgoing)
    body = {"repo": did, "collection": POSTS, "rkey": outgoing.key, "record": record}
    answer = await as_us(settings, lambda place: xrpc.post(place, "com.atproto.repo.putRecord", body))
    return _sent(answer, name)


async def to_record(settings: BlueskySettings, outgoing: Outgoing) -> dict[str, Any]:
    """The record of app.bsky.feed.post; the same for the same `outgoing`, while handles keep their owners."""

    async def resolve(handle: str) -> str:
        return await origin.did_of(settings, handle)

    root, parent = await _references(settings, outgoing)
    record: dict[str, Any] = {
        "$type": POSTS,
        "text": outgoing.text,
        "createdAt": _instant(outgoing.created_at),
        "reply": {"root": root, "parent": parent},
    }
    if outgoing.language:
        record["langs"] = [outgoing.language]
    if marked := await facets(outgoing.text, resolve):
        record["facets"] = marked
    return record


async def _references(settings: BlueskySettings, outgoing: Outgoing) -> tuple[Reference, Reference]:
    """Root and parent with their revisions; what is not known is looked up."""
    parent_id, parent_cid = outgoing.parent_id, outgoing.parent_revision
    root_id, root_cid = outgoing.root_id, outgoing.root_revision
    if not parent_cid or not root_id:
        parent = await _known(settings, parent_id)
        parent_cid = parent_cid or parent.revision
        if not root_id:
            root_id, root_cid = parent.root_id or parent_id, parent.root_revision
    if root_id == parent_id:
        root_cid = root_cid or parent_cid
    root_cid = root_cid or (await _known(settings, root_id)).revision
    return {"uri": root_id, "cid": root_cid}, {"uri": parent_id, "cid": parent_cid}


async def _known(settings: BlueskySettings, native_id: str) -> Post:
    name = read_post_name(native_id)
    post = await origin.post(settings, name) if name else None
    if post is None:
        raise Refused("The post that this answers is no longer there.")
    return post


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _sent(answer: bytes, name: PostName) -> Sent:
    """What the server says of it. It said yes: even if it then mumbles, the reply stands under our name."""
    try:
        put = xrpc.decode(Put, answer)
    except TryLater:
        return Sent(str(name), "", name.url)
    return Sent(str(name), put.cid, name.url)
