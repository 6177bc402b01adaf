"""Reading a watch's query: what it means, and errors that point at the place and say the mend."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.kernel.sentence import Sentence
from gensvar.reading.query import BadQuery, Group, Near, Term, literals, parse


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


def test_near_binds_tighter_than_and_and_goes_on_from_the_left() -> None:
    a, b, c, d = (Term("word", letter + "1") for letter in "abcd")
    assert parse("a1 b1 NEAR/3 c1 NEAR/9 d1").ways == ((a, Near(Near(b, c, 3), d, 9)),)


def test_not_takes_the_whole_pair_that_stands_near() -> None:
    pair = Near(Term("word", "b1"), Term("word", "c1"), 2)
    assert parse("a1 NOT b1 NEAR/2 c1") == parse("a1 -b1 NEAR/2 c1")
    assert parse("a1 NOT b1 NEAR/2 c1").without == (pair,)


def test_a_minus_goes_before_words_quotes_and_parentheses() -> None:
    for query in ("tekir -(kissa)", "tekir NOT (kissa)"):
        assert parse(query).without == (Group(((Term("word", "kissa"),),)),)
    assert parse('tekir -"iso kissa"').without == (Term("phrase", "iso kissa"),)


def test_an_exclusion_in_parentheses_stays_in_them() -> None:
    assert parse("a1 OR (b1 NOT c1)").without == ()


def test_fields_and_other_peoples_quotes_are_read() -> None:
    assert parse("from:@Tekir_fi LANG:FI „Tekir Oy“").ways == (
        (Term("from", "tekir_fi"), Term("lang", "fi"), Term("phrase", "tekir oy")),
    )


def test_a_query_is_folded_as_posts_are() -> None:
    assert parse("Ｔｅｋｉｒ") == parse("TEKIR")
    assert parse("cafe\N{COMBINING ACUTE ACCENT}") == parse("café")


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
        ("tekir OR", 9, "what comes after"),
        ("tekir AND", 10, "what comes after"),
        ("tekir OR AND oy", 10, "what comes after"),
        ("(tekir OR) oy", 10, "what comes after"),
        ("NOT NOT tekir", 5, "something after it"),
        ("tekir NEAR oy", 7, "such as NEAR/5"),
        ("tekir NEAR/0 oy", 7, "such as NEAR/5"),
        ("tekir NEAR/101 oy", 7, "such as NEAR/5"),
        ("NEAR/5 oy", 1, "what comes before"),
        ("tekir NEAR/5", 13, "what comes after"),
        ("tekir NEAR/5 lang:fi", 14, "on both sides"),
        ("url:tekir.fi NEAR/5 tekir", 14, "on both sides"),
        ("te*kir", 1, "only at the end"),
        ("=tekir*", 1, "take one of them away"),
        ("tekir, oy", 1, "write OR"),
        ("oy #te-kir", 4, "only letters"),
        ("oy @te/kir", 4, "no handle"),
        ("oy url:tekir", 4, "such as url:tekir.fi"),
        ("oy lang:finnish", 4, "lang:fi"),
        ("(" * 41 + "a" + ")" * 41, 41, "use fewer"),
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
    assert caught.value.why == Sentence(caught.value.why.template, **caught.value.why.values)


@given(st.text(alphabet='ab ()"#@-*=:/5ORNTEA\u202e', max_size=40))
def test_any_text_is_read_or_refused_with_a_column_within_it(query: str) -> None:
    try:
        assert isinstance(parse(query), Group)
    except BadQuery as error:
        assert 1 <= error.column <= len(query) + 1  # noqa: PT017  either way something is asserted
