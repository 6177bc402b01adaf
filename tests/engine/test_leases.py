"""Leases: of any number who want a row, exactly one has it, in threads and in processes."""

import threading
import time
from datetime import datetime, timedelta

import pytest
from django.db import connection

from gensvar.engine import leases
from gensvar.engine.models import Lease
from gensvar.kernel.clock import now
from gensvar.people.models import Workspace
from gensvar.process.document.models import Capture
from tests import hearing
from tests.crashes.processes import WAIT, start

MINUTE = timedelta(minutes=1)
TAKERS = 6


@pytest.fixture
def work(nordpost: Workspace) -> Capture:
    """A row that is due: any kind of work does."""
    at = now()
    hearing.case(hearing.channel(nordpost, at), "Paketet kom aldrig fram.", at)
    return Capture.objects.get()


def test_a_due_row_is_ours_until_the_lease_ends(work: Capture, at: datetime) -> None:
    at = now()
    taken = leases.take(Capture, work.pk, at=at, lasting=MINUTE)
    assert taken is not None
    assert (taken.lease_until, taken.attempts) == (at + MINUTE, 1)


def test_a_held_row_is_nobody_elses(work: Capture) -> None:
    at = now()
    leases.take(Capture, work.pk, at=at, lasting=MINUTE)
    assert leases.take(Capture, work.pk, at=at + MINUTE / 2, lasting=MINUTE) is None


def test_a_lease_that_ended_can_be_taken(work: Capture) -> None:
    at = now()
    leases.take(Capture, work.pk, at=at, lasting=MINUTE)
    again = leases.take(Capture, work.pk, at=at + MINUTE, lasting=MINUTE)
    assert again is not None
    assert again.attempts == 2


def test_a_row_that_is_not_due_is_not_taken(work: Capture) -> None:
    assert leases.take(Capture, work.pk, at=now() - MINUTE, lasting=MINUTE) is None
    Capture.objects.update(due_at=None)
    assert leases.take(Capture, work.pk, at=now() + MINUTE, lasting=MINUTE) is None


def test_who_came_too_late_no_longer_holds_it(work: Capture) -> None:
    at = now()
    first = leases.take(Capture, work.pk, at=at, lasting=MINUTE)
    second = leases.take(Capture, work.pk, at=at + MINUTE, lasting=MINUTE)
    assert first is not None
    assert second is not None
    assert not leases.note(first, why="late")
    assert not leases.finish(first, why="late")
    assert leases.finish(second, why="in time")
    assert Capture.objects.get().why == "in time"
    assert not leases.finish(first, why="later still")
    assert Capture.objects.get().why == "in time"


def test_a_lease_that_ended_and_that_nobody_took_is_still_ours(work: Capture) -> None:
    at = now()
    ours = leases.take(Capture, work.pk, at=at, lasting=MINUTE)
    assert ours is not None
    assert leases.finish(ours, due_at=at + 9 * MINUTE)
    assert ours.due_at == at + 9 * MINUTE
    work.refresh_from_db()
    assert (work.due_at, work.lease_until) == (at + 9 * MINUTE, None)


def test_a_note_keeps_the_lease_and_an_end_gives_it_back(work: Capture) -> None:
    at = now()
    ours = leases.take(Capture, work.pk, at=at, lasting=MINUTE)
    assert ours is not None
    assert leases.note(ours, why="half way")
    work.refresh_from_db()
    assert (work.why, work.lease_until) == ("half way", at + MINUTE)
    leases.finish(ours)
    work.refresh_from_db()
    assert (work.due_at, work.lease_until) == (None, None)


@pytest.mark.django_db(transaction=True)
def test_of_many_threads_exactly_one_takes_it(work: Capture) -> None:
    for turn in range(5):
        Capture.objects.update(lease_until=None)
        taken: list[bool] = []
        gate = threading.Barrier(TAKERS)

        def take(taken: list[bool] = taken, gate: threading.Barrier = gate) -> None:
            try:
                connection.ensure_connection()
                gate.wait(WAIT)
                taken.append(leases.take(Capture, work.pk, at=now(), lasting=MINUTE) is not None)
            finally:
                connection.close()

        threads = [threading.Thread(target=take) for _ in range(TAKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WAIT)
        assert sorted(taken) == [False] * (TAKERS - 1) + [True], f"turn {turn}"


@pytest.mark.django_db(transaction=True)
def test_of_many_processes_exactly_one_takes_it(work: Capture) -> None:
    assert _all_at_once("take", str(work.pk)) == ["not taken"] * (TAKERS - 1) + ["taken"]


@pytest.mark.django_db(transaction=True)
def test_of_many_processes_exactly_one_takes_a_name() -> None:
    """Also when nobody has ever asked for that name: all of them make its row at once."""
    assert _all_at_once("take_name", "demo a-stream") == ["not taken"] * (TAKERS - 1) + ["taken"]
    assert Lease.objects.count() == 1


def _all_at_once(verb: str, what: str, takers: int = TAKERS) -> list[str]:
    children = [start(verb, what) for _ in range(takers)]
    assert [child.stdout.readline() for child in children if child.stdout] == ["here\n"] * takers
    begin = f"{time.time() + 0.5}\n"  # all of them are there, and begin at the same moment
    for child in children:
        assert child.stdin
        child.stdin.write(begin)
        child.stdin.flush()
    answers = [child.communicate(timeout=WAIT) for child in children]
    assert [child.returncode for child in children] == [0] * takers, answers
    return sorted(said for said, _ in answers)


@pytest.mark.django_db
def test_a_named_lease_is_kept_by_its_holder(at: datetime) -> None:
    assert leases.take_name("stream", "one", at=at, lasting=MINUTE)
    assert leases.take_name("stream", "one", at=at + MINUTE / 2, lasting=MINUTE)
    assert not leases.take_name("stream", "two", at=at + MINUTE, lasting=MINUTE)
    assert leases.take_name("stream", "two", at=at + 2 * MINUTE, lasting=MINUTE)
    assert not leases.take_name("stream", "one", at=at + 2 * MINUTE, lasting=MINUTE)


@pytest.mark.django_db
def test_a_named_lease_given_back_is_free_at_once(at: datetime) -> None:
    leases.take_name("stream", "one", at=at, lasting=MINUTE)
    leases.give_back("stream", "two")
    assert not leases.take_name("stream", "two", at=at, lasting=MINUTE)
    leases.give_back("stream", "one")
    assert leases.take_name("stream", "two", at=at, lasting=MINUTE)


@pytest.mark.django_db(transaction=True)
def test_a_child_works_on_the_same_database(work: Capture) -> None:
    """What the two tests above rely on."""
    assert _all_at_once("take", str(work.pk), takers=1) == ["taken"]
    work.refresh_from_db()
    assert work.attempts == 1


def test_a_name_is_held_until_its_lease_ends_or_is_another_s(db: None, at: datetime) -> None:
    assert not leases.has_name("stream", "one", at=at)
    leases.take_name("stream", "one", at=at, lasting=MINUTE)
    assert leases.has_name("stream", "one", at=at)
    assert not leases.has_name("stream", "two", at=at)
    assert not leases.has_name("stream", "one", at=at + MINUTE)
