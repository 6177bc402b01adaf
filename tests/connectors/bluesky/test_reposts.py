"""Reposts as both streams tell them: who passed which post on, and that it was taken back."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import libipld
import pytest

from gensvar.connectors.bluesky.dropped import counted
from gensvar.connectors.bluesky.firehose import Position
from gensvar.connectors.bluesky.firehose import Reader as Firehose
from gensvar.connectors.bluesky.jetstream import Reader as Jetstream
from gensvar.connectors.contract import Deleted, Event, Reposted
from tests.connectors.bluesky.frames import DID, URI, car_of, cid_of, commit
from tests.connectors.bluesky.test_jetstream import message

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
KEY = "3n2ud4fhows2r"
NAME = f"at://{DID}/app.bsky.feed.repost/{KEY}"
RECORD = {"subject": {"uri": URI, "cid": "bafypost"}, "createdAt": "2026-11-21T10:00:00Z"}


def by_firehose(record: Any, action: str = "create") -> tuple[Event, ...]:
    block = libipld.encode_dag_cbor(record)
    cid = None if action == "delete" else cid_of(block)
    operation = {"action": action, "path": f"app.bsky.feed.repost/{KEY}", "cid": cid}
    return Firehose(Position(1, AT)).read(commit(ops=[operation], blocks=car_of(block))).events


def by_jetstream(record: Any, action: str = "create") -> tuple[Event, ...]:
    told = message(collection="app.bsky.feed.repost", rkey=KEY, operation=action, record=record)
    return Jetstream(AT).read(told).events


both = pytest.mark.parametrize("told", [by_firehose, by_jetstream])


@both
def test_a_repost_names_the_post_and_who_passed_it_on(told: Any) -> None:
    (event,) = told(RECORD)
    assert isinstance(event, Reposted)
    assert (event.native_id, event.of_id, event.author.native_id, event.at) == (NAME, URI, DID, AT)


@both
def test_a_repost_that_is_taken_back_is_a_deletion_of_the_repost(told: Any) -> None:
    assert told(RECORD, "delete") == (Deleted(NAME, AT + timedelta(seconds=1)),)


@both
@pytest.mark.parametrize(
    "record",
    [
        {},
        {"subject": None},
        {"subject": {"uri": "at://did:plc:x/app.bsky.feed.like/1", "cid": "x"}},
        {"subject": {"uri": 7}},
        ["subject"],
    ],
)
def test_a_repost_of_nothing_is_dropped_and_counted(told: Any, record: Any) -> None:
    before = counted.total()
    assert told(record) == ()
    assert counted.total() == before + 1


def test_its_record_is_kept_as_it_came() -> None:
    (event,) = by_jetstream(RECORD)
    assert isinstance(event, Reposted)
    assert json.loads(event.raw) == RECORD
    (event,) = by_firehose(RECORD)
    assert isinstance(event, Reposted)
    assert libipld.decode_dag_cbor(event.raw) == RECORD
