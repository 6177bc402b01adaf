"""Inflected forms and compounds keep their place and their `how` among letters that are more than a code point."""

import unicodedata
from collections.abc import Callable

import pytest

from gensvar.reading.matcher import Matcher

FORMS = [
    ("Tekir", "Tekirissä", "inflected"),
    ("Telia", "Teliallekin", "inflected"),
    ("Sampo", "Sammon", "inflected"),
    ("VR", "VR:llä", "inflected"),
    ("Ziggo", "Ziggo’s", "inflected"),
    ("ICA", "ICA:s", "inflected"),
    ("KPN", "KPN'er", "inflected"),
    ("Bahn", "Bahnübergänge", "compound"),
    ("SJ", "SJ-tåg", "compound"),
    ("Elkjøp", "Elkjøpkunde", "compound"),
    ("Sähkö", "Sähkölasku", "compound"),
    ('"Nokian Renkaat"', "Nokian Renkaiden", "phrase"),
    ("=Tekir", "Tekir", "exact"),
]

type Spelling = Callable[[str], str]


def full_width(text: str) -> str:
    """Letters and signs as wide as a Chinese one."""
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def bold(text: str) -> str:
    """Small letters from mathematics."""
    return "".join(chr(0x1D41A + ord(each) - ord("a")) if "a" <= each <= "z" else each for each in text)


def loose(text: str) -> str:
    """Dots and rings as marks of their own."""
    return unicodedata.normalize("NFD", text)


def sprinkled(text: str) -> str:
    """Signs without width between all letters."""
    return "\u200b".join(text)


def hyphenated(text: str) -> str:
    """Where the word may be broken."""
    return text[:3] + "\u00ad" + text[3:]


SPELLINGS: list[Spelling] = [str, str.upper, full_width, bold, loose, sprinkled, hyphenated]
BEFORE = [
    "",
    "🎉",
    "👩‍👩‍👧❤️ ",
    "🇫🇮1️⃣",
    "e\u0301 ",
    "ｗｉｄｅ\u3000",
    "\u200b\ufeff",
    "ﬁne İß ",
    "x\u200d, ",
    "a\u0308\u0323o\u0308 ",
]
AFTER = ["", " 🎉 e\u0301", "\u200b!", "🎉", "?\u0301"]


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(("query", "form", "how"), FORMS)
def test_a_form_is_found_where_it_stands(query: str, form: str, how: str, spelling: Spelling) -> None:
    written, matcher = spelling(form), Matcher({1: query})
    for before in BEFORE:
        for after in AFTER:
            (hit,) = matcher.match(before + written + after)
            (span,) = hit.spans
            assert (span.start, span.end) == (len(before), len(before) + len(written)), (before, after)
            assert (span.text, span.how) == (written, how)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("SJ", "sjö"),
        ("Alko", "alkoi"),
        ("Elisa", "Elisabet"),
        ("Telekom", "Telekommunikation"),
        ("Kesko", "keskonen"),
    ],
)
def test_a_false_friend_stays_one_however_it_is_typed(query: str, other: str, spelling: Spelling) -> None:
    matcher = Matcher({1: query})
    assert [before for before in BEFORE if matcher.match(before + spelling(other))] == []
