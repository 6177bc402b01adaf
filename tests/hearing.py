"""How tests hear: a channel, posts in a few words, and the listener's own door to take them in."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest

from gensvar.connectors import registry
from gensvar.connectors.contract import Author, Batch, Created, Edited, Event, Post
from gensvar.kernel import environment
from gensvar.people.models import Workspace
from gensvar.process.case.models import Case
from gensvar.process.listen.models import Channel, Mention, Source
from gensvar.process.listen.take_in import take_in

US = "did:plc:nordpost"
EVA = Author("did:plc:eva", "eva.example", "Eva Lind")


@contextmanager
def offered(*paths: str) -> Iterator[None]:
    """A desk that has these connectors too, here and in every process that is started from here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(environment.CONNECTORS.name, ",".join(paths))
        registry.load.cache_clear()
        yield
    registry.load.cache_clear()


def channel(workspace: Workspace, at: datetime, connector: str = "bluesky", **more: Any) -> Channel:
    """An account of the company, connected without asking any network."""
    values = {"native_id": US, "handle": "nordpost.example", "name": "Nordpost", **more}
    return Channel.objects.create(workspace=workspace, connector=connector, connected_at=at, **values)


def post(name: str, text: str, at: datetime, *, author: Author = EVA, **more: Any) -> Post:
    """A post that `author` wrote at `at`; its raw record is JSON, like a network's."""
    raw = json.dumps({"name": name, "text": text}).encode()
    values = {"revision": f"{name}-1", "language": "sv", "raw": raw, **more}
    return Post(native_id=name, author=author, text=text, posted_at=at, **values)


def answer(name: str, text: str, at: datetime, to: Post, **more: Any) -> Post:
    """A post in the thread of `to`."""
    return post(name, text, at, root_id=to.root_id or to.native_id, parent_id=to.native_id, **more)


def hear(channel: Channel, *events: Event | Post, at: datetime) -> None:
    """Take these events in as one batch; a bare post is one that the network tells us is about us."""
    source, _ = Source.objects.get_or_create(name=f"{channel.connector}:test", connector=channel.connector)
    told = tuple(Created(each, chosen=True) if isinstance(each, Post) else each for each in events)
    take_in(source, [channel], Batch(told, cursor=str(at.timestamp())), lambda post: {}, at=at)


def mention(name: str) -> Mention:
    """What is kept of the post of this name."""
    return Mention.objects.get(native_id=name)


def case(channel: Channel, text: str, at: datetime, name: str = "post-1", **more: Any) -> Case:
    """A case that a post opened."""
    hear(channel, post(name, text, at, **more), at=at)
    found = mention(name).case
    assert found is not None
    return found


def edited(name: str, text: str, at: datetime) -> Event:
    """The same post in other words."""
    return Edited(post(name, text, at, revision=f"{name}-2"))
