"""Killed while a gap is filled: it is filled all the same, once, and no post is kept twice."""

from datetime import timedelta
from pathlib import Path

import pytest

from gensvar.demo.internet import Internet
from gensvar.engine.crash import CrashPoint
from gensvar.kernel.clock import now
from gensvar.people.models import Workspace
from gensvar.process.case.models import Fact
from gensvar.process.listen.crash_points import FILLING, GAP_AFTER_COMMIT, GAP_BEFORE_COMMIT
from gensvar.process.listen.models import Gap, Mention, Source, Watch
from tests.crashes.conftest import Network, channel, later
from tests.crashes.processes import killed, run

pytestmark = pytest.mark.django_db(transaction=True)

CURSOR = "where the stream stands"


@pytest.fixture
def gap(nordpost: Workspace, network: Network) -> Gap:
    """The first quarter of an hour of the pretend internet, of which this desk heard nothing."""
    return missed(nordpost, network)


def missed(workspace: Workspace, network: Network) -> Gap:
    at = network.began
    Watch.objects.create(workspace=workspace, name="Nordpost", query="Nordpost", created_at=at, changed_at=at)
    channel(workspace, network)
    source = Source.objects.create(name=f"demo {network.place}", connector="demo", cursor=CURSOR)
    return Gap.objects.create(
        source=source,
        since=at - timedelta(days=2),
        until=at + timedelta(minutes=15),
        why="Away.",
        noticed_at=now(),
        due_at=now(),
    )


def found(workspace: Workspace) -> list[str]:
    rows = Mention.objects.filter(workspace=workspace, part="found")
    return sorted(rows.values_list("native_id", flat=True))


@pytest.fixture
def undisturbed(sparfin: Workspace, network: Network, tmp_path: Path) -> list[str]:
    """What a desk finds that was never killed, on an internet on which the same was said.

    Asked for before `gap`, which it would fill too.
    """
    other = Network(tmp_path / "other.sqlite3", network.began)
    Internet(other.place, other.began).close()
    missed(sparfin, other)
    run("fill_all")
    return found(sparfin)


def assert_filled_once(gap: Gap, workspace: Workspace, expected: list[str]) -> None:
    gap.refresh_from_db()
    assert gap.filled_at
    assert gap.due_at is None
    assert found(workspace) == expected
    mine = Fact.objects.filter(workspace=workspace)
    assert mine.filter(name="gap.filled").count() == 1
    assert mine.filter(name="mention.found").count() == len(expected)
    assert gap.source.cursor == CURSOR


@pytest.mark.parametrize("point", FILLING, ids=lambda point: point.name)
def test_after_a_restart_the_gap_is_filled_once(
    point: CrashPoint, undisturbed: list[str], gap: Gap, nordpost: Workspace
) -> None:
    assert len(undisturbed) > 20
    killed("fill", str(gap.pk), crash_at=point.name)
    later(gap)
    run("fill_all")
    assert_filled_once(gap, nordpost, undisturbed)


def test_killed_at_every_page_the_gap_is_filled_once(
    undisturbed: list[str], gap: Gap, nordpost: Workspace
) -> None:
    for _ in range(2):
        for point in FILLING:
            killed("fill", str(gap.pk), crash_at=point.name)
            later(gap)
    run("fill_all")
    assert_filled_once(gap, nordpost, undisturbed)


def test_a_page_that_was_lost_leaves_nothing(gap: Gap, nordpost: Workspace) -> None:
    killed("fill", str(gap.pk), crash_at=GAP_BEFORE_COMMIT.name)
    gap.refresh_from_db()
    assert (gap.place, gap.looked, gap.found, found(nordpost)) == ("", 0, 0, [])
    assert gap.due_at


def test_a_page_that_was_kept_is_kept_with_its_place(gap: Gap, nordpost: Workspace) -> None:
    killed("fill", str(gap.pk), crash_at=GAP_AFTER_COMMIT.name)
    gap.refresh_from_db()
    assert gap.place.isdecimal()
    assert gap.looked > 0
    assert gap.found == len(found(nordpost)) > 0
    assert gap.due_at
