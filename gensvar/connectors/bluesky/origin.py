"""A post where it was written: for what the AppView has not shown yet, and for revisions that we need.

The account's own server is asked first (it passes on what is not its own); then the author's server, which
their DID document names (https://atproto.com/specs/did).
"""

from datetime import datetime
from typing import Any

import msgspec

from gensvar.connectors.bluesky import xrpc
from gensvar.connectors.bluesky.names import POSTS, PostName, is_did
from gensvar.connectors.bluesky.records import Unreadable, from_json, instant, stranger
from gensvar.connectors.bluesky.session import as_us, data_server
from gensvar.connectors.bluesky.settings import BlueskySettings, web_address
from gensvar.connectors.bluesky.xrpc import Place, Said
from gensvar.connectors.contract import Author, ConnectorError, Post, TryLater, Unsure, egress

_LARGEST_DOCUMENT = 100_000


class Record(msgspec.Struct):
    """The answer of getRecord."""

    cid: Any = ""
    value: msgspec.Raw = msgspec.Raw(b"null")


class Resolved(msgspec.Struct):
    """The answer of resolveHandle."""

    did: Any = ""


async def post(settings: BlueskySettings, name: PostName) -> Post | None:
    """The post as its server has it now; None when it is not there (any more). Raises TryLater."""
    asked: dict[str, Any] = {"repo": name.did, "collection": POSTS, "rkey": name.key}
    try:
        answer = await as_us(settings, lambda place: xrpc.get(place, "com.atproto.repo.getRecord", **asked))
    except Said:
        server = data_server(await document(settings, name.did))
        if not server:
            return None
        try:
            answer = await xrpc.get(Place(server), "com.atproto.repo.getRecord", **asked)
        except Said:
            return None
    record = xrpc.decode(Record, answer)
    try:
        return from_json(name, record.cid, record.value)
    except Unreadable:
        return None


async def author(settings: BlueskySettings, did: str) -> Author:
    """The author with the handle that their DID document claims, if that handle leads back to them."""
    known = stranger(did)
    try:
        claimed = _claimed_handle(await document(settings, did))
        if claimed and await did_of(settings, claimed) == did:
            return Author(native_id=did, handle=claimed, url=known.url)
    except ConnectorError:
        pass
    return known


async def did_of(settings: BlueskySettings, handle: str) -> str:
    """Whose handle it is; "" when it is nobody's. Raises TryLater."""
    try:
        answer = await as_us(
            settings, lambda place: xrpc.get(place, "com.atproto.identity.resolveHandle", handle=handle)
        )
    except Said:
        return ""
    found = xrpc.decode(Resolved, answer).did
    return found if is_did(found) else ""


async def document(settings: BlueskySettings, did: str) -> Any:
    """The DID document, or None when nobody has one. Raises TryLater."""
    kind, _, rest = did.removeprefix("did:").partition(":")
    if kind == "plc":
        url = f"{web_address(settings.directory)}/{did}"
    elif kind == "web" and "/" not in rest and ":" not in rest and "%" not in rest:
        url = f"https://{rest}/.well-known/did.json"
    else:
        return None
    return await _fetched(url)


async def began_at(settings: BlueskySettings, did: str) -> datetime | None:
    """When the account was made, by the directory: an empty profile does not say."""
    if not did.startswith("did:plc:"):
        return None
    log = await _fetched(f"{web_address(settings.directory)}/{did}/log/audit")
    first = log[0] if isinstance(log, list) and log else None
    return instant(first.get("createdAt")) if isinstance(first, dict) else None


async def _fetched(url: str) -> Any:
    async with egress.client(timeout=xrpc.SECONDS, largest=_LARGEST_DOCUMENT) as client:
        try:
            answer = await xrpc.sent(client, "GET", url)
        except Unsure as error:
            raise TryLater(error.why) from error
    if answer.status_code >= 500:
        raise TryLater("The directory of Bluesky's accounts has trouble at the moment.")
    try:
        return msgspec.json.decode(answer.content) if answer.is_success else None
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return None


def _claimed_handle(document: Any) -> str:
    names = document.get("alsoKnownAs") if isinstance(document, dict) else None
    for each in names if isinstance(names, list) else []:
        if isinstance(each, str) and each.startswith("at://") and len(each) <= 258:
            return each.removeprefix("at://").lower()
    return ""
