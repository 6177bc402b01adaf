"""Our own text in Bluesky's measure, and its marks."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.connectors.bluesky.text import LIMIT, facets, graphemes, length


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Tack för ditt tålamod", 21),
        ("e\u0301", 1),
        ("👍🏽", 1),
        ("👨‍👩‍👧‍👦", 1),
        ("👩🏽‍🚒", 1),
        ("❤️‍🔥", 1),
        ("1️⃣", 1),
        ("🇫🇮🇸🇪", 2),
        ("🇫🇮🇸", 2),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 1),
        ("\r\n", 1),
        ("\n\u0301", 2),
        ("\u200b\u0301", 2),
        ("a\u200db", 2),
        ("한국", 2),
        ("กำ", 1),
    ],
)
def test_it_counts_what_a_reader_counts(text: str, count: int) -> None:
    assert graphemes(text) == count


@given(st.text(max_size=200))
def test_it_never_counts_more_than_there_are_code_points(text: str) -> None:
    assert graphemes(text) <= len(text)
    assert graphemes(text + "x") == graphemes(text) + 1


def test_three_thousand_bytes_are_the_other_limit() -> None:
    family = "👨‍👩‍👧‍👦"
    assert graphemes(family * 200) == 200
    assert length(family * 120) == 120
    assert length(family * 200) > LIMIT


def test_a_huge_text_is_measured_quickly() -> None:
    assert length("\u200d" * 300_000) > LIMIT


def marks(text: str, **handles: str) -> dict[str, str]:
    async def resolve(handle: str) -> str:
        return handles.get(handle.partition(".")[0], "")

    data = text.encode()
    return {
        data[each["index"]["byteStart"] : each["index"]["byteEnd"]].decode(): str(
            {key: value for key, value in each["features"][0].items() if key != "$type"}
        )
        for each in asyncio.run(facets(text, resolve))
    }


def test_links_and_mentions_are_marked_by_their_bytes() -> None:
    found = marks("Åh, @maria.bsky.social: läs https://nordpost.example/hjälp. 👍🏽", maria="did:plc:maria")
    assert found == {
        "@maria.bsky.social": "{'did': 'did:plc:maria'}",
        "https://nordpost.example/hjälp": "{'uri': 'https://nordpost.example/hjälp'}",
    }


def test_a_handle_that_is_nobodys_is_just_text() -> None:
    assert marks("Hej @nobody.bsky.social") == {}


def test_an_address_for_mail_is_not_a_mention() -> None:
    assert "did" not in str(marks("Skriv till anna@nordpost.se", nordpost="did:plc:nordpost"))
