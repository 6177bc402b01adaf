"""Which watches a post meets, and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.reading.matcher import Matcher

QUERY = 'Nordpost OR "Nord Post" OR #nordpost OR @nordpost.test OR url:nordpost.se NOT tidning'


@pytest.mark.parametrize(
    ("text", "found", "how"),
    [
        ("Nordpost tappade mitt paket", "Nordpost", "exact"),
        ("NORDPOSTIN paketti katosi", "NORDPOSTIN", "inflected"),
        ("en Nordpostbrevbärare kom", "Nordpostbrevbärare", "compound"),
        ("Nordpost:s app", "Nordpost:s", "inflected"),
        ("hos Nord Posts ombud", "Nord Posts", "phrase"),
        ("så trött #nordpost", "#nordpost", "hashtag"),
        ("@nordpost.test hallå", "@nordpost.test", "handle"),
        ("se www.nordpost.se/hjalp", "nordpost.se", "url"),
        ("🎉🎉 Nordpost", "Nordpost", "exact"),
    ],
)
def test_a_name_is_met_in_its_forms(text: str, found: str, how: str) -> None:
    (hit,) = Matcher({7: QUERY}).match(text)
    span = hit.spans[-1] if how == "url" else hit.spans[0]
    assert (hit.watch, span.text, span.how) == (7, found, how)
    assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(
    "text", ["norrpost", "en Nordpost i min tidning", "anordpost", "", "nord, inte post"]
)
def test_other_words_are_not_met(text: str) -> None:
    assert Matcher({7: QUERY}).match(text) == []


def test_a_short_name_takes_endings_only_behind_a_mark() -> None:
    matcher = Matcher({1: "SJ"})
    assert matcher.match("vid en sjö") == []
    assert [span.text for hit in matcher.match("SJ:s tåg, SJ kör") for span in hit.spans] == ["SJ:s", "SJ"]


def test_a_handle_or_hashtag_makes_it_tagged() -> None:
    matcher = Matcher({7: QUERY})
    assert matcher.match("@nordpost.test hej")[0].tagged
    assert not matcher.match("Nordpost hej")[0].tagged


def test_addressees_and_links_count_though_they_do_not_stand_in_the_text() -> None:
    matcher = Matcher({7: QUERY})
    assert matcher.match("titta här", links=["https://nordpost.se/x"])
    assert matcher.match("titta här", addressed=["NordPost.test"])[0].tagged
    assert not matcher.match("titta här", links=["https://notnordpost.se/"])


def test_each_watch_is_asked_by_itself() -> None:
    hits = Matcher({1: "Nordpost", 2: "Sparfin", 3: "Nordpost NOT Sparfin"}).match("Nordpost och Sparfin")
    assert [hit.watch for hit in hits] == [1, 2]


def test_no_watches_meet_nothing() -> None:
    assert Matcher({}).match("Nordpost") == []


@given(st.text(max_size=300))
def test_spans_are_code_points_of_any_text(text: str) -> None:
    for hit in Matcher({7: "a OR b*"}).match(text):
        for span in hit.spans:
            assert text[span.start : span.end] == span.text
