"""A gap is noticed: it becomes due work, and every workspace that hears the source is told."""

from datetime import datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from gensvar.connectors.contract import Batch, Gap
from gensvar.people.models import Workspace
from gensvar.process.case.models import Fact
from gensvar.process.listen import models
from gensvar.process.listen.take_in import take_in
from tests import hearing

HOUR = timedelta(hours=1)


def miss(at: datetime, *workspaces: Workspace) -> models.Gap:
    source, _ = models.Source.objects.get_or_create(name="all", connector="bluesky")
    channels = [hearing.channel(each, at, native_id=each.slug) for each in workspaces]
    take_in(source, channels, Batch((Gap(at - HOUR, at, "Away."),), "2"), lambda post: {}, at=at)
    return models.Gap.objects.get()


def test_it_is_due_at_once(nordpost: Workspace, at: datetime) -> None:
    gap = miss(at, nordpost)
    assert (gap.since, gap.until, gap.due_at, gap.filled_at) == (at - HOUR, at, at, None)


@pytest.mark.django_db(transaction=True)
def test_the_bell_is_rung(nordpost: Workspace, at: datetime) -> None:
    gap = miss(at, nordpost)
    rings = DBTaskResult.objects.filter(task_path="gensvar.process.listen.tasks.fill_gap")
    assert [ring.args_kwargs["args"] for ring in rings] == [[gap.pk]]
    assert {ring.queue_name for ring in rings} == {"polls"}


def test_every_workspace_that_hears_the_source_is_told(
    nordpost: Workspace, sparfin: Workspace, at: datetime
) -> None:
    gap = miss(at, nordpost, sparfin)
    facts = Fact.objects.filter(name="gap.noticed")
    assert {(fact.workspace_id, fact.data["gap"]) for fact in facts} == {
        (nordpost.pk, gap.pk),
        (sparfin.pk, gap.pk),
    }


def test_the_same_gap_told_twice_is_one_gap_and_one_fact(nordpost: Workspace, at: datetime) -> None:
    miss(at, nordpost)
    source, channels = models.Source.objects.get(), list(models.Channel.objects.all())
    again = Batch((Gap(at - HOUR, at, "Away."),), "3")
    take_in(source, channels, again, lambda post: {}, at=at + HOUR)
    assert models.Gap.objects.count() == 1
    assert Fact.objects.filter(name="gap.noticed").count() == 1
