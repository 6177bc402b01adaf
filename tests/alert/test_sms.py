"""Text messages: how long they are in places, what is cut, and which numbers are numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gensvar.process.alert import sms

LENGTHS = [
    ("", 0, True),
    ("a" * 160, 160, True),
    ("€", 2, True),  # in the extension table
    ("[x]", 5, True),
    ("åäöÅÄÖñüßé", 10, True),
    ("ő", 1, False),
    ("Ж" * 70, 70, False),
    ("😀", 2, False),  # a surrogate pair
    ("hej 😀", 6, False),
]


@pytest.mark.parametrize(("text", "length", "gsm"), LENGTHS)
def test_how_long_it_is(text: str, length: int, gsm: bool) -> None:
    assert (sms.length(text), sms.is_gsm(text)) == (length, gsm)


FITS = [
    ("a" * 160, 1, True),
    ("a" * 161, 1, False),
    ("a" * 306, 2, True),
    ("a" * 307, 2, False),
    ("Ж" * 70, 1, True),
    ("Ж" * 71, 1, False),
    ("Ж" * 134, 2, True),
    ("Ж" * 135, 2, False),
]


@pytest.mark.parametrize(("text", "parts", "fits"), FITS)
def test_what_fits_into_so_many(text: str, parts: int, fits: bool) -> None:
    assert sms.fits(text, parts) is fits


def test_typography_does_not_halve_the_message() -> None:
    assert sms.plain("“Nej” – det är … klart’s") == '"Nej" - det är ... klart\'s'
    assert sms.is_gsm(sms.plain("“Nej” – det är … klart"))


@given(some.text(max_size=800), some.integers(1, 3))
def test_the_link_is_never_cut_and_it_always_fits(said: str, parts: int) -> None:
    said, link = said.replace("\ud800", ""), " https://desk.example/w/nordpost/case/12345/"
    text = sms.fitted("Nordpost: Maria: ", said, link, parts)
    assert text.endswith(link)
    assert sms.fits(text, parts)


@pytest.mark.parametrize(
    ("given_number", "number"),
    [
        ("+46 70-123 45 67", "+46701234567"),
        ("0046701234567", "+46701234567"),
        ("+358 (40) 123.4567", "+358401234567"),
        ("070 123 45 67", ""),
        ("+0701234567", ""),
        ("+46", ""),
        ("+46701234567890123", ""),
        ("+4670123x567", ""),
        ("+46701234567&to=+46709999999", ""),
        ("+４６７０１２３４５６７", ""),
    ],
)
def test_which_numbers_are_numbers(given_number: str, number: str) -> None:
    assert sms.number(given_number) == number
