"""Queries that cannot be read, put right where there is one sensible way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.reading.mends import mend
from gensvar.reading.query import parse

SLIPS = {
    "tekir, kissa, koira": "tekir OR kissa OR koira",
    "tekir,": "tekir",
    '"tekir oy': '"tekir oy"',
    "“tekir oy": '"tekir oy"',
    "(tekir OR kissa": "(tekir OR kissa)",
    "((tekir)": "((tekir))",
    "tekir)": "tekir",
    "tekir OR": "tekir",
    "tekir OR (": "tekir",
    "OR tekir": "tekir",
    "tekir OR OR kissa": "tekir OR kissa",
    "tekir NOT": "tekir",
    "tekir NOT OR kissa": "tekir NOT kissa",
    "tekir NEAR kissa": "tekir kissa",
    "=tekir*": "=tekir",
    "te*kir": "tekir",
    "tekir ()": "tekir",
}


@pytest.mark.parametrize("query", SLIPS)
def test_a_slip_is_put_right(query: str) -> None:
    assert mend(query) == SLIPS[query]


@pytest.mark.parametrize("query", ["", "NOT tekir", "*", "#te-kir", "@", "url:tekir", "tekir"])
def test_what_nobody_could_tell_is_left_alone(query: str) -> None:
    assert mend(query) is None


@given(st.text(alphabet='ab "()*,=#@-:ORNTEA/5', max_size=30))
def test_what_is_offered_can_be_read(query: str) -> None:
    if mended := mend(query):
        assert parse(mended).ways
