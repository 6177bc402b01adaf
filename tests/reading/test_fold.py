"""Spans in code points, whatever the text is made of."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.reading.folding import changing, fold
from gensvar.reading.matcher import Matcher


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("🎉👩‍👩‍👧 Sähkön hinta", "Sähkön"),
        (
            "Sa\N{COMBINING DIAERESIS}hko\N{COMBINING DIAERESIS}n",
            "Sa\N{COMBINING DIAERESIS}hko\N{COMBINING DIAERESIS}n",
        ),
        ("é\u0301 ＳÄＨＫÖ!", "ＳÄＨＫÖ"),
        ("x Sä\u200bhk\u200cö\u00adn y", "Sä\u200bhk\u200cö\u00adn"),
        ("\u200bSähkö\u200b", "Sähkö"),
        ("Sä\u00adhkö", "Sä\u00adhkö"),
        ("ﬁﬁ 𝐒ä𝐡𝐤ö", "𝐒ä𝐡𝐤ö"),
        ("ẞß İ SÄHKÖN", "SÄHKÖN"),
        ("Sähkö™", "Sähkö"),
        ("❤️Sähkö❤️", "Sähkö"),
    ],
)
def test_a_span_is_what_stands_in_the_text(text: str, found: str) -> None:
    (hit,) = Matcher({1: "sähkö"}).match(text)
    (span,) = hit.spans
    assert (span.text, text[span.start : span.end]) == (found, found)


def test_accents_are_kept() -> None:
    assert Matcher({1: "sahko"}).match("sähkö") == []
    assert Matcher({1: "sahko"}).match("sa\N{COMBINING DIAERESIS}hko") == []


@pytest.mark.parametrize("text", ["＃ｔｅｋｉｒ", "#teki\u200br"])
def test_signs_are_folded_too(text: str) -> None:
    assert Matcher({1: "#tekir"}).match(text)[0].spans[0].text == text


@given(st.text(st.sampled_from("aäÅß\u0308\u0301\u200b\u200dｆﬁİſ𝐓🎉 \u00ad™'"), max_size=30))
def test_places_lead_back_in_order(text: str) -> None:
    folded = fold(text)
    ends = 0
    for place in range(len(folded.text)):
        start, end = folded.place(place, place + 1)
        assert 0 <= start < end <= len(text)
        assert end >= ends
        ends = end
    assert (
        fold(unicodedata.normalize("NFD", text.replace("\u200b", ""))).text
        == fold(unicodedata.normalize("NFC", text.replace("\u200b", ""))).text
    )


def test_every_letter_that_folding_changes_is_known() -> None:
    every = map(chr, (*range(0x80, 0xD800), *range(0xE000, 0x110000)))
    others = "".join(sorted(set(every) - set(changing())))
    assert fold(others).text == others


@pytest.mark.parametrize(
    "spell",
    [
        str.upper,
        lambda text: "Ä " + text,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.translate({each: each + 0xFEE0 for each in range(0x21, 0x7F)}),
        "\u200b".join,
    ],
)
def test_however_a_post_is_spelled_the_same_watches_are_met(spell: Callable[[str], str]) -> None:
    matcher = Matcher(
        {1: "sähkö", 2: "#tekir", 3: '"nord post"', 4: "@tekir_fi", 5: "url:tekir.fi", 6: "kissa"}
    )
    for text in ("sähkön hinta", "#tekir", "nord posts ombud", "@tekir_fi", "www.tekir.fi/x", "esähkö", "ä"):
        assert [hit.watch for hit in matcher.match(spell(text))] == [hit.watch for hit in matcher.match(text)]


def test_half_a_surrogate_pair_is_no_letter() -> None:
    (hit,) = Matcher({1: "sähkö"}).match("\ud83cSÄHKÖN\udf89")
    assert [span.text for span in hit.spans] == ["SÄHKÖN"]
