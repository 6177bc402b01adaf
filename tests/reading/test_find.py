"""Where exactly a term begins and ends to be met."""

import pytest

from gensvar.reading.finders import longest_form
from gensvar.reading.forms import Stem
from gensvar.reading.matcher import Matcher


def spans(query: str, text: str) -> list[str]:
    """What `query` finds in `text`."""
    return [span.text for hit in Matcher({1: query}).match(text) for span in hit.spans]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@tekir", ["@tekir"]),
        ("@tekir.", ["@tekir"]),
        ("@tekir... hei", ["@tekir"]),
        ("@tekir.- hei", ["@tekir"]),
        ("@tekir, hei", ["@tekir"]),
        ("@tekir.fi hei", []),
        ("@tekir..fi hei", []),
        ("@tekir-fi hei", []),
        ("@tekir.-_ hei", []),
        ("@tekirs hei", []),
        ("a@tekir hei", []),
        (".@tekir hei", ["@tekir"]),
    ],
)
def test_a_handle_ends_where_its_letters_end(text: str, found: list[str]) -> None:
    assert spans("@tekir", text) == found


@pytest.mark.parametrize(
    ("text", "is_met"),
    [
        ("tekir hinta", True),
        ("tekir on hinta", True),
        ("tekir on se hinta", False),
        ("hinta tekir", True),
        ("hinta on tekir", True),
        ("hinta on se tekir", False),
        ("hinta on, se. tekir on hinta", True),
        ("tekir", False),
    ],
)
def test_words_within_near_are_counted_to_the_second_word(text: str, is_met: bool) -> None:
    assert bool(spans("tekir NEAR/2 hinta", text)) is is_met


def test_nothing_is_near_itself() -> None:
    assert spans("tekir NEAR/2 tekir", "tekir") == []
    assert spans("tekir NEAR/2 tekir", "tekir on tekir") == ["tekir", "tekir"]


LONG = Stem("telia", (frozenset({":n"}),), ("fi",))
SHORT = Stem("teli", (frozenset({"a"}),))


@pytest.mark.parametrize("stems", [(LONG, SHORT), (SHORT, LONG)])
def test_of_two_stems_the_longest_form_counts(stems: tuple[Stem, ...]) -> None:
    assert longest_form("telia:n", 0, stems) == (0, 7, "inflected")


def test_of_two_stems_with_equally_long_forms_the_first_counts() -> None:
    assert longest_form("telia", 0, (LONG, SHORT)) == (0, 5, "exact")
    assert longest_form("telia", 0, (SHORT, LONG)) == (0, 5, "inflected")
