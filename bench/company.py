"""A company to measure with: one workspace, one person, one watch, one channel, and posts about it."""

import bench.ready  # noqa: F401  isort: skip

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from gensvar import start
from gensvar.connectors.contract import Author, Batch, Created, Identity, Post
from gensvar.people.actions import set_up
from gensvar.people.models import Membership
from gensvar.process.listen import actions
from gensvar.process.listen.ears import Ears, prick_up
from gensvar.process.listen.models import Channel, Source

ABOUT_US = (
    "Third time this autumn that Nordpost loses a parcel of mine, number {n}, and nobody answers the phone."
)
NOT_US = (
    "Walked along the harbour this morning, number {n}, and the ice holds a duck but not yet a dog at all."
)


@dataclass(frozen=True)
class Company:
    """What there is to hear with."""

    alice: Membership
    channel: Channel
    source: Source
    ears: Ears


def found(at: datetime) -> Company:
    """Make the company in an empty database."""
    start.prepare()
    alice = set_up(
        name="Alice",
        password="tall-birch-by-the-quay",
        company="Nordpost",
        zone="Europe/Stockholm",
        language="en",
        at=at,
    )
    by = alice.actor()
    actions.add_watch(
        alice.workspace, name="Nordpost", query="Nordpost OR #nordpost OR @nordpost", by=by, at=at
    )
    us = Identity("did:plc:nordpost", "nordpost.example", "Nordpost", "https://nordpost.example")
    settings = {"handle": "nordpost.example", "app_password": "a-b-c"}
    channel = actions.add_channel(alice.workspace, "bluesky", settings, us, by=by, at=at)
    source = Source.objects.create(name="bench", connector="bluesky")
    return Company(alice, channel, source, prick_up())


def batch(first: int, number: int, at: datetime, *, one_in: int = 1) -> Batch:
    """`number` posts, of which one in `one_in` is about us."""
    posts = [
        _post(n, (ABOUT_US if n % one_in == 0 else NOT_US).format(n=n), at)
        for n in range(first, first + number)
    ]
    return Batch(tuple(Created(post) for post in posts), cursor=str(first + number))


def _post(n: int, text: str, at: datetime) -> Post:
    name = f"at://did:plc:{n % 977}/app.bsky.feed.post/{n:013}"
    raw = json.dumps({"uri": name, "record": {"text": text, "langs": ["en"], "createdAt": at.isoformat()}})
    return Post(
        native_id=name,
        revision=f"bafy{n:050}",
        author=Author(
            f"did:plc:{n % 977}", f"person{n % 977}.example", f"Person {n % 977}", followers=n % 5000
        ),
        text=text,
        posted_at=at - timedelta(seconds=n % 1800),
        url=f"https://bsky.example/{n}",
        language="en",
        raw=raw.encode(),
    )
