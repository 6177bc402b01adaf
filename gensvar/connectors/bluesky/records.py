"""A record of app.bsky.feed.post, as anyone may have written it, made into a `Post`, or refused.

Every field may be missing, of another type, or made to hurt: what cannot be read is left out, and a
record without text is no post. The lexicon is at https://docs.bsky.app (app.bsky.feed.post).
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import libipld
import msgspec
from atproto_client.utils import detect_mentions  # type: ignore[import-untyped]

from gensvar.connectors.bluesky import car
from gensvar.connectors.bluesky.names import WEB, PostName, is_did, read_post_name, repost_name
from gensvar.connectors.contract import Author, Post, Reposted
from gensvar.kernel.text import storable

LARGEST = 100_000
"""Bytes of a record. The lexicon allows 3,000 bytes of text, so no app shows what is larger."""
CBOR = "application/vnd.ipld.dag-cbor"
JSON = "application/json"

LONGEST_CID = 128
_MOST = 50
"""Links or mentions of one post that are read."""
_LONGEST_LINK = 2048
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(-[A-Za-z0-9]{1,8})*")


class Unreadable(ValueError):
    """What came is no post; the message says why, for the log."""


def to_post(
    name: PostName, cid: str, record: Any, *, raw: bytes, raw_type: str, author: Author | None = None
) -> Post:
    """The post that `record` says; raises Unreadable."""
    if len(raw) > LARGEST:
        raise Unreadable("record too large")
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise Unreadable("record without text")
    text = storable(record["text"])
    facets = list(_features(record))
    root, root_cid = _strong(_dict(record, "reply"), "root")
    parent, parent_cid = _strong(_dict(record, "reply"), "parent")
    return Post(
        native_id=str(name),
        revision=cid,
        author=author or stranger(name.did),
        text=text,
        posted_at=instant(record.get("createdAt")),
        url=name.url,
        language=_language(record.get("langs")),
        root_id=root,
        root_revision=root_cid,
        parent_id=parent,
        parent_revision=parent_cid,
        quotes_id=_quoted(_dict(record, "embed")),
        addressed=_addressed(text, facets),
        links=_links(facets, _dict(record, "embed")),
        raw=raw,
        raw_type=raw_type,
    )


def from_json(name: PostName, cid: Any, raw: msgspec.Raw | bytes, author: Author | None = None) -> Post:
    """The post in a record that came as JSON; raises Unreadable."""
    data = bytes(raw)
    record = decode_json(cid, data)
    return to_post(name, cid, record, raw=data, raw_type=JSON, author=author)


def from_cbor(name: PostName, cid: bytes, block: bytes) -> Post:
    """The post in a block of a repository; raises Unreadable, also when its name is not its hash."""
    record = decode_cbor(cid, block)
    return to_post(name, libipld.encode_cid(cid), record, raw=block, raw_type=CBOR)


def decode_json(cid: Any, data: bytes) -> Any:
    """The record in JSON that has a revision and a bearable size; raises Unreadable."""
    if not isinstance(cid, str) or not 0 < len(cid) <= LONGEST_CID:
        raise Unreadable("record without its revision")
    if len(data) > LARGEST:
        raise Unreadable("record too large")
    try:
        return msgspec.json.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        raise Unreadable("record that cannot be read") from None


def decode_cbor(cid: bytes, block: bytes) -> Any:
    """The record in a block that is what its name says; raises Unreadable."""
    if len(block) > LARGEST:
        raise Unreadable("record too large")
    if not car.is_named(cid, block):
        raise Unreadable("block that is not what its name says")
    try:
        return libipld.decode_dag_cbor(block)
    except (ValueError, RecursionError):
        raise Unreadable("record that cannot be read") from None


def to_repost(did: Any, key: Any, cid: str, record: Any, *, raw: bytes, raw_type: str) -> Reposted:
    """The passing on that `record` says; raises Unreadable. Lexicon: app.bsky.feed.repost."""
    name = repost_name(did, key)
    of, _ = _strong(record if isinstance(record, dict) else {}, "subject")
    if name is None or not of:
        raise Unreadable("repost of nothing that is a post")
    return Reposted(
        native_id=name,
        of_id=of,
        author=stranger(did),
        at=instant(record.get("createdAt")),
        revision=cid,
        raw=raw,
        raw_type=raw_type,
    )


def stranger(did: str) -> Author:
    """An author of whom only the DID is known, as the stream tells it."""
    return Author(native_id=did, url=f"{WEB}/{did}")


def instant(text: Any) -> datetime | None:
    """An ISO instant in UTC, or None. One without a zone is taken as UTC."""
    if not isinstance(text, str) or len(text) > 64:
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _dict(of: dict[str, Any], key: str) -> dict[str, Any]:
    found = of.get(key)
    return found if isinstance(found, dict) else {}


def _strong(of: dict[str, Any], key: str) -> tuple[str, str]:
    """A reference as name and revision, "" where there is none."""
    found = _dict(of, key)
    name, cid = read_post_name(found.get("uri")), found.get("cid")
    if name is None:
        return "", ""
    return str(name), cid if isinstance(cid, str) and len(cid) <= LONGEST_CID else ""


def _language(langs: Any) -> str:
    """The first language, without its region."""
    first = langs[0] if isinstance(langs, list) and langs else ""
    found = _LANGUAGE.fullmatch(first) if isinstance(first, str) and len(first) <= 35 else None
    return found[1].lower() if found else ""


def _features(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    facets = record.get("facets")
    for facet in facets[:_MOST] if isinstance(facets, list) else []:
        features = facet.get("features") if isinstance(facet, dict) else None
        for feature in features[:_MOST] if isinstance(features, list) else []:
            if isinstance(feature, dict):
                yield feature


def _addressed(text: str, facets: list[dict[str, Any]]) -> frozenset[str]:
    """DIDs of the mention facets, and handles that stand in the text with an @."""
    dids = {each["did"] for each in facets if is_did(each.get("did"))}
    handles = {each.handle.lower() for each in detect_mentions(text)[:_MOST]} if "@" in text else set()
    return frozenset(dids | handles)


def _links(facets: list[dict[str, Any]], embed: dict[str, Any]) -> tuple[str, ...]:
    cards = (_dict(embed, "external"), _dict(_dict(embed, "media"), "external"))
    found = [each.get("uri") for each in (*facets, *cards)]
    return tuple(dict.fromkeys(link for each in found if (link := _link(each))))[:_MOST]


def _link(text: Any) -> str:
    is_link = (
        isinstance(text, str) and len(text) <= _LONGEST_LINK and text.startswith(("https://", "http://"))
    )
    return storable(text) if is_link else ""


def _quoted(embed: dict[str, Any]) -> str:
    """What the post quotes: an embedded record, alone or beside pictures."""
    record = _dict(embed, "record")
    name = read_post_name(record.get("uri")) or read_post_name(_dict(record, "record").get("uri"))
    return str(name) if name else ""
