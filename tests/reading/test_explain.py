"""A query in words."""

import re

import pytest

from gensvar.reading.explain import SENTENCES, Piece, explain
from gensvar.reading.query import BadQuery


def test_it_names_ways_and_what_is_left_out() -> None:
    assert explain("tekir OR #tekir NOT kissa") == [
        Piece("any"),
        Piece("word", "tekir", depth=1),
        Piece("tag", "tekir", depth=1),
        Piece("without"),
        Piece("word", "kissa", depth=1),
    ]


def test_it_reads_as_english_lines() -> None:
    lines = [str(piece) for piece in explain('"tekir oy" NEAR/5 hinta* lang:fi')]
    assert lines == [
        "All of these:",
        "At most 5 words apart:",
        "the words “tekir oy” in this order; the last may be inflected",
        "words that begin with “hinta”",
        "posts in the language fi",
    ]


@pytest.mark.parametrize("kind", SENTENCES)
def test_every_sentence_takes_only_what_a_piece_has(kind: str) -> None:
    assert set(re.findall(r"{(\w+)}", SENTENCES[kind])) <= {"text", "words"}
    assert str(Piece(kind, "x", 3))


def test_a_query_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(BadQuery):
        explain("(tekir")
