"""Killed while listening: nothing that was said is lost, and nothing is kept twice."""

from pathlib import Path
from typing import Any

import pytest

from gensvar.demo.internet import Internet
from gensvar.people.actor import machine
from gensvar.people.models import Workspace
from gensvar.process.case.models import Case, Fact
from gensvar.process.document.models import Capture
from gensvar.process.listen.crash_points import AFTER_COMMIT, ALL, BEFORE_COMMIT
from gensvar.process.listen.models import Channel, Mention, Revision, Source, ThreadLoad, Watch
from tests.crashes.conftest import Network, channel
from tests.crashes.processes import killed, run

pytestmark = pytest.mark.django_db(transaction=True)

ALL_BATCHES = "1000"


@pytest.fixture
def heard(nordpost: Workspace, network: Network) -> Channel:
    """A desk that listens for its name."""
    watch(nordpost, network)
    return channel(nordpost, network)


def watch(workspace: Workspace, network: Network) -> None:
    Watch.objects.create(
        workspace=workspace,
        name="Nordpost",
        query="Nordpost",
        created_at=network.began,
        changed_at=network.began,
    )


def listen(network: Network, most: str = ALL_BATCHES) -> tuple[str, str, str, str]:
    return ("listen", str(network.place), network.began.isoformat(), most)


def kept(workspace: Workspace) -> dict[str, Any]:
    """All that the desk keeps of what it heard, without ids and instants of its own."""
    mine = {"workspace": workspace}
    return {
        "mentions": sorted(Mention.objects.filter(**mine).values_list("native_id", "part", "text")),
        "wordings": sorted(
            Revision.objects.filter(mention__workspace=workspace).values_list(
                "mention__native_id", "revision", "text"
            )
        ),
        "cases": sorted(
            Case.objects.filter(**mine).values_list("thread_key", "author_id", "step", "excerpt")
        ),
        "captures": sorted(
            Capture.objects.filter(case__workspace=workspace).values_list("revision__text", "state")
        ),
        "threads": ThreadLoad.objects.filter(mention__workspace=workspace).count(),
        "facts": sorted(Fact.objects.filter(**mine).values_list("name", "case__thread_key")),
    }


@pytest.fixture
def undisturbed(sparfin: Workspace, network: Network, tmp_path: Path) -> dict[str, Any]:
    """What a desk keeps that was never killed, of an internet on which the same was said."""
    other = Network(tmp_path / "other.sqlite3", network.began)
    Internet(other.place, other.began).close()
    watch(sparfin, other)
    channel(sparfin, other)
    run(*listen(other))
    return kept(sparfin)


@pytest.mark.parametrize("point", ALL, ids=lambda point: point.name)
@pytest.mark.parametrize("batches_before", [0, 3])
def test_after_a_restart_all_is_kept_once(
    point: object,
    batches_before: int,
    heard: Channel,
    network: Network,
    undisturbed: dict[str, Any],
) -> None:
    if batches_before:
        run(*listen(network, str(batches_before)))
    killed(*listen(network), crash_at=point.name)  # type: ignore[attr-defined]
    run(*listen(network))
    found = kept(heard.workspace)
    assert len(found["cases"]) > 30
    for what, expected in undisturbed.items():
        assert found[what] == expected, what


def test_killed_at_every_batch_all_is_kept_once(
    heard: Channel, network: Network, nordpost: Workspace, undisturbed: dict[str, Any]
) -> None:
    for _ in range(3):
        killed(*listen(network), crash_at=BEFORE_COMMIT.name)
        killed(*listen(network), crash_at=AFTER_COMMIT.name)
    run(*listen(network))
    assert kept(nordpost) == undisturbed


def test_a_batch_that_was_lost_leaves_nothing_and_no_cursor(heard: Channel, network: Network) -> None:
    killed(*listen(network), crash_at=BEFORE_COMMIT.name)
    assert Mention.objects.count() == 0
    assert Fact.objects.count() == 0
    assert Source.objects.get().cursor == ""


def test_a_batch_that_was_kept_is_kept_with_its_cursor(heard: Channel, network: Network) -> None:
    killed(*listen(network), crash_at=AFTER_COMMIT.name)
    assert Mention.objects.count() > 30
    assert Source.objects.get().cursor.partition(":")[2].isdecimal()


def test_the_machine_is_named_for_what_it_heard(
    heard: Channel, network: Network, nordpost: Workspace
) -> None:
    run(*listen(network, "1"))
    names = set(Fact.objects.values_list("by_name", flat=True))
    assert names == {machine(nordpost.pk).name}
