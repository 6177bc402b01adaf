"""The sweep: rings for lost rings, and not twice for one that is on its way."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from gensvar.engine.doorbell import RING_AGAIN
from gensvar.engine.sweep import sweep
from gensvar.kernel.clock import now
from gensvar.people.models import Workspace
from gensvar.process.document.models import Capture
from gensvar.process.listen.models import ThreadLoad
from tests import hearing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lost(nordpost: Workspace) -> Capture:
    """A capture whose ring was lost, and nothing else to do."""
    at = now()
    hearing.case(hearing.channel(nordpost, at), "Paketet kom aldrig fram.", at)
    DBTaskResult.objects.all().delete()
    ThreadLoad.objects.all().delete()
    return Capture.objects.get()


def rings() -> list[tuple[str, int]]:
    return [(each.queue_name, each.args_kwargs["args"][0]) for each in DBTaskResult.objects.all()]


def test_a_lost_ring_is_rung_again(lost: Capture) -> None:
    assert sweep(now() + RING_AGAIN) == 1
    assert rings() == [("captures", lost.pk)]


def test_a_ring_on_its_way_is_not_rung_twice(lost: Capture) -> None:
    at = now() + RING_AGAIN
    sweep(at)
    assert sweep(at + timedelta(seconds=1)) == 0
    assert sweep(at + RING_AGAIN) == 1
    assert len(rings()) == 2


def test_what_is_not_due_yet_is_left_alone(lost: Capture) -> None:
    Capture.objects.update(due_at=now() + timedelta(hours=1))
    assert sweep(now() + RING_AGAIN) == 0


def test_what_is_done_is_left_alone(lost: Capture) -> None:
    Capture.objects.update(due_at=None)
    assert sweep(now() + timedelta(days=1)) == 0


def test_every_kind_of_work_is_swept(nordpost: Workspace) -> None:
    at = now()
    hearing.case(hearing.channel(nordpost, at), "Paketet kom aldrig fram.", at)
    DBTaskResult.objects.all().delete()
    sweep(at + RING_AGAIN)
    assert sorted(queue for queue, _ in rings()) == ["captures", "polls"]


def test_every_work_row_has_a_bell_under_the_sweep() -> None:
    from django.apps import apps

    from gensvar.engine.doorbell import bells
    from gensvar.engine.models import Work

    kinds = {model for model in apps.get_models() if issubclass(model, Work)}
    assert kinds == {bell.model for bell in bells()}
    assert len(kinds) >= 3
