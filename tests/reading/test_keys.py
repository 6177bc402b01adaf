"""Which things of a query are asked for first: the rarest of each way, and enough of them to miss nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.reading.forms import CHANGING, LANGUAGES, beginnings, forms
from gensvar.reading.keys import Key, rarest
from gensvar.reading.query import parse


def texts(query: str) -> set[str]:
    """The literals of `query`."""
    return {key.text for key in rarest(parse(query), LANGUAGES)}


@pytest.mark.parametrize(
    ("query", "rare"),
    [
        ("och Nordpost", {"nordpost"}),
        ("Nordpost och", {"nordpost"}),
        ("kundtjänst Volvo", {"volvo"}),  # a word of every complaint is no key, however long
        ("Volvo kundtjänst", {"volvo"}),
        ("tåg Nordpost", {"nordpost"}),
        ("Nordpost #tåg", {"nordpost"}),
        ("Nordpost lang:sv", {"nordpost"}),
        ("Nordpost from:@maija", {"maija"}),
        ("lang:sv", {"sv"}),
        ("hinta NEAR/5 Nordpost", {"nordpost"}),
        ("Nordpost NEAR/5 hinta", {"nordpost"}),
        ('"och Nordpost"', {"nordpost"}),
        ('"Nordpost och"', {"nordpost"}),
        ('"Nord och det"', {"nord"}),
        ('"och Nordpost" Volvo', {"nordpost"}),
        ("och (Nordpost OR Volvo)", {"nordpost", "volvo"}),
        ("(Nordpost OR Volvo) och", {"nordpost", "volvo"}),
        ("(och OR det) Volvo", {"volvo"}),
        ("Nordpost NOT kissa", {"nordpost"}),
        ("@nordpost.test OR #nordpost OR url:nordpost.se", {"@nordpost.test", "#nordpost", "nordpost.se"}),
    ],
)
def test_of_each_way_the_rarest_thing_is_a_key(query: str, rare: set[str]) -> None:
    assert texts(query) == rare


def test_every_way_has_a_key_of_its_own() -> None:
    assert texts("Nordpost och OR Volvo det OR (tåg Sparbok)") == {"nordpost", "volvo", "sparbok"}


def test_a_word_is_looked_for_by_the_beginnings_that_all_its_forms_share() -> None:
    assert texts("Nokia") == {"noki"}
    assert texts("=Nokia") == {"nokia"}


def test_an_author_and_a_language_are_no_texts() -> None:
    found = rarest(parse("from:@maija OR lang:sv"), LANGUAGES)
    assert found == {Key("from", "maija"), Key("lang", "sv")}


@given(st.text("abcdeiknorstuxyzäöåéæø&1", min_size=1, max_size=12))
def test_every_stem_of_a_word_begins_with_one_of_its_beginnings(word: str) -> None:
    for language in LANGUAGES:
        stems = {stem.text for stem in forms(word, (language,))}
        assert all(stem.startswith(beginnings(word, (language,))) for stem in stems)
        assert language in CHANGING or stems == {word}


@pytest.mark.parametrize(("language", "word"), [("fi", "nokia"), ("sv", "telia"), ("en", "ferry")])
def test_a_word_that_changes_is_looked_for_by_what_stays(language: str, word: str) -> None:
    assert beginnings(word, (language,)) == (word[:-1],)
    assert set(beginnings(word, LANGUAGES)) == {word[:-1]}
