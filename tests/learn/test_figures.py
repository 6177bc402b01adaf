"""The figures of a period: counted from what really happened in the cases."""

from datetime import datetime, timedelta

import pytest

from gensvar.people.models import Membership, Workspace
from gensvar.process.assess.actions import judge
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind, Outcome
from gensvar.process.learn.queries import Figures, figures
from gensvar.process.listen.models import Channel
from gensvar.process.rejoin.actions import conclude
from gensvar.process.respond.states import Purpose
from gensvar.process.solve.actions import settle
from tests import hearing
from tests.process_cast import MINUTE, says

DAY = timedelta(days=1)


@pytest.fixture
def four(channel: Channel, bob: Membership, at: datetime) -> list[Case]:
    """Three complaints (answered after 10 and 45 minutes, and not at all) and a praise."""
    by = bob.actor()
    cases = [hearing.case(channel, f"Nordpost {n}", at, name=f"post-{n}") for n in range(4)]
    for case in cases[:3]:
        judge(case, Kind.COMPLAINT, by=by, at=at)
    judge(cases[3], Kind.PRAISE, by=by, at=at)
    says(cases[0], "Hej", Purpose.ANSWER, by=by, at=at + 10 * MINUTE)
    says(cases[1], "Hej", Purpose.ANSWER, by=by, at=at + 45 * MINUTE)
    settle(cases[0], "Hjälpt", by=by, at=at + 50 * MINUTE)
    says(cases[0], "Är du nöjd?", Purpose.QUESTION, by=by, at=at + 60 * MINUTE)
    conclude(cases[0], Outcome.TURNED, by=by, at=at + 70 * MINUTE)
    return cases


def of(workspace: Workspace, at: datetime) -> Figures:
    return figures(workspace.pk, at - DAY, at + DAY)


def test_first_response_times(four: list[Case], nordpost: Workspace, at: datetime) -> None:
    found = of(nordpost, at)
    assert found.minutes == [10.0, 45.0]
    assert found.median_minutes == 27.5
    assert [found.within_30, found.within_60] == pytest.approx([1 / 3, 2 / 3])


def test_how_far_they_came(four: list[Case], nordpost: Workspace, at: datetime) -> None:
    found = of(nordpost, at)
    assert (found.cases, found.complaints) == (4, 3)
    assert [found.answered, found.settled, found.returned] == pytest.approx([2 / 3, 1 / 3, 1 / 3])
    assert found.outcomes == {"turned": 1}
    assert found.by_day == [(at.date(), 4, 3)]


def test_two_returns_count_once(four: list[Case], nordpost: Workspace, bob: Membership, at: datetime) -> None:
    says(four[0], "Och nu?", Purpose.QUESTION, by=bob.actor(), at=at + 90 * MINUTE)
    assert of(nordpost, at).returned == pytest.approx(1 / 3)


def test_an_empty_period_has_no_times_and_no_shares(nordpost: Workspace, at: datetime) -> None:
    found = of(nordpost, at)
    assert (found.cases, found.median_minutes, found.ninth_minutes, found.answered) == (0, None, None, 0.0)
    assert found.by_day == []


def test_the_end_of_the_period_is_outside(four: list[Case], nordpost: Workspace, at: datetime) -> None:
    assert figures(nordpost.pk, at, at + DAY).cases == 4
    assert figures(nordpost.pk, at - DAY, at).cases == 0


def test_another_workspace_has_its_own(four: list[Case], sparfin: Workspace, at: datetime) -> None:
    assert of(sparfin, at).cases == 0
