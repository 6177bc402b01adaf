"""Names on the network: accounts (DIDs), posts (at://…) and the keys of our own records (TIDs)."""

import itertools
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

POSTS = "app.bsky.feed.post"
REPOSTS = "app.bsky.feed.repost"
WEB = "https://bsky.app/profile"
LONGEST = 512
"""Characters of a post's name; real ones have about 70."""

_DID = re.compile(r"did:[a-z]{1,32}:[A-Za-z0-9._:%-]{1,300}")
_KEY = re.compile(r"[A-Za-z0-9._:~-]{1,128}")
_TID_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_clock_ids = itertools.count(secrets.randbelow(1024))


@dataclass(frozen=True, slots=True)
class PostName:
    """A post's two names: whose it is, and which of theirs."""

    did: str
    key: str

    def __str__(self) -> str:
        return f"at://{self.did}/{POSTS}/{self.key}"

    @property
    def url(self) -> str:
        """Where people read it. By DID, so that it stays the same when a handle changes."""
        return f"{WEB}/{self.did}/post/{self.key}"


def is_did(text: Any) -> bool:
    """Is `text` shaped like an account's lasting name?"""
    return isinstance(text, str) and _DID.fullmatch(text) is not None


def post_name(did: Any, key: Any) -> PostName | None:
    """The name made of two parts, or None when they cannot be one."""
    if not is_did(did) or not isinstance(key, str) or not _KEY.fullmatch(key) or key in (".", ".."):
        return None
    return PostName(did, key)


def repost_name(did: Any, key: Any) -> str | None:
    """The name of somebody's passing on of a post."""
    name = post_name(did, key)
    return f"at://{name.did}/{REPOSTS}/{name.key}" if name else None


def read_post_name(uri: Any) -> PostName | None:
    """The name in `at://did/app.bsky.feed.post/key`; None for anything else."""
    if not isinstance(uri, str) or len(uri) > LONGEST or not uri.startswith("at://"):
        return None
    parts = uri[5:].split("/")
    if len(parts) != 3 or parts[1] != POSTS:
        return None
    return post_name(parts[0], parts[2])


def tid(at: datetime) -> str:
    """A record key that sorts by `at` (https://atproto.com/specs/tid).

    The last ten bits say which clock made it: counted up here, so that one process never makes a key twice.
    """
    micros = (at - _EPOCH) // timedelta(microseconds=1)
    number = (micros << 10) | (next(_clock_ids) % 1024)
    return "".join(_TID_LETTERS[(number >> shift) & 31] for shift in range(60, -1, -5))


def tid_at(key: str) -> datetime | None:
    """The instant that a record key claims; None for a key that is no TID."""
    if len(key) != 13 or key[0] not in _TID_LETTERS[:16] or not set(key) <= set(_TID_LETTERS):
        return None
    number = 0
    for letter in key:
        number = (number << 5) | _TID_LETTERS.index(letter)
    return _EPOCH + timedelta(microseconds=number >> 10)
