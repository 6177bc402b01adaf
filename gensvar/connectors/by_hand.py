"""By hand: what a person pastes (a closed group, a letter, anything without an API), answered by hand."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from gensvar.connectors import links
from gensvar.connectors.contract import Author, Connector, HandOff, Identity, Post, Refused, setting
from gensvar.kernel.text import one_line, storable

_LINK = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_TAIL = ".,;:!?)]}»”’…"
"""Marks that end a sentence rather than the address before them."""


@dataclass(frozen=True)
class ByHandSettings:
    """A place that only people can read."""

    name: str = setting("Name of the place", help="for example: the residents' group, or letters")


async def connect(settings: ByHandSettings) -> Identity:
    """Who we are there: the name of the place is all that there is."""
    name = one_line(storable(settings.name), 120)
    if not name:
        raise Refused("Give the place a name.")
    return Identity(native_id=" ".join(name.casefold().split()), handle=name, name=name)


def paste(text_or_link: str, *, author: str, at: datetime, by: str = "") -> Post:
    """The post that a person pasted: a text, a link, or a text with its link.

    author: who wrote it, as the person who pastes it says; by: that person. A text that begins or ends with a
    web address has it as its own address. Named by that address, or by a hash of author and words where there
    is none, so that pasting it twice is one post. Raises Refused when there is nothing in it.
    """
    pasted = text_or_link.strip()
    if not pasted:
        raise Refused("Paste the text or the link first.")
    inside = _links(pasted)
    url = _own_address(pasted, inside)
    words = _without(pasted, url) or pasted
    name = storable(author, 200).strip()
    return Post(
        native_id=links.page(url) if url else f"text:{_digest(' '.join([name, *words.split()]))}",
        revision=_digest(words)[:16],
        author=Author(native_id=" ".join(name.casefold().split()) or "unknown", handle=name, name=name),
        text=storable(words),
        posted_at=None,
        url=url,
        links=tuple(inside.values()),
        raw=_raw(text_or_link, author, by, at),
    )


def _links(text: str) -> dict[str, str]:
    """Web addresses in `text` as they stand there, and where they really lead."""
    found = [each.rstrip(_TAIL) for each in _LINK.findall(text)[:50]]
    return {each: links.real(each) for each in found if links.real(each)}


def _own_address(text: str, inside: dict[str, str]) -> str:
    for spelled, link in inside.items():
        if text.startswith(spelled) or text.endswith(spelled):
            return link
    return ""


def _without(text: str, url: str) -> str:
    """The words that stand beside the post's own address."""
    if not url:
        return text
    first, last = text.split(None, 1), text.rsplit(None, 1)
    if links.real(first[0]) == url:
        return first[1].strip() if len(first) > 1 else ""
    return last[0].strip() if links.real(last[-1]) == url else text


def _raw(pasted: str, author: str, by: str, at: datetime) -> bytes:
    record = {"pasted": pasted, "author": author, "by": by, "at": at.astimezone(UTC).isoformat()}
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


CONNECTOR = Connector(
    key="by_hand",
    name="By hand",
    about="A closed group, a letter, anything that people read and no program can.",
    settings=ByHandSettings,
    connect=connect,
    reply=HandOff("Copy the text, post it yourself, and paste the link here."),
)
