"""What was left unread is read when a judge is there again, a little with each sweep."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest

from gensvar.engine.sweep import sweep
from gensvar.kernel import environment
from gensvar.people.models import Membership, Workspace
from gensvar.process.assess import corrections, machine, tasks
from gensvar.process.assess.models import Verdict
from gensvar.process.assess.tasks import PAUSE, SETTLED, Round
from gensvar.process.case.actions import close
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Outcome
from gensvar.process.listen.models import Channel, Mention
from gensvar.reading.judge.verdict import Text
from gensvar.reading.judge.verdict import Verdict as Said
from tests import hearing
from tests.hearing import mention
from tests.judging import Broken, Scripted, seated, verdict

LOST = "Paketet kom aldrig fram."
POISON = "Gift."
READER = Scripted({LOST: verdict("complaint", 0.93)})


class Picky:
    """Breaks at one post, and at every batch that holds it."""

    name = "picky"

    def judge(self, texts: Sequence[Text], languages: Sequence[str]) -> list[Said]:
        if any(POISON in each.text for each in texts):
            raise ValueError("poison")
        return READER.judge(texts, languages)


@pytest.fixture
def unread(channel: Channel, at: datetime) -> Case:
    """A case that was heard while there was no judge."""
    with seated(None):
        return hearing.case(channel, LOST, at, "p1")


def test_it_is_read_and_moves_on_as_if_it_had_been_read_at_once(unread: Case, at: datetime) -> None:
    with seated(READER):
        Round()(at + SETTLED)
    unread.refresh_from_db()
    assert (unread.kind, unread.step, mention("p1").sentiment) == ("complaint", "answer", "negative")
    assert Verdict.objects.get().at == at + SETTLED


def test_while_there_is_no_judge_nothing_is_said_and_nothing_lost(unread: Case, at: datetime) -> None:
    going = Round()
    with seated(None):
        going(at + SETTLED)
    with seated(Broken()):
        going(at + SETTLED + PAUSE)
    assert not Verdict.objects.exists()
    with seated(READER):
        going(at + SETTLED + PAUSE + timedelta(seconds=1))
        assert not Verdict.objects.exists()
        going(at + SETTLED + 2 * PAUSE)
    assert Verdict.objects.count() == 1


def test_a_post_that_breaks_the_judge_keeps_only_itself_unread(channel: Channel, at: datetime) -> None:
    with seated(None):
        for name, text in (("p1", LOST), ("p2", POISON), ("p3", LOST)):
            hearing.case(channel, f"{text} {name}", at, name)
    with seated(Picky()):
        Round()(at + SETTLED)
    assert [mention(name).sentiment for name in ("p1", "p2", "p3")] == ["negative", "", "negative"]


def test_it_goes_on_where_it_stood(channel: Channel, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    with seated(None):
        for number in range(3):
            hearing.case(channel, f"{LOST} {number}", at, f"p{number}")
    monkeypatch.setattr(tasks, "AT_ONCE", 2)
    going = Round()
    with seated(READER):
        going(at + SETTLED)
        assert Verdict.objects.count() == 2
        going(at + SETTLED)
    assert Verdict.objects.count() == 3


def test_what_is_closed_is_left_alone(unread: Case, bob: Membership, at: datetime) -> None:
    close(unread, Outcome.NOTHING, by=bob.actor(), at=at)
    with seated(READER):
        Round()(at + SETTLED)
    assert not Verdict.objects.exists()


def test_a_post_without_a_case_is_read_too(unread: Case, at: datetime) -> None:
    Mention.objects.update(case=None)
    with seated(READER):
        Round()(at + SETTLED)
    assert Verdict.objects.count() == 1


def test_the_youngest_are_left_to_who_heard_them(unread: Case, at: datetime) -> None:
    with seated(READER):
        Round()(at + SETTLED - timedelta(seconds=1))
    assert not Verdict.objects.exists()


def test_posts_of_each_workspace_are_read_as_its_own(
    unread: Case, sparfin: Workspace, carol: Membership, at: datetime
) -> None:
    with seated(None):
        hearing.case(hearing.channel(sparfin, at, native_id="did:plc:sparfin"), LOST, at, "p9")
    with seated(READER):
        Round()(at + SETTLED)
    assert {row.mention.workspace for row in Verdict.objects.all()} == {unread.workspace, sparfin}
    assert {fact.workspace for fact in mention("p9").case.facts.all()} == {sparfin}  # type: ignore[union-attr]


def test_what_a_person_said_meanwhile_stands(unread: Case, bob: Membership, at: datetime) -> None:
    corrections.correct(unread, "urgency", "high", by=bob.actor(), at=at)
    with seated(READER):
        Round()(at + SETTLED)
    unread.refresh_from_db()
    assert (unread.kind, unread.urgency) == ("complaint", "high")


def test_the_sweep_asks_for_it(unread: Case, at: datetime) -> None:
    tasks.ROUND.after, tasks.ROUND.next_at = 0, None
    with seated(READER):
        sweep(at + SETTLED)
    assert Verdict.objects.count() == 1


@pytest.fixture
def asked_anew() -> Iterator[None]:
    machine._seat.was_asked = False
    yield
    machine.sit(None)


def test_a_model_that_could_not_be_read_is_looked_for_again(
    asked_anew: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "own.model"
    monkeypatch.setenv(environment.JUDGE.name, str(path))
    assert machine.judge() is None
    shutil.copy(str(resources.files("gensvar.reading.judge").joinpath("shipped.model")), path)
    assert machine.judge() is None
    machine.look_again()
    assert machine.judge() is not None
