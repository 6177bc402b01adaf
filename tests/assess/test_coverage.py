"""How right a machine is against how much it answers, from what people said after it had spoken."""

from datetime import datetime

import pytest

from gensvar.connectors.contract import Author
from gensvar.people.models import Membership, Workspace
from gensvar.process.assess import coverage, queries
from gensvar.process.assess.actions import confirm, judge, judge_abuse
from gensvar.process.assess.corrections import correct
from gensvar.process.assess.coverage import Point, Trial
from gensvar.process.assess.models import Policy
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind
from gensvar.process.listen.models import Channel
from tests import hearing
from tests.judging import Scripted, seated, verdict
from tests.process_cast import MINUTE

TRIALS = [
    Trial(0.9, True),
    Trial(0.8, True),
    Trial(0.6, False, believed=False),
    Trial(0.5, True, believed=False),
]


def test_the_less_it_answers_the_surer_it_is() -> None:
    assert coverage.curve(TRIALS) == [
        Point(0.5, 1.0, 4, 0.75),
        Point(0.6, 0.75, 3, 2 / 3),
        Point(0.8, 0.5, 2, 1.0),
        Point(0.9, 0.25, 1, 1.0),
    ]


def test_from_a_line_that_nothing_reaches_it_answers_nothing() -> None:
    assert coverage.at(TRIALS, 0.95) == Point(0.95, 0.0, 0, None)


def test_the_line_that_holds_now() -> None:
    assert coverage.now(TRIALS) == Point(0.8, 0.5, 2, 1.0)


def test_without_judgements_there_is_nothing() -> None:
    assert coverage.curve([]) == []
    assert coverage.now([]) == Point(1.0, 0.0, 0, None)


@pytest.fixture
def cases(channel: Channel, at: datetime) -> list[Case]:
    """Four that a machine has read (the second is rude), and one that none has."""
    says = {
        "Ett": verdict("complaint", 0.9, unsure=("kind",)),
        "Två": verdict("complaint", 0.8, abuse="insult", abusive=0.7),
        "Tre": verdict("praise", 0.7),
        "Fyra": verdict("question", 0.6),
    }
    with seated(Scripted(says)):
        found = [_case(channel, text, at, number) for number, text in enumerate(says)]
    return [*found, _case(channel, "Fem", at, 5)]


def _case(channel: Channel, text: str, at: datetime, number: int) -> Case:
    author = Author(f"did:{number}", f"p{number}.example", f"P{number}")
    case = hearing.case(channel, text, at, f"p{number}", author=author)
    case.refresh_from_db()
    return case


NOTHING: dict[str, list[Trial]] = {"abuse": [], "kind": [], "sentiment": [], "urgency": []}


def trials(nordpost: Workspace) -> dict[str, list[Trial]]:
    return queries.trials(nordpost.pk, queries.policy(nordpost.pk))


def test_people_measure_what_a_machine_said_before_them(
    cases: list[Case], nordpost: Workspace, bob: Membership, at: datetime
) -> None:
    one, two, three, _four, five = cases
    judge(one, Kind.QUESTION, by=bob.actor(), at=at + MINUTE)
    confirm(two, by=bob.actor(), at=at + MINUTE)
    judge(three, Kind.PRAISE, by=bob.actor(), at=at + MINUTE)
    judge(five, Kind.COMPLAINT, by=bob.actor(), at=at + MINUTE)
    found = trials(nordpost)
    assert found["kind"] == [Trial(0.7, True), Trial(0.8, True), Trial(0.9, False, believed=False)]
    assert found["abuse"] == [Trial(0.7, True)]


def test_what_was_said_last_of_a_case_counts(
    cases: list[Case], nordpost: Workspace, bob: Membership, at: datetime
) -> None:
    judge(cases[2], Kind.OTHER, by=bob.actor(), at=at + MINUTE)
    judge(cases[2], Kind.PRAISE, by=bob.actor(), at=at + 2 * MINUTE)
    assert trials(nordpost)["kind"] == [Trial(0.7, True)]


def test_a_machine_does_not_measure_itself(cases: list[Case], nordpost: Workspace) -> None:
    assert cases[3].step == "answer"
    assert trials(nordpost) == NOTHING


def test_who_says_abuse_says_nothing_of_the_kind(
    cases: list[Case], nordpost: Workspace, bob: Membership, at: datetime
) -> None:
    judge(cases[2], Kind.ABUSE, by=bob.actor(), at=at)
    assert trials(nordpost) == {**NOTHING, "abuse": [Trial(0.98, False)]}


def test_that_a_rude_complaint_is_not_abusive_is_a_correction(
    cases: list[Case], nordpost: Workspace, bob: Membership, at: datetime
) -> None:
    judge_abuse(cases[1], abusive=False, by=bob.actor(), at=at)
    assert trials(nordpost)["abuse"] == [Trial(0.7, False)]


def test_a_line_that_was_moved_holds_for_what_was_said_before(
    cases: list[Case], nordpost: Workspace, bob: Membership, at: datetime
) -> None:
    Policy.objects.create(workspace=nordpost, sure_at={"kind": 0.85})
    for case in cases[:3]:
        confirm(case, by=bob.actor(), at=at)
    assert [trial.believed for trial in trials(nordpost)["kind"]] == [False, False, True]


def test_another_workspace_measures_nothing(
    cases: list[Case], sparfin: Workspace, bob: Membership, at: datetime
) -> None:
    confirm(cases[0], by=bob.actor(), at=at)
    assert trials(sparfin) == NOTHING


def test_tone_and_urgency_are_measured_by_what_was_corrected_last(
    cases: list[Case], nordpost: Workspace, bob: Membership, at: datetime
) -> None:
    correct(cases[0], "sentiment", "positive", by=bob.actor(), at=at)
    correct(cases[0], "sentiment", "negative", by=bob.actor(), at=at)
    correct(cases[1], "sentiment", "neutral", by=bob.actor(), at=at)
    correct(cases[1], "urgency", "high", by=bob.actor(), at=at)
    found = trials(nordpost)
    assert found["sentiment"] == [Trial(0.9, True), Trial(0.9, False)]
    assert found["urgency"] == [Trial(0.8, False)]
    assert (found["kind"], found["abuse"]) == ([], [])


def test_who_says_that_all_was_read_rightly_says_so_of_every_head(
    cases: list[Case], nordpost: Workspace, bob: Membership, at: datetime
) -> None:
    confirm(cases[0], by=bob.actor(), at=at)
    assert [(head, [trial.right for trial in found]) for head, found in trials(nordpost).items()] == [
        (head, [True]) for head in NOTHING
    ]
