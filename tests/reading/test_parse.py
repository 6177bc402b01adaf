"""Reading a watch's query: what it means, and errors that point at the place and say the mend."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.reading.query import BadQuery, Group, Term, literals, parse


def test_words_side_by_side_mean_and() -> None:
    assert parse("lost parcel").ways == ((Term("word", "lost"), Term("word", "parcel")),)


def test_and_binds_tighter_than_or() -> None:
    assert parse("a1 AND b1 OR c1").ways == ((Term("word", "a1"), Term("word", "b1")), (Term("word", "c1"),))


def test_not_excludes_from_its_group_wherever_it_stands() -> None:
    assert parse("NOT kissa tekir") == parse("tekir NOT kissa") == parse("tekir -kissa")
    assert parse("tekir NOT kissa").without == (Term("word", "kissa"),)


def test_every_sign_has_its_meaning() -> None:
    query = '=Tekir tek* "Tekir Oy" #tekir @tekir_fi url:https://tekir.fi/'
    assert [term.how for term in parse(query).ways[0] if isinstance(term, Term)] == [
        "exact",
        "prefix",
        "phrase",
        "tag",
        "handle",
        "url",
    ]
    assert Term("url", "tekir.fi") in parse(query).ways[0]


def test_exclusions_are_no_literals() -> None:
    assert literals(parse("(a1 OR b1) NOT c1")) == {"a1", "b1"}


@pytest.mark.parametrize(
    ("query", "column", "mend"),
    [
        ("", 1, "write at least one word"),
        ("(tekir", 1, "add a ')'"),
        ("tekir)", 6, "take it away"),
        ("NOT tekir", 1, "write at least one word"),
        ('tekir "Tekir Oy', 7, 'add a "'),
        ("OR tekir", 1, "write what comes before"),
        ("tekir NOT", 10, "something after it"),
        ("tekir NEAR/5 oy", 7, "not understood yet"),
        ("tekir #", 7, "write a word"),
        ("ok ()", 4, "write at least one word"),
    ],
)
def test_a_query_that_cannot_be_read_says_where_and_how_to_mend_it(
    query: str, column: int, mend: str
) -> None:
    with pytest.raises(BadQuery) as caught:
        parse(query)
    assert caught.value.column == column
    assert mend in caught.value.why


@given(st.text(alphabet='ab ()"#@-*=:ORNT\u202e', max_size=40))
def test_any_text_is_read_or_refused_with_a_column_within_it(query: str) -> None:
    try:
        assert isinstance(parse(query), Group)
    except BadQuery as error:
        assert 1 <= error.column <= len(query) + 1  # noqa: PT017  either way something is asserted
