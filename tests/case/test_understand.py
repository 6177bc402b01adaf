"""Writing down what the real problem is, and what could be done."""

from datetime import datetime

import pytest

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership
from gensvar.process.case.actions import understand
from gensvar.process.case.models import Case


def test_an_ambassador_may_write_it_down(case: Case, amy: Membership, at: datetime) -> None:
    understand(case, problem=" Luckan är död ", remedy="Skicka någon", by=amy.actor(), at=at)
    case.refresh_from_db()
    assert (case.problem, case.remedy) == ("Luckan är död", "Skicka någon")
    assert case.facts.filter(name="case.understood").count() == 1


def test_it_is_bounded(case: Case, amy: Membership, at: datetime) -> None:
    understand(case, problem="x" * 50_000, remedy="", by=amy.actor(), at=at)
    case.refresh_from_db()
    assert len(case.problem) == 4000


def test_what_no_database_can_hold_is_replaced(case: Case, amy: Membership, at: datetime) -> None:
    understand(case, problem="Luckan\x00 är \ud83d död", remedy="\x00", by=amy.actor(), at=at)
    case.refresh_from_db()
    assert "\x00" not in case.problem
    assert case.problem.startswith("Luckan")


def test_a_viewer_may_not(case: Case, vic: Membership, at: datetime) -> None:
    with pytest.raises(NotYours):
        understand(case, problem="x", remedy="y", by=vic.actor(), at=at)
