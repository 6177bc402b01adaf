"""How bad a case is: the first row of the table that matches says so."""

import pytest

from gensvar.process.assess.severity import (
    TABLE,
    BadRow,
    Row,
    Traits,
    from_json,
    matches,
    to_json,
    weigh,
)
from gensvar.process.case.steps import Severity


@pytest.mark.parametrize(
    ("traits", "expected"),
    [
        (Traits("other", "low", "threat"), Severity.CRITICAL),
        (Traits("complaint", "normal", "hate"), Severity.HIGH),
        (Traits("other", "low", may_threaten=True), Severity.HIGH),
        (Traits("complaint", "normal", "insult", may_threaten=True), Severity.HIGH),
        (Traits("complaint", "high", "", 20_000, may_threaten=True), Severity.CRITICAL),
        (Traits("complaint", "high", "", 20_000), Severity.CRITICAL),
        (Traits("complaint", "high", "insult"), Severity.HIGH),
        (Traits("complaint", "normal", "", 10_000), Severity.HIGH),
        (Traits("complaint", "normal", "", None), Severity.NORMAL),
        (Traits("complaint", "normal", "insult"), Severity.NORMAL),
        (Traits("praise", "normal"), Severity.LOW),
        (Traits("other", "high", "insult"), Severity.NORMAL),
        (Traits("question", "low"), Severity.LOW),
        (Traits(), Severity.NORMAL),
    ],
)
def test_the_shipped_table(traits: Traits, expected: Severity) -> None:
    assert weigh(TABLE, traits)[0] is expected


def test_the_first_row_that_matches_wins_and_is_named() -> None:
    rows = (Row(Severity.LOW, kinds=frozenset({"praise"})), Row(Severity.HIGH), Row(Severity.CRITICAL))
    assert weigh(rows, Traits("complaint")) == (Severity.HIGH, 1)
    assert weigh(rows, Traits("praise")) == (Severity.LOW, 0)


def test_what_no_row_matches_is_normal() -> None:
    assert weigh((), Traits("complaint", "high", "threat")) == (Severity.NORMAL, None)


def test_every_condition_of_a_row_must_hold() -> None:
    row = Row(Severity.HIGH, frozenset({"complaint"}), frozenset({"high"}), frozenset({"none"}), reach=100)
    assert matches(row, Traits("complaint", "high", "", 100))
    assert not matches(row, Traits("question", "high", "", 100))
    assert not matches(row, Traits("complaint", "low", "", 100))
    assert not matches(row, Traits("complaint", "high", "insult", 100))
    assert not matches(row, Traits("complaint", "high", "", 99))
    assert not matches(row, Traits("complaint", "high", "", None))


def test_a_table_comes_back_as_it_was_written() -> None:
    assert from_json(to_json(TABLE)) == TABLE


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ({"severity": 4}, "severity"),
        ({}, "severity"),
        ({"severity": 1, "reach": -1}, "reach"),
        ({"severity": 1, "kinds": ["rant"]}, "kinds"),
        ({"severity": 1, "abuses": ["any"]}, "abuses"),
        ({"severity": 1, "urgencies": ["soon"]}, "urgencies"),
    ],
)
def test_a_row_that_cannot_be_read_names_its_part(row: dict[str, object], part: str) -> None:
    with pytest.raises(BadRow) as error:
        from_json([row])
    assert error.value.part == part
