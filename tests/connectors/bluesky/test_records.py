"""A record made into a post, however it was written."""

import contextlib
import hashlib
from datetime import UTC, datetime
from typing import Any

import libipld
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.connectors.bluesky import car
from gensvar.connectors.bluesky.names import PostName
from gensvar.connectors.bluesky.records import LARGEST, Unreadable, from_cbor, from_json, instant, to_post
from gensvar.connectors.contract import Post
from gensvar.kernel.text import LONGEST

NAME = PostName("did:plc:maria", "3n2ud4fhows2f")
OTHER = "at://did:plc:jukka/app.bsky.feed.post/3n2ud4fhows2e"


def post(**record: Any) -> Post:
    return to_post(NAME, "bafy1", {"text": "Hej", **record}, raw=b"{}", raw_type="application/json")


def test_a_plain_post() -> None:
    found = post(text="Nordpost igen", createdAt="2026-11-21T10:00:00.123Z", langs=["sv-FI", "fi"])
    assert found.text == "Nordpost igen"
    assert found.posted_at == datetime(2026, 11, 21, 10, 0, 0, 123000, UTC)
    assert found.language == "sv"
    assert found.author.native_id == "did:plc:maria"
    assert found.url == "https://bsky.app/profile/did:plc:maria/post/3n2ud4fhows2f"
    assert (found.root_id, found.parent_id, found.quotes_id) == ("", "", "")


def test_a_reply_names_its_root_and_parent_with_their_revisions() -> None:
    found = post(
        reply={"root": {"uri": OTHER, "cid": "bafyroot"}, "parent": {"uri": OTHER, "cid": "bafyparent"}}
    )
    assert (found.root_id, found.root_revision) == (OTHER, "bafyroot")
    assert (found.parent_id, found.parent_revision) == (OTHER, "bafyparent")


@pytest.mark.parametrize(
    "embed",
    [
        {"$type": "app.bsky.embed.record", "record": {"uri": OTHER, "cid": "x"}},
        {"$type": "app.bsky.embed.recordWithMedia", "record": {"record": {"uri": OTHER, "cid": "x"}}},
    ],
)
def test_a_quote_names_what_it_quotes(embed: dict[str, Any]) -> None:
    assert post(embed=embed).quotes_id == OTHER


def test_links_come_from_marks_and_from_cards() -> None:
    facets = [{"features": [{"uri": "https://a.example"}, {"uri": "javascript:alert(1)"}]}]
    card = {"external": {"uri": "https://b.example", "title": "B"}}
    assert post(facets=facets, embed=card).links == ("https://a.example", "https://b.example")
    assert post(embed={"media": card}).links == ("https://b.example",)


def test_who_is_spoken_to_comes_from_marks_and_from_the_text() -> None:
    facets = [{"features": [{"did": "did:plc:nordpost"}, {"did": "<script>"}]}]
    found = post(text="Hej @Nordpost.bsky.social!", facets=facets)
    assert found.addressed == {"did:plc:nordpost", "nordpost.bsky.social"}


def test_what_no_database_can_hold_is_taken_out_of_the_text() -> None:
    assert "\x00" not in post(text="a\x00b").text
    assert len(post(text="ö" * 300_000).text) == LONGEST


@pytest.mark.parametrize(
    "record", [None, [], 7, "text", {}, {"text": None}, {"text": ["a"]}, {"text": {"a": 1}}]
)
def test_a_record_without_text_is_no_post(record: Any) -> None:
    with pytest.raises(Unreadable):
        to_post(NAME, "bafy1", record, raw=b"{}", raw_type="application/json")


def test_a_record_larger_than_any_app_shows_is_no_post() -> None:
    with pytest.raises(Unreadable, match="too large"):
        from_json(NAME, "bafy1", msgspec.json.encode({"text": "ö" * 150_000}))


@pytest.mark.parametrize("depth", [500, 50_000])
def test_deep_nesting_hurts_nobody(depth: int) -> None:
    nested = b'{"text":"a","embed":' + b"[" * (depth // 2) + b"]" * (depth // 2) + b"}"
    try:
        assert from_json(NAME, "bafy1", nested).text == "a"
    except Unreadable:
        assert depth > 500
    block = b"\x81" * depth + b"\x00"
    with pytest.raises(Unreadable):
        from_cbor(NAME, b"\x01\x71\x12\x20" + _sha256(block), block)


def test_a_block_that_is_not_what_its_name_says_is_no_post() -> None:
    block = libipld.encode_dag_cbor({"text": "Nordpost är bäst"})
    cid = b"\x01\x71\x12\x20" + _sha256(block)
    assert from_cbor(NAME, cid, block).text == "Nordpost är bäst"
    with pytest.raises(Unreadable, match="what its name says"):
        from_cbor(NAME, cid, block.replace("bäst".encode(), "värst"[:4].encode()))


def _sha256(block: bytes) -> bytes:
    return hashlib.sha256(block).digest()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
fields = (
    "reply",
    "embed",
    "facets",
    "langs",
    "createdAt",
    "root",
    "parent",
    "uri",
    "cid",
    "features",
    "did",
    "record",
)
shaped = st.recursive(
    anything,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(fields), inner, max_size=6),
    max_leaves=25,
)


@given(st.dictionaries(st.sampled_from(fields), shaped))
def test_whatever_stands_in_the_other_fields_the_text_is_heard(record: dict[str, Any]) -> None:
    found = post(**record)
    assert found.text == "Hej"
    assert all(each.startswith(("http://", "https://")) for each in found.links)
    assert found.posted_at is None or found.posted_at.tzinfo is UTC


@given(st.binary(max_size=400))
def test_any_bytes_are_a_post_or_unreadable(data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        assert isinstance(from_json(NAME, "bafy1", data), Post)
    with contextlib.suppress(Unreadable):
        assert isinstance(from_cbor(NAME, b"\x01\x71\x12\x20" + _sha256(data), data), Post)


@given(st.binary(max_size=400))
def test_any_bytes_are_blocks_or_a_broken_car(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        for cid, block in car.blocks(data):
            assert len(cid) + len(block) <= len(data)


@pytest.mark.parametrize(
    "text",
    [
        None,
        5,
        "",
        "soon",
        "2026-13-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9" * 100,
    ],
)
def test_a_moment_that_cannot_be_one_is_not_known(text: Any) -> None:
    assert instant(text) is None


def test_a_moment_without_a_zone_is_taken_as_utc() -> None:
    assert instant("2026-11-21T10:00:00") == datetime(2026, 11, 21, 10, tzinfo=UTC)
    assert instant("2026-11-21T10:00:00+02:00") == datetime(2026, 11, 21, 8, tzinfo=UTC)


def test_nothing_larger_than_the_bound_is_decoded() -> None:
    with pytest.raises(Unreadable, match="too large"):
        from_cbor(NAME, b"", b"x" * (LARGEST + 1))
