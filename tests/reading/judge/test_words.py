"""How a post is cut into words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.reading.judge import words


@pytest.mark.parametrize(
    ("token", "form"),
    [
        ("KATASTROF", "katastrof"),
        ("Suuuuper", "suuper"),
        ("@norrtel", "@"),
        ("https://example.org/a?b=c", "&"),
        ("1299", "0000"),
        ("²", "0"),
        ("don’t", "don't"),
        ("!!!!", "!!"),
    ],
)
def test_a_token_has_the_form_that_others_like_it_have(token: str, form: str) -> None:
    assert words.form(token) == form


@given(st.text(min_size=1))
def test_a_form_stays_as_it_is(text: str) -> None:
    for word in words.cut(text):
        assert words.form(word.form) == word.form


@given(st.text())
def test_pieces_are_the_whole_text(text: str) -> None:
    pieces = words.pieces(text)
    assert "".join(pieces) == text
    assert [text[word.start : word.end] for word in words.cut(text)] == pieces[1::2]


def test_places_are_right_after_emoji_and_combining_marks() -> None:
    text = "👩‍👩‍👧 Café\u0301 ÄLSKAR 😡 tåget"
    assert [text[one.start : one.end] for one in words.cut(text)][-3:] == ["ÄLSKAR", "😡", "tåget"]


def test_a_word_that_goes_on_for_ever_is_cut_and_a_long_post_is_read_to_its_limit() -> None:
    found = words.cut("ab" * 50_000 + " slut")
    assert [len(one.form) for one in found] == [words.LONGEST_WORD]


def test_no_word_of_a_post_looks_like_a_sign() -> None:
    assert not any(
        one.form.startswith("\\") and len(one.form) > 1 for one in words.cut("\\good \\\\bad \\asks")
    )
