"""What a network can do, as values. A capability that is not offered is `None`, and the desk shows no button."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from gensvar.connectors.contract.account import Account, Identity
from gensvar.connectors.contract.backfill import Backfill
from gensvar.connectors.contract.events import Batch, Post


class Hears(Enum):
    """What a way of finding brings."""

    EVERYTHING = "everything"
    """Every post of the network: the watches choose."""
    CHOSEN = "chosen"
    """Only what is about us already: notifications, alert feeds."""


@dataclass(frozen=True, slots=True)
class Find:
    """One way to hear of posts.

    source: names the stream; accounts that give the same name share one connection and one cursor.
    open: `open(account, cursor)` yields batches until cancelled; `cursor` is what was stored last, or None
        at the very first start (then it begins at the present). A broken connection raises `TryLater`; the
        listener reconnects with the stored cursor. A cursor that the network no longer honours yields a
        `Gap` first, then the present. Where nothing happens for long, empty batches are signs of life.
    backfill: how a gap can be filled afterwards; None where the network does not offer what was said earlier.
    quiet: how long it may well give no batch at all while nothing is wrong.
    """

    key: str
    hears: Hears
    source: Callable[[Account], str]
    open: Callable[[Account, str | None], AsyncIterator[Batch]]
    backfill: Backfill | None = None
    quiet: timedelta = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread as it stands in public: ancestors first, then the post, then answers, oldest first."""

    posts: tuple[Post, ...]
    missing: tuple[str, ...] = ()
    """Native ids that the thread refers to and the network no longer shows."""


@dataclass(frozen=True, slots=True)
class Thread:
    """Loading what stands around a post. `load(account, native_id)`; raises TryLater, Refused."""

    load: Callable[[Account, str], Awaitable[ThreadView]]


class Once(Enum):
    """How the network helps us never to say a thing twice."""

    BY_KEY = "by key"
    """The same key overwrites: sending again is safe."""
    FOR_A_WHILE = "for a while"
    """The same key is recognised for up to an hour; after that, look."""
    BY_LOOKING = "by looking"
    """Read the thread and find our words, after a quarantine."""
    NEVER = "never"
    """Only a person can tell."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply as frozen when it was approved. Nothing in it changes between attempts."""

    text: str
    created_at: datetime
    key: str
    language: str
    parent_id: str
    parent_revision: str = ""
    root_id: str = ""
    root_revision: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the network says of a reply that stands."""

    native_id: str
    revision: str
    url: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Answering in the thread.

    send: `send(account, outgoing)`; raises TryLater, Refused, Unsure.
    key: makes the key that is stored at approval, from the instant of approval.
    limit, length: longest text in the network's own measure, and that measure.
    """

    send: Callable[[Account, Outgoing], Awaitable[Sent]]
    key: Callable[[datetime], str]
    once: Once
    limit: int
    length: Callable[[str], int]


@dataclass(frozen=True, slots=True)
class HandOff:
    """A person posts by hand: the desk shows the text to copy and asks for the link."""

    words: str
    limit: int = 5000
    length: Callable[[str], int] = len


@dataclass(frozen=True, slots=True)
class Connector:
    """Everything the house knows about a network.

    connect: `connect(settings)` signs in, returns who we are; raises Refused (wrong password: say so), TryLater.
    offered: False keeps it off the list of networks to connect (the pretend internet).
    account_page: where a person makes the password or token that `settings` asks for.
    """

    key: str
    name: str
    about: str
    settings: type[Any]
    connect: Callable[[Any], Awaitable[Identity]]
    find: tuple[Find, ...] = ()
    thread: Thread | None = None
    reply: Reply | HandOff | None = None
    private: None = None
    account_page: str = ""
    offered: bool = True
