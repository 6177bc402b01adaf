"""How bad a case is: a table of rows with conditions, of which the first that matches wins; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gensvar.process.case.steps import Severity

KINDS = ("complaint", "question", "praise", "other")
URGENCIES = ("low", "normal", "high")
PERHAPS = "perhaps-threat"
ABUSES = ("none", "insult", "hate", "threat", PERHAPS, "obscene", "spam", "unnamed")
"""Grounds, and `none` for what is not abusive; `unnamed`: a person said that it is abusive, and no ground;
`perhaps-threat`: a fair chance of a threat, of which no machine is sure."""

MOST_ROWS, LARGEST_REACH = 20, 2**31 - 1


@dataclass(frozen=True, slots=True)
class Row:
    """When all of its conditions hold, the case is as bad as this. An empty condition always holds."""

    severity: Severity
    kinds: frozenset[str] = frozenset()
    urgencies: frozenset[str] = frozenset()
    abuses: frozenset[str] = frozenset()
    reach: int = 0
    """At least so many followers."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What the table looks at. `kind` and `urgency` "" = not known, `abuse` "" = not abusive."""

    kind: str = ""
    urgency: str = ""
    abuse: str = ""
    reach: int | None = None
    may_threaten: bool = False

    @property
    def abuses(self) -> frozenset[str]:
        """What is met of the conditions on abuse."""
        return frozenset({self.abuse or "none", *([PERHAPS] if self.may_threaten else [])})


LOUD = 10_000
"""Followers from which a post is read by a public of its own."""

TABLE = (
    Row(Severity.CRITICAL, abuses=frozenset({"threat"})),
    Row(Severity.HIGH, abuses=frozenset({"hate"})),
    Row(Severity.CRITICAL, kinds=frozenset({"complaint"}), urgencies=frozenset({"high"}), reach=LOUD),
    Row(Severity.HIGH, abuses=frozenset({PERHAPS})),
    Row(Severity.HIGH, kinds=frozenset({"complaint", "question"}), urgencies=frozenset({"high"})),
    Row(Severity.HIGH, kinds=frozenset({"complaint"}), reach=LOUD),
    Row(Severity.LOW, kinds=frozenset({"praise", "other"}), abuses=frozenset({"none"})),
    Row(Severity.LOW, kinds=frozenset({"question"}), urgencies=frozenset({"low"})),
)
"""The table that is shipped. What no row matches is normal."""


def weigh(rows: Sequence[Row], traits: Traits) -> tuple[Severity, int | None]:
    """How bad it is, and by which row (None: no row matches, so it is normal)."""
    for number, row in enumerate(rows):
        if matches(row, traits):
            return row.severity, number
    return Severity.NORMAL, None


def matches(row: Row, traits: Traits) -> bool:
    """Whether every condition of the row holds."""
    return (
        (not row.kinds or traits.kind in row.kinds)
        and (not row.urgencies or traits.urgency in row.urgencies)
        and (not row.abuses or not row.abuses.isdisjoint(traits.abuses))
        and (traits.reach or 0) >= row.reach
    )


class BadRow(ValueError):
    """A row cannot be read; `part` says which condition."""

    def __init__(self, part: str) -> None:
        self.part = part
        super().__init__(part)


def to_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """As plain JSON; `from_json` reads it back."""
    return [
        {
            "severity": int(row.severity),
            "kinds": sorted(row.kinds),
            "urgencies": sorted(row.urgencies),
            "abuses": sorted(row.abuses),
            "reach": row.reach,
        }
        for row in rows
    ]


def from_json(said: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
    """The rows; raises BadRow."""
    return tuple(_row(each) for each in said[:MOST_ROWS])


def _row(said: Mapping[str, Any]) -> Row:
    severity, reach = said.get("severity"), said.get("reach", 0)
    if severity not in list(Severity):
        raise BadRow("severity")
    if not isinstance(reach, int) or not 0 <= reach <= LARGEST_REACH:
        raise BadRow("reach")
    return Row(
        Severity(severity),
        kinds=_known("kinds", said, KINDS),
        urgencies=_known("urgencies", said, URGENCIES),
        abuses=_known("abuses", said, ABUSES),
        reach=reach,
    )


def _known(part: str, said: Mapping[str, Any], offered: Sequence[str]) -> frozenset[str]:
    values = said.get(part, ())
    if not set(values) <= set(offered):
        raise BadRow(part)
    return frozenset(values)
