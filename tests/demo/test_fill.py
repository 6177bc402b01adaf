"""Filling an empty desk: every tray has a case, once, and never over somebody's own desk."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from pytest_django import DjangoDbBlocker

from gensvar.demo import earlier, past, script
from gensvar.demo.fill import PASSWORD, SomebodysDesk, fill, place
from gensvar.demo.play import VERBS
from gensvar.people.models import Membership, User, Workspace
from gensvar.people.queries import is_set_up
from gensvar.process.case import queries, rules
from gensvar.process.case.models import Case, Fact
from gensvar.process.case.steps import Tray
from gensvar.process.document.models import Capture
from gensvar.process.learn.queries import figures
from gensvar.process.listen.ears import prick_up
from gensvar.process.listen.models import Channel, Mention, Source
from gensvar.process.listen.take_in import take_in
from gensvar.process.respond.models import Reply
from tests.conftest import AT

STATEMENTS = 12_500
"""Savepoints among them: about 11,600, of which judging takes 2,000. A person waits for the first page."""

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA", tmp_path_factory.mktemp("demo"))
        yield settings.DATA


def test_it_refuses_a_desk_that_is_somebodys(dora: Membership) -> None:
    with pytest.raises(SomebodysDesk, match="nothing was changed"):
        fill(at=AT)
    assert not place().exists()
    assert not Channel.objects.exists()
    assert [user.username for user in User.objects.all()] == ["dora"]


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """The statements that filled the desk."""
    return []


@pytest.fixture(scope="module")
def filled(
    folder: Path, asked: list[str], django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """One filled desk for all tests that only read (each of them is undone to here), after a broken start."""

    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        asked.append(sql)
        return execute(sql, *rest)

    place().write_bytes(b"half of a file")
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.execute_wrapper(count):
            said = fill(at=AT)
        yield said
        transaction.set_rollback(True)


def test_what_is_left_of_a_broken_start_is_in_nobodys_way(filled: str, asked: list[str]) -> None:
    assert Mention.objects.filter(native_id="sv-maria").exists()
    assert len(asked) < STATEMENTS, len(asked)


def test_every_tray_has_a_case(filled: str) -> None:
    alice = User.objects.get(username="alice")
    counted = queries.counts(Workspace.objects.get().pk, alice)
    assert all(counted.trays.values()), counted
    assert counted.mine
    assert Case.objects.filter(tray=Tray.DONE.value).exists()


def test_clocks_are_late_amber_and_calm(filled: str) -> None:
    open_ones = Case.objects.filter(tray=Tray.NOW.value, next_due_at__isnull=False)
    moods = {
        rules.time_left(case.clock_started_at, case.next_due_at, AT).mood
        for case in open_ones
        if case.next_due_at
    }
    assert moods == {"late", "amber", "calm"}


def test_people_can_sign_in_and_set_up_is_closed(filled: str) -> None:
    assert PASSWORD in filled
    assert is_set_up()
    roles = dict(Membership.objects.values_list("user__username", "role"))
    assert roles["alice"] == "administrator"
    assert (roles["bob"], roles["maja"]) == ("agent", "ambassador")
    assert all(user.check_password(PASSWORD) for user in User.objects.filter(username__in=["alice", "maja"]))


def test_the_journal_of_a_case_reads_in_the_order_of_time(filled: str) -> None:
    for case in Case.objects.all():
        times = list(case.facts.order_by("pk").values_list("at", flat=True))
        assert times == sorted(times), case
    assert not Fact.objects.filter(at__gt=AT).exists()


def test_the_figures_tell_of_two_weeks(filled: str) -> None:
    told = figures(Workspace.objects.get().pk, AT - timedelta(days=14), AT)
    assert len(told.by_day) == 14
    assert told.median_minutes is not None
    assert 0 < told.within_60 < 1
    assert {"turned", "settled", "unhappy", "abuse", "thanked"} <= told.outcomes.keys()


def test_nothing_of_the_past_is_left_to_be_sent(filled: str) -> None:
    assert not Reply.objects.filter(due_at__isnull=False).exists()
    assert not Reply.objects.filter(state="sent", sent_at__lt=F("frozen_at")).exists()
    waiting = Capture.objects.filter(due_at__isnull=False)
    assert not waiting.filter(case__opened_at__lt=AT - timedelta(hours=8)).exists()
    assert waiting.count() == waiting.values("due_at").distinct().count()


def test_a_second_time_it_changes_nothing(filled: str) -> None:
    before = (Fact.objects.count(), Case.objects.count(), place().stat().st_mtime_ns)
    assert fill(at=AT + timedelta(days=1)) == filled
    assert (Fact.objects.count(), Case.objects.count(), place().stat().st_mtime_ns) == before


def test_the_listener_goes_on_where_the_past_ends(filled: str) -> None:
    stream = next(iter(prick_up().streams.values()))
    source = Source.objects.get(name=stream.name)
    known = set(Mention.objects.values_list("native_id", flat=True))

    async def first() -> list[str]:
        later = AT + timedelta(seconds=2 * script.PACE)
        from gensvar.demo.connector import follow

        async for batch in follow(stream.account, source.cursor, now=lambda: later):
            take = lambda: take_in(source, stream.channels, batch, prick_up().match, at=later)  # noqa: E731, B023
            heard.append(batch)
            batches.append(take)
            return [event.post.native_id for event in batch.events if hasattr(event, "post")]
        return []

    heard: list[object] = []
    batches: list[Callable[[], object]] = []
    names = asyncio.run(first())
    assert names
    assert known.isdisjoint(names)
    batches[0]()
    assert Mention.objects.filter(native_id__in=names).exists()


@pytest.mark.parametrize("hour", [0, 6, 12, 18, 23])
def test_all_that_was_done_lies_in_the_past_at_any_hour(hour: int) -> None:
    at = AT.replace(hour=hour, minute=1)
    deeds = [*earlier.deeds(at), *past.this_morning(at)]
    assert max(deed.at for deed in deeds) < at
    assert {deed.verb for deed in deeds} <= VERBS.keys()
    assert all(len(deed.words) <= 300 for deed in deeds if deed.verb not in ("phone", "mail", "remark"))


def test_what_was_said_on_earlier_days_is_never_said_twice() -> None:
    texts = [earlier.post(turn).text for turn in range(earlier.number())]
    assert len(texts) == len(set(texts))
    assert [earlier.turn(earlier.post(turn).id) for turn in range(earlier.number())] == list(
        range(earlier.number())
    )
