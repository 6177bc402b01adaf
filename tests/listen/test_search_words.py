"""Which words a network is asked for to fill a gap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.process.listen.search_words import sought
from gensvar.reading.matcher import Matcher
from gensvar.reading.query import BadQuery, parse


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Nordpost", {"Nordpost"}),
        ('"Nord Post" OR #nordpost OR @nordpost_se', {"Nord Post", "#nordpost", "@nordpost_se"}),
        ("url:nordpost.se", {"nordpost.se"}),
        ("=VR OR Tekir*", {"VR", "Tekir"}),
        ("Nordpost NOT arena", {"Nordpost"}),
        ("paket NEAR/5 Nordpost", {"Nordpost"}),
        ("(bil OR buss) Nordpost", {"Nordpost"}),
        ("lang:sv Ål", {"Ål"}),
        ("lang:sv", set()),
    ],
)
def test_a_word_stands_in_each_post_that_could_be_found(query: str, words: set[str]) -> None:
    assert sought(query).words == words
    assert sought(query).authors == frozenset()


def test_who_is_watched_is_asked_for_by_name() -> None:
    found = sought("from:@Bob.example paket")
    assert not found.words
    assert found.authors == {"bob.example"}


def test_of_several_watches_all_is_asked_for() -> None:
    assert (sought("Nordpost") | sought("Postia")).words == {"Nordpost", "Postia"}


NAMES = st.sampled_from(["Nordpost", "Postia", "VR", "Ål", "paket"])


@given(
    st.recursive(NAMES, lambda x: st.builds("({} OR {})".format, x, x) | st.builds("({} {})".format, x, x))
)
def test_a_post_of_the_words_of_a_query_is_found_by_one_of_those_asked_for(query: str) -> None:
    try:
        parse(query)
    except BadQuery:
        return
    text = " ".join(
        {"Nordpost", "Postia", "VR", "Ål", "paket"} & set(query.replace("(", " ").replace(")", " ").split())
    )
    if Matcher({1: query}).match(text):
        assert any(word in text for word in sought(query).words)
