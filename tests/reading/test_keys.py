"""Which things of a query are asked for first: the rarest of each way, and enough of them to miss nothing."""

import pytest

from gensvar.reading.forms import LANGUAGES
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
