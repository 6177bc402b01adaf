"""The filter as a value: what meets it, and how it is written and read."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from gensvar.process.listen.filter import (
    ABOUT,
    KINDS,
    LARGEST,
    BadFilter,
    Filter,
    Traits,
    from_dict,
    from_query,
    language,
    meets,
    to_dict,
    to_query,
)

PARTS = [part.name for part in fields(Filter)]

PARCEL = Traits(
    watches=frozenset({1, 2}),
    about=frozenset({"brand", "product"}),
    tagged=False,
    own_channel=True,
    language="sv",
    channel=7,
    followers=320,
    kind="complaint",
    text="paketet\nåkte till östersund igen",
)

FILTERS = st.builds(
    Filter,
    watch=st.frozensets(st.integers(0, 12), max_size=3),
    about=st.frozensets(st.sampled_from(ABOUT), max_size=3),
    tagged=st.sampled_from([None, True, False]),
    place=st.sampled_from(["", "own", "elsewhere"]),
    lang=st.frozensets(st.sampled_from(["sv", "fi", "smi", "und"]), max_size=3),
    channel=st.frozensets(st.integers(0, 12), max_size=2),
    reach=st.integers(0, LARGEST),
    kind=st.frozensets(st.sampled_from(KINDS), max_size=3),
    words=st.lists(st.sampled_from(["ÅKTE", "a&b=c", "100%", "ß", "#x"]), max_size=3, unique=True).map(tuple),
)


def test_an_empty_filter_asks_for_nothing() -> None:
    assert not Filter()
    assert meets(Filter(), PARCEL)
    assert (to_dict(Filter()), to_query(Filter())) == ({}, "")


@pytest.mark.parametrize(
    ("wanted", "other"),
    [
        (Filter(watch=frozenset({2})), replace(PARCEL, watches=frozenset({1}))),
        (Filter(about=frozenset({"product"})), replace(PARCEL, about=frozenset({"brand"}))),
        (Filter(tagged=False), replace(PARCEL, tagged=True)),
        (Filter(place="own"), replace(PARCEL, own_channel=False)),
        (Filter(lang=frozenset({"sv", "fi"})), replace(PARCEL, language="")),
        (Filter(channel=frozenset({7})), replace(PARCEL, channel=8)),
        (Filter(reach=320), replace(PARCEL, followers=319)),
        (Filter(reach=1), replace(PARCEL, followers=None)),
        (Filter(kind=frozenset({"complaint"})), replace(PARCEL, kind="")),
        (Filter(words=("ÖSTERSUND", "Paketet")), replace(PARCEL, text="östersund")),
    ],
)
def test_each_part_lets_one_in_and_keeps_the_other_out(wanted: Filter, other: Traits) -> None:
    assert meets(wanted, PARCEL)
    assert not meets(wanted, other)


def test_what_is_not_known_can_be_asked_for_too() -> None:
    assert meets(Filter(lang=frozenset({"und"})), replace(PARCEL, language=""))
    assert meets(Filter(kind=frozenset({"unjudged"})), replace(PARCEL, kind=""))


@given(FILTERS)
def test_a_filter_is_read_as_it_was_written(wanted: Filter) -> None:
    assert from_dict(json.loads(json.dumps(to_dict(wanted)))) == wanted
    assert from_query(dict(QueryDict(to_query(wanted)).lists())) == wanted


def test_a_form_sends_empty_fields_and_names_that_are_not_ours() -> None:
    said = {"tagged": [""], "reach": [" "], "lang": ["", "fi"], "page": ["2"], "words": ["  two  words "]}
    assert from_query(said) == Filter(lang=frozenset({"fi"}), words=("two", "words"))


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("watch=abc", "watch"),
        ("watch=-1", "watch"),
        ("watch=99999999999", "watch"),
        ("watch=٣", "watch"),
        ("about=everything", "about"),
        ("tagged=maybe", "tagged"),
        ("place=moon", "place"),
        ("lang=english", "lang"),
        ("lang=SV", "lang"),
        ("lang=%27%20OR%201%3D1", "lang"),
        ("channel=1%00", "channel"),
        ("reach=1e9", "reach"),
        ("reach=2147483648", "reach"),
        ("kind=closed", "kind"),
        ("words=one+two+three+four+five+six+seven", "words"),
        ("words=" + "x" * 61, "words"),
        ("&".join(f"watch={number}" for number in range(51)), "watch"),
    ],
)
def test_a_bad_value_is_named_with_its_mend(query: str, part: str) -> None:
    with pytest.raises(BadFilter) as said:
        from_query(dict(QueryDict(query).lists()))
    assert said.value.part == part
    assert said.value.why
    assert len(str(said.value)) < 300


@pytest.mark.parametrize(
    "said",
    [
        {"nonsense": 1},
        {"watch": 1},
        {"watch": [True]},
        {"watch": [[1]]},
        {"about": [None]},
        {"about": "brand"},
        {"tagged": "perhaps"},
        {"place": ["own"]},
        {"lang": [1]},
        {"reach": -1},
        {"reach": 1.5},
        {"kind": [{}]},
        {"words": ["two words"]},
        {"words": [3]},
    ],
)
def test_a_stored_filter_that_cannot_be_read_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(BadFilter):
        from_dict(said)


@given(st.dictionaries(st.sampled_from([*PARTS, "page"]), st.lists(st.text())))
def test_no_query_string_does_worse_than_being_refused(said: dict[str, list[str]]) -> None:
    try:
        wanted = from_query(said)
    except BadFilter:
        return
    assert from_dict(to_dict(wanted)) == wanted


@pytest.mark.parametrize(
    ("tag", "code"),
    [("sv-SE", "sv"), ("PT_br", "pt"), ("smi", "smi"), ("", ""), ("und", ""), ("engelska", ""), ("日本", "")],
)
def test_a_language_tag_is_kept_without_its_region(tag: str, code: str) -> None:
    assert language(tag) == code
