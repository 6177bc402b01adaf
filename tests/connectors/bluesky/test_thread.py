"""Reading a thread that somebody else wrote, however deep, wide or wrong."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.connectors.bluesky.thread import HEIGHT, MOST, read_thread
from gensvar.connectors.contract import ThreadView

DID = "did:plc:maria"


def uri(key: str) -> str:
    return f"at://{DID}/app.bsky.feed.post/{key}"


def node(key: str, text: str = "Hej", at: str = "2026-11-21T10:00:00Z", **around: Any) -> dict[str, Any]:
    author = {"did": DID, "handle": "maria.example", "displayName": "Maria"}
    post = {"uri": uri(key), "cid": f"bafy{key}", "author": author, "record": {"text": text}, "indexedAt": at}
    return {"$type": "app.bsky.feed.defs#threadViewPost", "post": post, **around}


def gone(key: str) -> dict[str, Any]:
    return {"$type": "app.bsky.feed.defs#notFoundPost", "uri": uri(key), "notFound": True}


def view(thread: Any) -> ThreadView:
    return read_thread(msgspec.Raw(json.dumps(thread).encode()))


def keys(found: ThreadView) -> list[str]:
    return [each.native_id.rpartition("/")[2] for each in found.posts]


def test_ancestors_come_first_then_the_post_then_answers_oldest_first() -> None:
    late = node("late", at="2026-11-21T12:00:00Z")
    early = node("early", at="2026-11-21T11:00:00Z", replies=[node("between", at="2026-11-21T11:30:00Z")])
    thread = node("here", parent=node("above", parent=node("top")), replies=[late, early])
    assert keys(view(thread)) == ["top", "above", "here", "early", "between", "late"]


def test_an_author_is_known_as_far_as_the_thread_shows() -> None:
    author = view(node("here")).posts[0].author
    assert (author.native_id, author.handle, author.name) == (DID, "maria.example", "Maria")


def test_what_is_gone_or_blocked_is_missing() -> None:
    blocked = {"$type": "app.bsky.feed.defs#blockedPost", "uri": uri("blocked"), "blocked": True}
    found = view(node("here", parent=gone("above"), replies=[blocked]))
    assert keys(found) == ["here"]
    assert found.missing == (uri("above"), uri("blocked"))


@pytest.mark.parametrize(
    "thread", [None, 7, [], {}, {"post": 7}, {"post": {}}, {"post": None}, {"replies": 7}, {"uri": 7}]
)
def test_nonsense_is_an_empty_thread(thread: Any) -> None:
    assert view(thread) == ThreadView(())


def test_nonsense_among_the_answers_does_not_hide_the_rest() -> None:
    wrong = node("wrong")
    wrong["post"]["record"] = {"text": ["no"]}
    found = view(node("here", replies=[7, None, wrong, {"post": {"uri": 7}}, node("good")]))
    assert keys(found) == ["here", "good"]


def test_an_author_put_in_the_place_of_another_is_not_believed() -> None:
    false = node("here")
    false["post"]["author"] = {"did": "did:plc:nordpost", "handle": "nordpost.example"}
    author = view(false).posts[0].author
    assert (author.native_id, author.handle) == (DID, "")


def test_a_thread_without_end_is_read_up_to_its_bounds() -> None:
    high: dict[str, Any] = node("top")
    for each in range(HEIGHT + 20):
        high = node(f"up{each}", parent=high)
    wide = [node(f"answer{each}") for each in range(MOST + 50)]
    found = view({**high, "replies": wide})
    assert len(found.posts) == HEIGHT + 1 + MOST


def test_nesting_deeper_than_can_be_read_leaves_what_is_above() -> None:
    deep = b'{"replies":[' * 20_000 + b"]}" * 20_000
    thread = json.dumps(node("here", replies=["DEEP"])).encode().replace(b'"DEEP"', deep)
    assert len(read_thread(msgspec.Raw(thread)).posts) <= 1


nested = st.recursive(
    st.none() | st.integers() | st.text(max_size=9) | st.just(node("x")["post"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["post", "parent", "replies", "uri", "record", "author", "cid"]), inner
        )
    ),
)


@given(nested)
def test_no_thread_raises(thread: Any) -> None:
    assert isinstance(view(thread), ThreadView)
