"""Rows for posts: one place that turns what a connector says into columns, cleaned and bounded."""

import hashlib
from datetime import datetime
from typing import Any

from gensvar.connectors.contract import Post
from gensvar.kernel.text import one_line, storable
from gensvar.process.listen import rules
from gensvar.process.listen.filter import fold, language
from gensvar.process.listen.models import Channel, Mention, Revision

LARGEST_RAW = 1_000_000
"""Bytes of a raw record that are kept; no network that we know sends more for one post."""


def mention(post: Post, channel: Channel, *, at: datetime) -> Mention:
    """An unsaved mention for a post heard at `at`."""
    return Mention(
        workspace_id=channel.workspace_id,
        channel=channel,
        network=channel.connector,
        native_id=post.native_id,
        heard_at=at,
        posted_at=believable(post.posted_at, at),
        **wording(post),
        **author(post),
        root_id=post.root_id[:500],
        root_revision=post.root_revision[:200],
        parent_id=post.parent_id[:500],
    )


def believable(posted_at: datetime | None, at: datetime) -> datetime:
    """What the author's device claims, but never later than we heard it."""
    return min(posted_at, at) if posted_at else at


def wording(post: Post) -> dict[str, Any]:
    """The columns that an edit changes."""
    title, text = one_line(storable(post.title), 500), storable(post.text)
    return {
        "revision": post.revision[:200],
        "title": title,
        "text": text,
        "searched": fold(f"{title}\n{text}"),
        "likeness": likeness(title, text),
        "language": language(post.language),
        "url": _address(post.url),
    }


def likeness(title: str, text: str) -> str:
    """The same for the same words, "" for a post without any."""
    words = " ".join(rules.words(f"{title} {text}"))
    return hashlib.sha256(words.encode()).hexdigest()[:32] if words else ""


def author(post: Post) -> dict[str, Any]:
    """The columns that say who wrote it; only those that the network filled."""
    who = post.author
    followers = who.followers if who.followers is not None and 0 <= who.followers < 2**31 else None
    known = {
        "author_handle": storable(who.handle)[:300],
        "author_name": one_line(storable(who.name), 200),
        "author_url": _address(who.url),
        "author_followers": followers,
        "author_since": who.created_at,
        "author_bio": storable(who.bio, 2000),
    }
    return {"author_id": who.native_id[:500], **{name: value for name, value in known.items() if value}}


def revision(post: Post, of: Mention, *, at: datetime) -> Revision:
    """The record byte for byte as received, with the SHA-256 of what is kept, so that it can be checked."""
    raw = post.raw[:LARGEST_RAW]
    return Revision(
        mention=of,
        revision=post.revision[:200],
        text=storable(post.text),
        raw=raw,
        raw_type=post.raw_type[:100],
        sha256=hashlib.sha256(raw).hexdigest(),
        received_at=at,
    )


def _address(url: str) -> str:
    return url[:2000] if url.startswith(("https://", "http://")) else ""
