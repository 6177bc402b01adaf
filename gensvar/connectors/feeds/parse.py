"""Bytes of a feed into its title and its entries as posts; opens nothing.

feedparser reads RSS 0.9x-2.0 and Atom, the well-formed and the broken. It is handed a stream, never an
address or a string, since it would open those. External entities are off in it, and only entities whose value
is plain letters survive its doctype filter.
"""

import calendar
import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser

from gensvar.connectors import links
from gensvar.connectors.contract import Author, Post
from gensvar.connectors.feeds import plain_text
from gensvar.kernel.text import storable

MOST = 500
"""Entries of one answer that are read; the newest stand first in practice."""
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_REFERENCE = re.compile(rb"&#(x[0-9a-f]{1,20}|[0-9]{1,20});", re.IGNORECASE)
_YEARS = range(1990, 2100)
"""Years that a date may claim; beyond them it is a slip or a trick."""
_ALERT = re.compile(r"Google[ -]\w+\s*[-–—:]\s*(?P<keyword>\S.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the post, the name the feed gives it, and what makes it the same story as another."""

    post: Post
    guid: str
    story: str

    def named(self, native_id: str) -> Post:
        """The post under the name by which its story is known already."""
        return replace(self.post, native_id=native_id)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as parsed. `keyword` is set for an alert feed; `ttl` in minutes, 0 when not said."""

    title: str
    site: str
    keyword: str
    ttl: int
    entries: tuple[Entry, ...]


def parse(body: bytes, address: str) -> Feed | None:
    """The feed in `body`, entries in its order (newest first, as a rule), or None when it is not a feed."""
    parsed = _parsed(body, address)
    if not parsed.get("version"):
        return None
    about: Mapping[str, Any] = parsed.feed
    title = plain_text.read(_text(about, "title"))[0]
    keyword = _keyword(title, address, _text(about, "id"))
    found = parsed.entries[:MOST]
    raws = _raw_entries(body, len(parsed.entries))
    language = _text(about, "language")
    entries = tuple(
        _entry(each, raws[place] if raws else b"", address, language, is_alert=bool(keyword))
        for place, each in enumerate(found)
    )
    told = entries if keyword else _told_apart(entries)
    return Feed(storable(title, 300), links.openable(_text(about, "link")), keyword, _ttl(about), told)


def _told_apart(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Some feeds link every entry to one page; there the feed's own name for the entry tells them apart."""
    stories: dict[str, set[str]] = {}
    for each in entries:
        stories.setdefault(each.post.native_id, set()).add(each.story)
    return tuple(
        replace(each, post=each.named(f"{each.post.native_id}~{each.guid}"))
        if len(stories[each.post.native_id]) > 1
        else each
        for each in entries
    )


def _parsed(body: bytes, address: str) -> Any:
    headers = {"content-location": address, "content-type": "application/xml"}
    if b"encoding=" not in body[:200]:
        headers["content-type"] = "application/xml; charset=utf-8"
    try:
        return feedparser.parse(
            io.BytesIO(_legal(body)),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception:  # a parser may stumble over hostile bytes in any way; then this is not a feed
        return feedparser.FeedParserDict(version="")


def _legal(body: bytes) -> bytes:
    """`body` without what XML forbids and feedparser stumbles over: controls, half characters."""
    if b"\x00" in body[:4]:  # UTF-16 or UTF-32: its zeros are letters
        return body
    return _REFERENCE.sub(_legal_reference, _CONTROLS.sub(b"", body))


def _legal_reference(reference: re.Match[bytes]) -> bytes:
    said = reference[1].lower()
    point = int(said[1:], 16) if said.startswith(b"x") else int(said)
    is_control = point < 32 and point not in (9, 10, 13)
    is_forbidden = is_control or 0xD800 <= point <= 0xDFFF or point > 0x10FFFF
    return b"&#xFFFD;" if is_forbidden else reference[0]


def _keyword(title: str, address: str, feed_id: str) -> str:
    """The alert's keyword, when this is an alert feed: by its title, or by where Google puts such feeds."""
    said = _ALERT.fullmatch(title.strip())
    if said:
        return storable(said["keyword"].strip(), 200)
    host = urlsplit(address).hostname or ""
    is_alert = "state/com.google/alerts" in feed_id or (
        host.startswith("www.google.") and urlsplit(address).path.startswith("/alerts/feeds/")
    )
    return storable(title.strip() or "alert", 200) if is_alert else ""


def _ttl(about: Mapping[str, Any]) -> int:
    said = _text(about, "ttl").strip()
    return min(int(said), 7 * 24 * 60) if said.isascii() and said.isdecimal() and len(said) < 8 else 0


def _entry(each: Mapping[str, Any], raw: bytes, address: str, language: str, *, is_alert: bool) -> Entry:
    title, _ = plain_text.read(_text(each, "title"))
    text, inside = plain_text.read(_body(each))
    link = links.real(_text(each, "link"))
    guid = _text(each, "id") or link
    story = f"{links.site(link or address)}\n{' '.join(title.casefold().split())}"
    if not is_alert:  # a forum gives every answer the same title; an alert gives one story many addresses
        story += f"\n{text}"
    post = Post(
        native_id=_native_id(link, guid, title + text, address),
        revision=_digest(f"{title}\n{text}"),
        author=_author(each, link or address),
        text=storable(text or title),
        title=storable(title, 500),
        posted_at=_instant(each),
        url=link,
        language=_language(each, language),
        links=tuple(dict.fromkeys((link, *inside) if link else inside)),
        raw=raw or json.dumps(each, default=str, ensure_ascii=False).encode("utf-8", "replace"),
        raw_type="application/xml" if raw else "application/json",
    )
    return Entry(post, _digest(guid or post.native_id), _digest(story) if title else "")


def _body(each: Mapping[str, Any]) -> str:
    """The fullest wording that the entry gives: its content, else its summary."""
    contents = [_text(part, "value") for part in each.get("content") or []]
    return max([*contents, _text(each, "summary")], key=len)


def _native_id(link: str, guid: str, words: str, address: str) -> str:
    if link:
        return links.page(link)
    return f"{links.site(address)}#{_digest(guid or words, 32)}"


def _author(each: Mapping[str, Any], link: str) -> Author:
    """Who the entry names; a site that names nobody speaks for itself."""
    where = links.site(link)
    name = storable(plain_text.read(_text(each, "author"))[0], 200).strip()
    parts = urlsplit(link)
    home = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/"
    return Author(
        native_id=f"{where}/{_digest(name.casefold())}" if name else where,
        handle=where,
        name=name or where,
        url=links.openable(home),
    )


def _language(each: Mapping[str, Any], of_feed: str) -> str:
    detail = each.get("title_detail") or {}
    said = str(detail.get("language") or of_feed or "").split("-")[0].split("_")[0].lower()
    return said if said.isascii() and said.isalpha() and len(said) in (2, 3) else ""


def _instant(each: Mapping[str, Any]) -> datetime | None:
    parts = each.get("published_parsed") or each.get("updated_parsed")
    try:
        at = datetime.fromtimestamp(calendar.timegm(parts), UTC) if parts else None
        return at if at and at.year in _YEARS else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _digest(text: str, length: int = 16) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:length]


def _raw_entries(body: bytes, expected: int) -> list[bytes]:
    """Each entry byte for byte as it stands in `body`; empty when the cuts do not agree with the parser."""
    for name in (b"item", b"entry"):
        cuts = _cuts(body, name)
        if expected and len(cuts) == expected:
            return cuts
    return []


def _cuts(body: bytes, name: bytes) -> list[bytes]:
    found, place = [], 0
    begins = re.compile(b"<" + name + rb"[\s>]")
    end = b"</" + name + b">"
    while (begin := begins.search(body, place)) is not None:
        stop = body.find(end, begin.end())
        if stop < 0:
            break
        place = stop + len(end)
        found.append(body[begin.start() : place])
    return found
