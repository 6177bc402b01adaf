"""The doorbell: rings when the row is there for others to see, and not a moment before."""

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from gensvar.engine.doorbell import RING_AGAIN
from gensvar.kernel.clock import now
from gensvar.people.models import Workspace
from gensvar.process.document.models import Capture
from gensvar.process.document.tasks import BELL
from tests import hearing


class Regret(Exception):
    pass


def rings() -> list[int]:
    """The rows for which the bell of captures was rung."""
    rung = DBTaskResult.objects.filter(queue_name="captures")
    return [each.args_kwargs["args"][0] for each in rung]


@pytest.mark.django_db(transaction=True)
def test_it_rings_after_the_commit() -> None:
    with transaction.atomic():
        BELL.ring(7)
        assert rings() == []
    assert rings() == [7]


@pytest.mark.django_db(transaction=True)
def test_it_does_not_ring_for_what_was_rolled_back() -> None:
    with pytest.raises(Regret):
        _ring_and_regret()
    assert rings() == []


@pytest.mark.django_db(transaction=True)
def test_evidence_that_is_due_has_been_rung_for(nordpost: Workspace) -> None:
    hearing.case(hearing.channel(nordpost, now()), "Paketet kom aldrig fram.", now())
    assert rings() == [Capture.objects.get().pk]


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_fails_rings_for_nothing(nordpost: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    channel = hearing.channel(nordpost, now())
    monkeypatch.setattr("gensvar.process.listen.take_in._move_cursor", _fail)
    with pytest.raises(Regret):
        hearing.hear(channel, hearing.post("post-1", "Paketet kom aldrig fram.", now()), at=now())
    assert rings() == []
    assert Capture.objects.count() == 0


@transaction.atomic
def _ring_and_regret() -> None:
    BELL.ring(7)
    raise Regret


def _fail(*_: object) -> None:
    raise Regret


def test_what_was_just_rung_for_is_not_due_for_the_sweep(nordpost: Workspace) -> None:
    at = now()
    hearing.case(hearing.channel(nordpost, at), "Paketet kom aldrig fram.", at)
    assert BELL.due(at + RING_AGAIN - timedelta(seconds=1)) == []
    assert len(BELL.due(at + RING_AGAIN)) == 1


def test_what_somebody_holds_is_not_due(nordpost: Workspace) -> None:
    at = now()
    hearing.case(hearing.channel(nordpost, at), "Paketet kom aldrig fram.", at)
    Capture.objects.update(lease_until=at + 2 * RING_AGAIN)
    assert BELL.due(at + RING_AGAIN) == []
    assert len(BELL.due(at + 2 * RING_AGAIN)) == 1


def test_the_longest_due_comes_first_and_not_more_than_asked(nordpost: Workspace) -> None:
    at = now()
    channel = hearing.channel(nordpost, at)
    for number in range(4):
        hearing.case(channel, f"Paket {number} kom aldrig fram.", at, name=f"post-{number}")
    pks = list(Capture.objects.order_by("pk").values_list("pk", flat=True))
    Capture.objects.filter(pk=pks[3]).update(due_at=at - timedelta(hours=1))
    assert BELL.due(at + RING_AGAIN, most=2)[0] == pks[3]
    assert len(BELL.due(at + RING_AGAIN, most=2)) == 2
