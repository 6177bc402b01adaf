"""The form that writes a query."""

from hypothesis import given
from hypothesis import strategies as st

from gensvar.reading.form import Form, write
from gensvar.reading.query import parse


def test_it_writes_what_a_person_would_have_to() -> None:
    form = Form(
        name=("Tekir", "Tekir Oy"),
        products=("TekirApp",),
        people=("Maija Meikäläinen",),
        handles=("@tekir_fi", "tekir.bsky.social"),
        hashtags=("tekir",),
        addresses=("https://www.tekir.fi/",),
        without=("kissa", "Tekirdağ"),
    )
    assert write(form) == (
        'Tekir OR "Tekir Oy" OR TekirApp OR "Maija Meikäläinen" OR @tekir_fi OR @tekir.bsky.social'
        " OR #tekir OR url:tekir.fi NOT kissa NOT Tekirdağ"
    )


def test_a_name_that_looks_like_a_sign_is_taken_as_a_name() -> None:
    assert write(Form(name=("Not",))) == '"Not"'
    assert write(Form(name=('the "Best" Shop',))) == '"the Best Shop"'


def test_a_name_is_written_once_and_nothing_writes_nothing() -> None:
    assert write(Form(name=("Tekir",), products=("Tekir", " "))) == "Tekir"
    assert write(Form(without=("kissa",))) == ""
    assert write(Form(name=("!!",))) == ""


@given(st.lists(st.text(max_size=12), max_size=3), st.lists(st.text(max_size=12), max_size=2))
def test_whatever_is_typed_as_a_name_can_be_read(names: list[str], without: list[str]) -> None:
    if query := write(Form(name=tuple(names), without=tuple(without))):
        assert parse(query).ways
