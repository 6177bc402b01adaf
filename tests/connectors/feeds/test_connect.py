"""Connecting a feed: what a person is told at once."""

import asyncio

import pytest

from gensvar.connectors.contract import Identity, NotAllowed, Refused, TryLater
from gensvar.connectors.feeds.follow import connect as connect_feed
from gensvar.connectors.feeds.settings import FeedSettings
from tests.connectors.feeds import samples
from tests.connectors.feeds.feed_server import FeedServer


def connect(address: str, name: str = "") -> Identity:
    return asyncio.run(connect_feed(FeedSettings(address=address, name=name)))


def test_it_takes_the_name_that_the_feed_gives_itself(server: FeedServer) -> None:
    server.body = samples.RSS
    identity = connect(f" {server.address} ")
    assert (identity.native_id, identity.name) == (server.address.removeprefix("http://"), "Paketbloggen")
    assert identity.url == "https://paketbloggen.example/"


def test_it_prefers_the_name_that_a_person_gave(server: FeedServer) -> None:
    server.body = samples.RSS
    assert connect(server.address, "Bloggen").name == "Bloggen"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html><html><head><title>Hej</title></head><body><p>Hej</p></body></html>",
        b'{"items": []}',
        b"\x00\x01\x02",
        b"<xml>not a feed</xml>",
    ],
)
def test_it_refuses_what_is_not_a_feed(server: FeedServer, body: bytes) -> None:
    server.body = body
    with pytest.raises(Refused, match="no feed at this address"):
        connect(server.address)


@pytest.mark.parametrize(
    ("status", "words"), [(404, "404"), (410, "gone for good"), (403, "not open"), (401, "not open")]
)
def test_it_says_why_the_address_does_not_serve(server: FeedServer, status: int, words: str) -> None:
    server.status = status
    with pytest.raises(Refused, match=words):
        connect(server.address)


def test_a_server_that_is_down_may_be_up_later(server: FeedServer) -> None:
    server.status = 503
    with pytest.raises(TryLater, match="503"):
        connect(server.address)
    with pytest.raises(TryLater, match="did not answer"):
        connect("http://127.0.0.1:1/feed.xml")


@pytest.mark.parametrize(
    "address", ["", "paketbloggen", "ftp://x.example/f", "file:///etc/passwd", "http://"]
)
def test_it_refuses_what_is_not_an_address(server: FeedServer, address: str) -> None:
    with pytest.raises(Refused):
        connect(address)


def test_a_name_without_end_is_cut(server: FeedServer) -> None:
    server.body = samples.RSS
    assert len(connect(server.address, "x\x00" * 5_000).name) == 120


def test_it_does_not_reach_into_the_house() -> None:
    with pytest.raises(NotAllowed):
        connect("http://169.254.169.254/latest/meta-data/")


def test_it_does_not_read_a_feed_without_end(server: FeedServer) -> None:
    server.body = samples.RSS + b" " * 2_000_000
    with pytest.raises(NotAllowed, match="larger than"):
        connect(server.address)
