"""Inflected forms and compounds, row by row: what is the name, and what only looks like it."""

from functools import lru_cache

import pytest

from gensvar.reading.endings import dutch, english, finnish, german, north
from gensvar.reading.endings.compounds import HEADS, LINKS
from gensvar.reading.endings.friends import FALSE_FRIENDS
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.matcher import Matcher
from tests.reading.grammar import COMPOUNDS, FORMS, OTHERS, by_language, rows


@lru_cache(maxsize=100)
def matcher(name: str, languages: tuple[str, ...]) -> Matcher:
    """One that looks for `name` only."""
    return Matcher({1: name}, {1: languages})


def how(name: str, text: str, *languages: str) -> str:
    """How the whole of `text` is `name`; empty when it is not."""
    for hit in matcher(name, languages or LANGUAGES).match(text):
        for span in hit.spans:
            if span.text == text:
                return span.how
    return ""


@pytest.mark.parametrize(("language", "name", "form"), by_language(FORMS))
def test_a_form_of_the_name_is_the_name(language: str, name: str, form: str) -> None:
    assert how(name, form, language) == "inflected"
    assert how(name, form.upper(), language) == "inflected"
    assert how(name, form) == "inflected"


@pytest.mark.parametrize(("language", "name", "form"), by_language(FORMS))
def test_a_form_with_something_more_is_another_word(language: str, name: str, form: str) -> None:
    assert how(name, form + "qx", language) == ""
    assert how(name, "x" + form, language) == ""


@pytest.mark.parametrize(("name", "other"), rows(OTHERS))
def test_a_false_friend_is_another_word(name: str, other: str) -> None:
    assert how(name, other) == how(name, other.upper()) == ""


@pytest.mark.parametrize(("beginning", "name"), FALSE_FRIENDS)
def test_every_false_friend_is_refused_and_its_name_is_not(beginning: str, name: str) -> None:
    assert beginning.startswith(name[:3])
    assert how(name, beginning) == how(name, beginning + "en") == ""
    assert how(name, name) == "exact"


@pytest.mark.parametrize(("language", "name", "compound"), by_language(COMPOUNDS))
def test_a_compound_begins_with_the_name(language: str, name: str, compound: str) -> None:
    assert how(name, compound, language) == how(name, compound) == "compound"
    assert how(name, "x" + compound, language) == ""


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ('"Nokian Renkaat"', "Nokian Renkaiden"),
        ('"Nokian Renkaat"', "Nokian Renkaita"),
        ('"Nokian Renkaat"', "NOKIAN RENKAISSA"),
        ('"Nokian Renkaat"', "Nokian Renkailtakaan"),
        ('"Nokian Renkaat"', "Nokian Renkaat"),
        ('"Nord Post"', "Nord Postens"),
        ('"Albert Heijn"', "Albert Heijns"),
        ('"Deutsche Bahn"', "Deutsche Bahnkunden"),
        ('"Clas Ohlson"', "Clas Ohlsons"),
        ('"Danske Bank"', "Danske Banks"),
    ],
)
def test_the_last_word_of_a_phrase_may_be_inflected(query: str, text: str) -> None:
    (hit,) = Matcher({1: query}).match(f"Hm, {text}.")
    assert [(span.text, span.how) for span in hit.spans] == [(text, "phrase")]


@pytest.mark.parametrize("text", ["Nokia Renkaat", "Nokian Rengas", "Nokian Renkaatx", "Renkaat Nokian"])
def test_other_words_are_not_the_phrase(text: str) -> None:
    assert Matcher({1: '"Nokian Renkaat"'}).match(text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_and_second_part_makes_a_compound(language: str) -> None:
    for head in HEADS[language]:
        for link in ("", *LINKS[language]):
            assert how("Zyqvo", f"Zyqvo{link}{head}", language) in ("compound", "inflected"), (link, head)
        assert how("SJ", f"SJ{head}", language) == "", head


def test_closed_compounds_of_unknown_words_count_only_where_they_are_the_rule() -> None:
    assert how("Nordpost", "Nordpostgranskning", "sv") == "compound"
    assert how("Nordpost", "Nordpostgranskning", "en") == how("Nordpost", "Nordpostgranskning", "fi") == ""
    assert how("Nordpost", "Nordpostxkrt") == ""


@pytest.mark.parametrize("table", [finnish.WEAK, finnish.STRONG, finnish.PLURAL, finnish.COLON])
def test_every_finnish_ending_goes_by_vowel_harmony(table: tuple[str, ...]) -> None:
    colon = ":" if table is finnish.COLON else ""
    between = "i" if table is finnish.PLURAL else ""
    for ending in table:
        back = ending.replace("A", "a").replace("O", "o").replace("U", "u").replace("V", "o")
        front = ending.replace("A", "ä").replace("O", "ö").replace("U", "y").replace("V", "ö")
        assert how("Kesko", f"Kesko{colon}{between}{back}", "fi") == "inflected", ending
        assert how("Käskö", f"Käskö{colon}{between}{front}", "fi") == "inflected", ending
        if not colon and back != front:
            assert how("Kesko", f"Kesko{between}{front}", "fi") == "", ending


@pytest.mark.parametrize(
    ("language", "name", "table"),
    [
        ("sv", "Nordpost", north.SWEDISH["consonant"]),
        ("sv", "Lykke", north.SWEDISH["e"]),
        ("sv", "Volvo", north.SWEDISH["vowel"]),
        ("sv", "SJ", north.SWEDISH["mark"]),
        ("no", "Nordpost", north.NORWEGIAN["consonant"]),
        ("no", "Lykke", north.NORWEGIAN["e"]),
        ("no", "Volvo", north.NORWEGIAN["vowel"]),
        ("no", "NRK", north.NORWEGIAN["mark"]),
        ("da", "Nordpost", north.DANISH["consonant"]),
        ("da", "Lykke", north.DANISH["e"]),
        ("da", "Volvo", north.DANISH["vowel"]),
        ("da", "DSB", north.DANISH["mark"]),
        ("nl", "Philip", dutch.CONSONANT),
        ("nl", "Ziggo", dutch.VOWEL),
        ("nl", "KPN", dutch.MARKED),
        ("de", "Telekom", german.CONSONANT),
        ("de", "Daimler", german.AFTER_ER),
        ("de", "Tchibo", german.VOWEL),
        ("de", "BMW", german.MARKED),
        ("en", "Telia", english.MARKED),
    ],
)
def test_every_ending_of_a_table_makes_a_form(language: str, name: str, table: frozenset[str]) -> None:
    for ending in table:
        assert how(name, name + ending, language) == "inflected", ending
        assert how(name, name[:-1] + "q" + ending, language) == "", ending


def test_only_the_languages_of_a_watch_count() -> None:
    assert how("Telia", "Teliassa", "sv") == how("Nordpost", "Nordposten", "en") == ""
    assert how("Telia", "Telia's", "fi") == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Telia:miksi", "Telia"),
        ("Telia: miksi", "Telia"),
        ("Telia- ja Elisa", "Telia"),
        ("(Telia)", "Telia"),
        ("ex-Telia", "Telia"),
        ("telia.fi", "telia"),
        ("Telia–Elisa", "Telia"),
        ("Telian-asiakas", "Telian-asiakas"),
    ],
)
def test_what_stands_around_the_name_is_not_the_name(text: str, found: str) -> None:
    (hit,) = Matcher({1: "Telia"}).match(text)
    assert [span.text for span in hit.spans] == [found]


@pytest.mark.parametrize(
    "text",
    ["@telia", "#telia", "@min.telia.fi", "me@telia.fi", "mitelia", "_telia", "telia_fi", "Télia", "Teliä"],
)
def test_handles_hashtags_and_other_letters_are_not_the_name(text: str) -> None:
    assert Matcher({1: "Telia"}).match(text) == []
