"""How a workspace lets machines judge: changed by its administrators, at work at once, and undone."""

from datetime import datetime

import pytest

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership, Workspace
from gensvar.process.assess import policies, queries
from gensvar.process.assess.actions import judge
from gensvar.process.assess.models import Policy
from gensvar.process.assess.severity import TABLE, Row
from gensvar.process.case.actions import NotNow
from gensvar.process.case.models import Case, Fact
from gensvar.process.case.steps import Kind, Outcome, Severity
from gensvar.process.listen.models import Channel
from tests import hearing
from tests.hearing import mention
from tests.judging import Scripted, seated, verdict

ALL_HIGH = (Row(Severity.HIGH),)
LOST = "Paketet kom aldrig fram."
WHEN = "När kommer det?"


@pytest.fixture
def read(channel: Channel, at: datetime) -> Case:
    """A rude complaint that waits for a person: 80 % sure."""
    with seated(Scripted({LOST: verdict("complaint", 0.8, abuse="insult")})):
        case = hearing.case(channel, LOST, at)
    case.refresh_from_db()
    return case


def test_a_new_workspace_lets_machines_judge_what_they_are_sure_of(nordpost: Workspace) -> None:
    policy = queries.policy(nordpost.pk)
    assert (policy.alone, policy.sure_at, queries.table(policy)) == (Policy.Alone.SURE, {}, TABLE)


def test_it_is_told_who_changed_what(nordpost: Workspace, dora: Membership, at: datetime) -> None:
    policies.let_judge_alone(nordpost, "never", by=dora.actor(), at=at)
    policies.let_judge_alone(nordpost, "never", by=dora.actor(), at=at)
    fact = Fact.objects.get(name="policy.changed")
    assert (fact.by, fact.data) == (dora.user, {"what": "alone"})


def test_another_table_weighs_open_cases_at_once(
    read: Case, nordpost: Workspace, dora: Membership, at: datetime
) -> None:
    assert read.severity == Severity.NORMAL
    policies.change_table(nordpost, ALL_HIGH, by=dora.actor(), at=at)
    read.refresh_from_db()
    assert read.severity == Severity.HIGH
    assert queries.severity(read) == (Severity.HIGH, ALL_HIGH[0])


def test_what_is_closed_stays_as_it_was(
    case: Case, nordpost: Workspace, bob: Membership, dora: Membership, at: datetime
) -> None:
    judge(case, Kind.OTHER, by=bob.actor(), at=at)
    case.refresh_from_db()
    assert (case.outcome, case.severity) == (Outcome.NOTHING, Severity.LOW)
    policies.change_table(nordpost, ALL_HIGH, by=dora.actor(), at=at)
    case.refresh_from_db()
    assert case.severity == Severity.LOW


def test_the_last_change_is_undone_and_done_again(
    nordpost: Workspace, dora: Membership, at: datetime
) -> None:
    policies.change_table(nordpost, ALL_HIGH, by=dora.actor(), at=at)
    policies.undo_table(nordpost, by=dora.actor(), at=at)
    assert queries.table(queries.policy(nordpost.pk)) == TABLE
    policies.undo_table(nordpost, by=dora.actor(), at=at)
    assert queries.table(queries.policy(nordpost.pk)) == ALL_HIGH


def test_nothing_is_undone_where_nothing_was_done(
    nordpost: Workspace, dora: Membership, at: datetime
) -> None:
    with pytest.raises(NotNow):
        policies.undo_table(nordpost, by=dora.actor(), at=at)


def test_a_line_that_is_moved_marks_what_waits(
    read: Case, nordpost: Workspace, dora: Membership, at: datetime
) -> None:
    assert (read.kind, read.unsure) == ("complaint", False)
    policies.be_sure_at(nordpost, {"kind": 0.9}, by=dora.actor(), at=at)
    read.refresh_from_db()
    assert (read.kind, read.leaning, read.sure, read.unsure) == ("", "complaint", 0.8, True)
    assert (read.abuse, read.step) == ("insult", "judge")
    assert (mention("post-1").kind, mention("post-1").unsure) == ("", True)
    policies.be_sure_at(nordpost, {"kind": None, "abuse": None}, by=dora.actor(), at=at)
    read.refresh_from_db()
    assert (read.kind, read.leaning, read.sure, read.unsure) == ("complaint", "", 0.8, False)


def test_a_line_that_is_moved_keeps_what_an_answer_said(
    channel: Channel, nordpost: Workspace, dora: Membership, at: datetime
) -> None:
    first = hearing.post("p1", LOST, at)
    says = {LOST: verdict("praise", 0.8), "Hot": verdict("other", 0.8, abuse="threat", abusive=0.9)}
    with seated(Scripted(says)):
        hearing.hear(channel, first, at=at)
        hearing.hear(channel, hearing.answer("p2", "Hot", at, first), at=at)
    policies.be_sure_at(nordpost, {"kind": 0.7}, by=dora.actor(), at=at)
    assert Case.objects.get().abuse == "threat"
    policies.be_sure_at(nordpost, {"abuse": 0.95}, by=dora.actor(), at=at)
    assert Case.objects.get().abuse == ""


def test_a_lower_line_judges_nothing_by_itself(
    channel: Channel, nordpost: Workspace, dora: Membership, at: datetime
) -> None:
    with seated(Scripted({WHEN: verdict("question", 0.6, unsure=("kind",))})):
        case = hearing.case(channel, WHEN, at)
    policies.be_sure_at(nordpost, {"kind": 0.55}, by=dora.actor(), at=at)
    case.refresh_from_db()
    assert (case.kind, case.unsure, case.step) == ("question", False, "judge")


@pytest.mark.parametrize("line", [0.0, 0.49, 1.0, -1.0])
def test_a_line_outside_is_refused(nordpost: Workspace, dora: Membership, at: datetime, line: float) -> None:
    with pytest.raises(NotNow):
        policies.be_sure_at(nordpost, {"kind": line}, by=dora.actor(), at=at)
    assert queries.policy(nordpost.pk).sure_at == {}


@pytest.mark.parametrize("who", ["alice", "bob", "amy", "vic", "carol"])
def test_others_may_not(nordpost: Workspace, at: datetime, who: str, request: pytest.FixtureRequest) -> None:
    by = request.getfixturevalue(who).actor()
    with pytest.raises(NotYours):
        policies.let_judge_alone(nordpost, "never", by=by, at=at)
    with pytest.raises(NotYours):
        policies.change_table(nordpost, ALL_HIGH, by=by, at=at)
    with pytest.raises(NotYours):
        policies.be_sure_at(nordpost, {}, by=by, at=at)
    assert not Policy.objects.exists()
