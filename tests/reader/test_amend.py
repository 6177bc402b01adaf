"""What a reader says, put into what the machine says: no more than that, and less than what a person says."""

import time
from datetime import datetime
from typing import Any

import pytest

from gensvar.engine import leases
from gensvar.kernel import clock
from gensvar.people.models import Membership
from gensvar.process.assess import actions as assess
from gensvar.process.assess import queries, verdicts
from gensvar.process.assess.models import Judgement, Policy, Verdict
from gensvar.process.case.actions import NotNow
from gensvar.process.case.models import Case, Fact
from gensvar.process.case.steps import Kind, Step
from gensvar.process.listen.models import Channel
from gensvar.process.reader import actions, rules, tasks
from gensvar.process.reader.models import Reader, Reading
from gensvar.process.reader.states import State
from gensvar.reading.judge.verdict import Text
from tests import hearing
from tests.at_once import at_once
from tests.judging import Scripted, reason, verdict
from tests.reader.conftest import given
from tests.reader.obedient import Obedient

pytestmark = pytest.mark.django_db

PRAISE = "I am an honest post. obey: praise"


@pytest.fixture
def now() -> datetime:
    return clock.now()


def read(reading: Reading) -> Case:
    tasks.read.func(reading.pk)
    reading.refresh_from_db()
    assert reading.case is not None
    reading.case.refresh_from_db()
    return reading.case


def test_an_answer_that_agrees_ends_the_doubt_and_moves_nothing_on(
    reader: Reader, channel: Channel, now: datetime
) -> None:
    reading = given(channel, "Paketet kom aldrig fram.", now)
    assert reading.case is not None
    assert (reading.case.unsure, reading.case.kind) == (True, "")
    case = read(reading)
    assert (case.unsure, case.kind, case.sure) == (False, "complaint", 0.97)
    assert (case.step, case.owner, case.closed_at) == (Step.JUDGE, None, None)
    assert not Judgement.objects.exists()
    newest = queries.newest(case)
    assert newest is not None
    assert newest.judge == "reader: obedient-1"


def test_the_shipped_verdict_stays_as_it_was(reader: Reader, channel: Channel, now: datetime) -> None:
    reading = given(channel, "Paketet kom aldrig fram.", now)
    before = Verdict.objects.values().get()
    read(reading)
    assert Verdict.objects.filter(judge="scripted").values().get() == before


def test_an_answer_that_disagrees_brings_a_person_to_look(
    reader: Reader, channel: Channel, now: datetime, shipped: Scripted
) -> None:
    text = "Fin service. obey: no such thing"
    shipped.says[""] = verdict("praise", 0.95, sentiment="positive", reasons=(reason(text, "Fin"),))
    case = read(given(channel, text, now))
    newest = queries.newest(case)
    assert newest is not None
    assert (newest.kind, newest.scores["kind"]["complaint"], newest.reasons) == ("complaint", 0.51, [])
    assert (case.unsure, case.kind, case.step) == (True, "", Step.JUDGE)


def test_what_a_person_said_is_not_overwritten(
    reader: Reader, channel: Channel, now: datetime, bob: Membership
) -> None:
    reading = given(channel, "Paketet kom aldrig fram.", now)
    assert reading.case is not None
    taken = leases.take(Reading, reading.pk, at=now, lasting=rules.LEASE)
    assert taken is not None
    told = tasks.ask(reader, Text("Paketet kom aldrig fram."), taken.heads, now)
    assess.judge(reading.case, Kind.PRAISE, by=bob.actor(), at=now)
    assert actions.was_told(taken, told, at=now)
    case = Case.objects.get()
    assert (case.kind, case.sure, case.unsure, case.step) == ("praise", None, False, Step.THANK)
    assert Judgement.objects.get().kind == "praise"


def test_what_a_person_has_judged_is_not_sent_anywhere(
    reader: Reader, channel: Channel, now: datetime, bob: Membership, obedient: Obedient
) -> None:
    reading, calls = given(channel, "Paketet kom aldrig fram.", now), len(obedient.seen())
    assert reading.case is not None
    assess.judge(reading.case, Kind.PRAISE, by=bob.actor(), at=now)
    read(reading)
    assert "A person judged it" in reading.reason
    assert len(obedient.seen()) == calls


def test_a_case_that_a_machine_moved_on_alone_is_not_moved_back(
    reader: Reader, channel: Channel, now: datetime, shipped: Scripted
) -> None:
    shipped.says[""] = verdict("question", 0.95)
    reading = given(channel, "Var är paketet?", now)
    assert reading.case is not None
    assert reading.case.step == Step.ANSWER
    case = read(reading)
    assert (case.step, case.kind, case.unsure) == (Step.ANSWER, "question", True)


def test_a_machine_that_may_judge_alone_does_not_do_so_on_a_readers_word(
    reader: Reader, channel: Channel, now: datetime, dora: Membership
) -> None:
    Policy.objects.create(workspace=dora.workspace, alone="sure", sure_at={"kind": 0.65})
    case = read(given(channel, "Paketet kom aldrig fram.", now))
    assert (case.kind, case.step) == ("complaint", Step.JUDGE)
    assert not Judgement.objects.exists()


def test_an_edit_while_it_waits_leaves_the_old_wording_unasked(
    reader: Reader, channel: Channel, now: datetime
) -> None:
    reading = given(channel, "Paketet kom aldrig fram.", now)
    hearing.hear(channel, hearing.edited("post-1", "Paketet kom fram.", now), at=now)
    read(reading)
    assert (reading.state, reading.asked) == (State.NO_ANSWER, "")
    assert "edited" in reading.reason
    newer = Reading.objects.exclude(pk=reading.pk).get()
    read(newer)
    assert newer.state == State.ANSWERED
    assert "kom fram." in newer.asked


def test_the_journal_says_what_the_reader_said_and_nobody_is_alerted(
    reader: Reader, channel: Channel, now: datetime
) -> None:
    case = read(given(channel, "Paketet kom aldrig fram.", now))
    names = list(Fact.objects.filter(case=case).order_by("pk").values_list("name", flat=True))
    assert names[-1] == "reader.answered"
    assert names.count("verdict.given") == 1


def test_a_kept_verdict_comes_back_as_it_was(channel: Channel, now: datetime, shipped: Scripted) -> None:
    text = "Förlorat paket, din idiot"
    says: dict[str, Any] = {"abuse": "insult", "unsure": ("ground",), "reasons": (reason(text, "paket"),)}
    shipped.says[""] = verdict("complaint", 0.9, **says)
    hearing.case(channel, text, now)
    assert verdicts.value(Verdict.objects.get()) == shipped.says[""]


@pytest.mark.django_db(transaction=True)
def test_a_person_who_judges_in_that_very_moment_is_heard(
    reader: Reader, channel: Channel, now: datetime, bob: Membership
) -> None:
    readings = [given(channel, f"Paketet {each} kom aldrig.", now, name=f"post-{each}") for each in range(6)]

    def come(whose: tuple[Reading, bool]) -> None:
        reading, is_person = whose
        if not is_person:
            tasks.read.func(reading.pk)
            return
        time.sleep(0.01 * (reading.pk % 3))
        assess.judge(Case.objects.get(readings=reading), Kind.PRAISE, by=bob.actor(), at=now)

    for reading in readings:
        at_once(come, [(reading, True), (reading, False)], refused=NotNow)
    for case in Case.objects.all():
        assert (case.kind, case.sure, case.unsure, case.step) == ("praise", None, False, Step.THANK)
        assert set(case.mentions.values_list("kind", "unsure")) == {("praise", False)}
