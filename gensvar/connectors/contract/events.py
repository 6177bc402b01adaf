"""What a network tells us: posts, and what happens to them afterwards.

All text is as received (hostile); all instants are aware datetimes in UTC as *claimed* by the network.
"""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote it, as far as the network says. Only `native_id` is sure to be there."""

    native_id: str
    handle: str = ""
    name: str = ""
    url: str = ""
    followers: int | None = None
    created_at: datetime | None = None
    bio: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One post in one revision.

    `native_id` names it on its network for ever; `revision` names this wording of it (Bluesky: the CID).
    `root_id` and `parent_id` are native ids ("" for a post that starts a thread), with their
    revisions where the network gives them. `addressed` holds handles and ids that it speaks to,
    `links` the addresses in it. `raw` is the record byte for byte as received.
    """

    native_id: str
    revision: str
    author: Author
    text: str
    posted_at: datetime | None
    url: str = ""
    language: str = ""
    title: str = ""
    root_id: str = ""
    root_revision: str = ""
    parent_id: str = ""
    parent_revision: str = ""
    quotes_id: str = ""
    addressed: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    raw: bytes = field(default=b"", repr=False)
    raw_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Created:
    """A post was made. `chosen` = the source itself asserts that it is about us (a notification, an alert feed).

    `keyword`: the word for which the source chose it, where it says so (a Google Alert).
    """

    post: Post
    chosen: bool = False
    keyword: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """A post has a new wording. `at`: when the network took it, so that an old one that comes late stays old."""

    post: Post
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reposted:
    """Somebody passed a post on as it is. `native_id` names this passing on, `of_id` the post.

    Only reposts of posts that we hold are kept. Taking one back is `Deleted` with its `native_id`.
    """

    native_id: str
    of_id: str
    author: Author
    at: datetime | None
    revision: str = ""
    url: str = ""
    raw: bytes = field(default=b"", repr=False)
    raw_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Deleted:
    """The author (or the network) took the post away, or took a repost back."""

    native_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Hidden:
    """The post is still there but the network or the page's owner hides it."""

    native_id: str
    at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class AccountGone:
    """The whole account is away: deleted, suspended or deactivated."""

    author_id: str
    at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """The source cannot give what lies between two instants (outdated cursor, too slow, away too long)."""

    since: datetime | None
    until: datetime
    why: str


Event = Created | Edited | Reposted | Deleted | Hidden | AccountGone | Gap


@dataclass(frozen=True, slots=True)
class Batch:
    """Events in the network's order, and the cursor that stands after the last of them.

    The listener stores events and cursor in one transaction, so a cursor is never ahead of what is kept.
    `backfill` marks events fetched afterwards to fill a gap: they say nothing of the stream and move no cursor.
    `dropped`: how many things came since the last batch that could not be read.
    """

    events: tuple[Event, ...]
    cursor: str
    backfill: bool = False
    dropped: int = 0
