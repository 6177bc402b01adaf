"""Searching for what was missed, on servers that refuse, falter, or send nonsense."""

import asyncio
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from gensvar.connectors.bluesky import search
from gensvar.connectors.bluesky.settings import BlueskySettings
from gensvar.connectors.contract import Account, Created, Identity, Missed, Page, TryLater, egress

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
MISSED = Missed(AT, AT + timedelta(hours=1), ("Nordpost", "Postia"), ("did:plc:maria",))
DID = "did:plc:fari6j3j4pdykln3f3wdo32s"
SIGNED_IN = {"did": DID, "handle": "x", "accessJwt": "a", "refreshJwt": "r"}

Answers = Callable[[str, dict[str, str]], tuple[int, Any]]
"""Status and body for a method and what it was asked."""


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(egress.ALLOW, "127.0.0.1/32")


def view(key: str, at: str = "2026-11-21T10:30:00Z", **record: Any) -> dict[str, Any]:
    author = {"did": DID, "handle": "maria.example"}
    said = {"text": "Nordpost", "createdAt": at, **record}
    uri = f"at://{DID}/app.bsky.feed.post/{key}"
    return {"uri": uri, "cid": f"bafy{key}", "author": author, "record": said, "indexedAt": at}


async def served(answers: Answers, most: int) -> tuple[list[Page], list[tuple[str, str]]]:
    """The pages of a search on a server that answers so, and what it was asked."""
    asked: list[tuple[str, str]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            url = urlsplit(head.split(b" ")[1].decode())
            method = url.path.rpartition("/")[2]
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            status, data = 200, json.dumps(SIGNED_IN).encode()
            if not method.startswith("com.atproto.server."):
                asked.append((method.rpartition(".")[2], query.get("q") or query.get("actor", "")))
                status, body = answers(method.rpartition(".")[2], query)
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
            writer.write(
                b"HTTP/1.1 %d X\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % (status, len(data))
            )
            writer.write(data)
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        host = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        settings = BlueskySettings(f"n{secrets.token_hex(4)}.example", "abcd", host=host)
        account = Account(settings, Identity("did:plc:nordpost", "nordpost.example"))
        pages = [await search.load(account, MISSED, "")]
        while pages[-1].place is not None and len(pages) < most:
            pages.append(await search.load(account, MISSED, pages[-1].place))
        return pages, asked


def searching(answers: Answers, most: int = 60) -> tuple[list[Page], list[tuple[str, str]]]:
    return asyncio.run(served(answers, most))


def keys(pages: list[Page]) -> list[str]:
    return [
        event.post.native_id.rpartition("/")[2]
        for page in pages
        for event in page.events
        if isinstance(event, Created)
    ]


def test_each_word_and_each_person_is_asked_for_once() -> None:
    pages, asked = searching(lambda method, _: (200, {"posts": [], "feed": []}))
    assert asked == [
        ("searchPosts", "Nordpost"),
        ("searchPosts", "Postia"),
        ("getAuthorFeed", "did:plc:maria"),
    ]
    assert pages[-1].place is None


def test_the_stretch_and_the_order_are_asked_for() -> None:
    seen: list[dict[str, str]] = []

    def answers(method: str, asked: dict[str, str]) -> tuple[int, Any]:
        seen.append(asked)
        return 200, {"posts": []}

    searching(answers, 1)
    assert seen == [
        {
            "q": "Nordpost",
            "sort": "latest",
            "since": "2026-11-21T09:58:00Z",
            "until": "2026-11-21T11:02:00Z",
            "limit": "100",
        }
    ]


@pytest.mark.parametrize("status", [403, 404, 501])
def test_where_nobody_may_search_the_people_are_left(status: int) -> None:
    def answers(method: str, asked: dict[str, str]) -> tuple[int, Any]:
        if method == "searchPosts":
            return status, {"error": "Forbidden"}
        return 200, {"feed": [{"post": view("3n2ud4fhows2f")}]}

    pages, asked = searching(answers)
    assert [method for method, _ in asked] == ["searchPosts", "getAuthorFeed"]
    assert keys(pages) == ["3n2ud4fhows2f"]
    assert {page.covers for page in pages} == {search.COVERS_PEOPLE}


def test_a_word_that_is_not_understood_does_not_end_the_search() -> None:
    def answers(method: str, asked: dict[str, str]) -> tuple[int, Any]:
        if asked.get("q") == "Nordpost":
            return 400, {"error": "BadQueryString"}
        return 200, {"posts": [view("3n2ud4fhows2f")] if method == "searchPosts" else [], "feed": []}

    pages, asked = searching(answers)
    assert len(asked) == 3
    assert keys(pages) == ["3n2ud4fhows2f"]
    assert {page.covers for page in pages} == {search.COVERS}


def test_a_server_in_trouble_means_try_later() -> None:
    with pytest.raises(TryLater):
        searching(lambda method, _: (503, {}))
    with pytest.raises(TryLater):
        searching(lambda method, _: (200, b"<html>"))


def test_what_cannot_be_read_is_counted_and_the_rest_is_kept() -> None:
    odd = [7, {}, {"uri": "x"}, view("3n2ud4fhows2f", text=7), view("../x"), view("3n2ud4fhowt2f")]
    pages, _ = searching(lambda method, _: (200, {"posts": odd}), 1)
    assert keys(pages) == ["3n2ud4fhowt2f"]
    assert pages[0].dropped == 5


def test_a_search_without_an_end_is_ended() -> None:
    """A server that gives another cursor for ever must not hold the lane for ever."""
    pages, asked = searching(
        lambda method, _: (200, {"posts": [view("3n2ud4fhows2f")], "cursor": secrets.token_hex(4)})
    )
    assert len([each for each in asked if each == ("searchPosts", "Nordpost")]) == search.MOST_PAGES
    assert pages[-1].place is None


def test_pages_end_where_the_gap_begins() -> None:
    old = view("3n2ud4fhows2f", at="2026-11-21T08:00:00Z")
    pages, asked = searching(lambda method, _: (200, {"posts": [old], "cursor": "more"}))
    assert [each for each in asked if each[0] == "searchPosts"] == [
        ("searchPosts", "Nordpost"),
        ("searchPosts", "Postia"),
    ]
    assert keys(pages) == []


def test_what_somebody_repeated_is_not_what_they_said() -> None:
    feed = [
        {"post": view("3n2ud4fhows2f"), "reason": {"$type": "app.bsky.feed.defs#reasonRepost"}},
        {"post": 7},
    ]
    pages, _ = searching(lambda method, _: (200, {"posts": [], "feed": feed}))
    assert keys(pages) == []
