"""Pasting by hand: a link, a text, or both."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from gensvar.connectors.by_hand import CONNECTOR, ByHandSettings, connect, paste
from gensvar.connectors.contract import HandOff, Post, Refused
from gensvar.kernel.text import LONGEST

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def pasted(text: str, author: str = "Maria K.") -> Post:
    return paste(text, author=author, at=AT, by="Alice")


def test_a_link_is_named_by_its_page() -> None:
    post = pasted(" https://www.forum.example/t/7?utm_source=mail ")
    assert post.native_id == "forum.example/t/7"
    assert post.url == "https://www.forum.example/t/7?utm_source=mail"
    assert post.native_id == pasted("http://forum.example/t/7/").native_id


def test_a_text_of_a_closed_group_is_named_by_its_words_and_author() -> None:
    post = pasted("Nordpost har tappat bort mitt paket igen")
    assert post.url == ""
    assert post.native_id == pasted("Nordpost  har tappat\nbort mitt paket igen ").native_id
    assert post.native_id != pasted("Nordpost har tappat bort mitt paket igen", "Jukka").native_id
    assert post.native_id != pasted("Nordpost hittade mitt paket").native_id


@pytest.mark.parametrize(
    "text", ["https://forum.example/7\nLuckan är låst.", "Luckan är låst. https://forum.example/7"]
)
def test_a_text_with_its_link_keeps_both(text: str) -> None:
    post = pasted(text)
    assert (post.text, post.url) == ("Luckan är låst.", "https://forum.example/7")


def test_a_link_in_the_middle_is_something_the_text_speaks_of() -> None:
    post = pasted("Jag läste https://tidning.example/a. Samma hände mig")
    assert post.url == ""
    assert post.links == ("https://tidning.example/a",)


def test_a_harmful_link_is_only_text() -> None:
    post = pasted("javascript:alert(1)")
    assert (post.url, post.links, post.text) == ("", (), "javascript:alert(1)")


def test_the_record_says_what_was_pasted_by_whom_and_when() -> None:
    record = json.loads(pasted(" hej ").raw)
    assert record == {
        "pasted": " hej ",
        "author": "Maria K.",
        "by": "Alice",
        "at": "2026-11-21T12:00:00+00:00",
    }


def test_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="Paste the text or the link first"):
        pasted(" \n ")


def test_hostile_text_is_kept_as_text() -> None:
    post = pasted("<script>\x00\ud800 " + "a" * 300_000)
    assert post.text.startswith("<script>")
    assert len(post.text) == LONGEST
    post.text.encode("utf-8")


def test_a_link_that_no_database_can_hold_is_only_text() -> None:
    assert pasted("https://x.example/\ud800").url == ""


def test_the_place_is_named_by_a_person() -> None:
    identity = asyncio.run(connect(ByHandSettings(name=" Husets grupp ")))
    assert (identity.native_id, identity.name) == ("husets grupp", "Husets grupp")
    with pytest.raises(Refused):
        asyncio.run(connect(ByHandSettings(name=" ")))


def test_the_reply_goes_by_hand_and_nothing_is_found() -> None:
    assert CONNECTOR.find == ()
    assert isinstance(CONNECTOR.reply, HandOff)
    assert "paste the link" in CONNECTOR.reply.words
