"""The form that writes a query, and the way back from a query to the form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.reading.form import BOXES, Form, entries, read, suggest, write, wrong
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


def test_entries_stand_between_commas_and_lines() -> None:
    assert entries('Tekir, Tekir Oy;TekirApp\n"Toys, Inc." ,, ”Alku, loppu”') == (
        "Tekir",
        "Tekir Oy",
        "TekirApp",
        '"Toys, Inc."',
        '"Alku, loppu"',
    )
    assert entries(' , \n"') == ('"',)
    assert entries("Tekir, Tekir") == ("Tekir",)


def test_signs_of_the_language_mean_in_the_form_what_they_mean_in_a_query() -> None:
    form = Form(name=("=Tekir", "tekir*"), without=("=Tekirin", "#ad", "from:@tekir_fi", "lang:tr"))
    assert write(form) == "=Tekir OR tekir* NOT =Tekirin NOT #ad NOT from:@tekir_fi NOT lang:tr"


@pytest.mark.parametrize(
    ("box", "entry", "says"),
    [
        ("handles", "tekir!", "no handle"),
        ("hashtags", "tekir-oy", "letters, digits and _"),
        ("addresses", "tekir", "a domain, such as"),
    ],
)
def test_an_entry_that_makes_no_term_is_named_with_its_mend(box: str, entry: str, says: str) -> None:
    (found,) = wrong(Form(**{"name": ("Tekir",), box: (entry,)}))
    assert (found.box, found.entry) == (box, entry)
    assert says in found.why


def test_a_bare_name_becomes_a_query_that_finds_its_hashtag_too() -> None:
    assert write(suggest(["Tekir"])) == "Tekir OR #tekir"
    assert write(suggest(["Tekir Oy"])) == '"Tekir Oy" OR #tekiroy'


def test_what_carries_a_sign_goes_into_its_box() -> None:
    form = suggest(["Tekir", "#tekirfi", "@tekir_fi", "https://www.tekir.fi/", "url:tekir.com"])
    assert form.hashtags == ("tekir", "#tekirfi")
    assert form.handles == ("@tekir_fi",)
    assert form.addresses == ("https://www.tekir.fi/", "url:tekir.com")


def test_a_query_goes_back_into_its_form() -> None:
    query = 'Tekir OR "Tekir Oy" OR TekirApp OR @tekir_fi OR #tekir OR url:tekir.fi NOT kissa -"iso kissa"'
    assert read(query, Form(products=("tekirapp",))) == Form(
        name=("Tekir", "Tekir Oy"),
        products=("TekirApp",),
        handles=("@tekir_fi",),
        hashtags=("#tekir",),
        addresses=("url:tekir.fi",),
        without=("kissa", "iso kissa"),
    )


@pytest.mark.parametrize(
    "query",
    [
        "tekir kissa",
        "tekir AND kissa",
        "tekir NEAR/3 kissa",
        "(tekir OR kissa)",
        "tekir OR (kissa NOT koira)",
        "tekir NOT (kissa OR koira)",
        "lang:fi",
        "from:@tekir",
    ],
)
def test_a_query_that_says_more_than_the_form_is_left_to_the_hand(query: str) -> None:
    assert read(query) is None


TYPED = st.text(max_size=8) | st.text(alphabet='ab "=*#@-,;.:/()ORNT', max_size=8)
WORDS = st.lists(TYPED, max_size=2)


@given(st.fixed_dictionaries(dict.fromkeys(BOXES, WORDS)))
def test_what_the_form_wrote_goes_back_and_says_the_same(boxes: dict[str, list[str]]) -> None:
    form = Form(**{box: tuple(found) for box, found in boxes.items()})
    query = write(form)
    if not query or wrong(form):
        return
    back = read(query, form)
    assert back is not None
    assert set(parse(write(back)).ways) == set(parse(query).ways)
    assert set(parse(write(back)).without) == set(parse(query).without)


def test_quotation_marks_stay_where_they_mean_something() -> None:
    assert read('"0:" OR "Tekir" NOT "@kissa"') == Form(name=('"0:"', "Tekir"), without=('"@kissa"',))
