"""The n-grams of many words at once are those of each."""

from hypothesis import given
from hypothesis import strategies as st

from gensvar.reading.judge import grams, runs

WORDS = [
    "å",
    "paket",
    "ärjäåå",
    "\\asks",
    "don't",
    "#tåg",
    "😡😡",
    "!!",
    "\ud800x",
    "𝒷ra",
    "kiitos",
    "weg",
    "x€x",
]


def of_each(forms: list[str]) -> list[list[int]]:
    row = runs.buckets(forms)
    return [
        sorted(row.numbers[begin : begin + size].tolist())
        for begin, size in zip(row.begins.tolist(), row.sizes.tolist(), strict=True)
    ]


def test_of_few_and_of_many_they_are_those_of_each() -> None:
    assert len(WORDS) >= runs.FEW
    expected = [sorted(grams.of_word(form).tolist()) for form in WORDS]
    assert of_each(WORDS) == expected
    assert of_each(WORDS[: runs.FEW - 1]) == expected[: runs.FEW - 1]


@given(st.lists(st.text(min_size=1, max_size=12), min_size=runs.FEW, max_size=30))
def test_any_words_have_those_of_each(forms: list[str]) -> None:
    assert of_each(forms) == [sorted(grams.of_word(form).tolist()) for form in forms]
