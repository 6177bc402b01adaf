"""A fair chance of a threat puts a case on top for a person, whatever else the machine is sure of."""

from datetime import datetime

import pytest

from gensvar.people.models import Membership
from gensvar.process.assess import rules
from gensvar.process.assess.actions import judge
from gensvar.process.assess.severity import PERHAPS, TABLE, Row
from gensvar.process.case.models import Case
from gensvar.process.case.queries import to_judge
from gensvar.process.case.steps import Kind, Severity
from gensvar.process.listen.models import Channel
from gensvar.reading.judge.verdict import Verdict
from tests import hearing
from tests.hearing import answer, hear, post
from tests.judging import Scripted, seated, verdict
from tests.process_cast import MINUTE

VEILED = "Ni ska få se vad som händer."
LOST = "Paketet kom aldrig fram."
RUDE = "Idioter, vänta ni bara."


def fair(**more: object) -> Verdict:
    """A sure complaint, likelier clean than not, and with a fair chance a threat."""
    return verdict("complaint", 0.93, **{"abusive": 0.4, "grounds": {"threat": 0.6, "insult": 0.4}, **more})


SAYS = {
    VEILED: fair(),
    RUDE: fair(abuse="insult", abusive=0.9, grounds={"insult": 0.7, "threat": 0.3}),
    LOST: verdict("complaint", 0.93),
}


def heard(channel: Channel, text: str, at: datetime, name: str = "p1") -> Case:
    with seated(Scripted(SAYS)):
        case = hearing.case(channel, text, at, name)
    case.refresh_from_db()
    return case


def test_it_is_severe_and_waits_for_a_person(channel: Channel, at: datetime) -> None:
    case = heard(channel, VEILED, at)
    assert (case.may_threaten, case.abuse, case.unsure) == (True, "", True)
    assert (case.severity, case.step) == (Severity.HIGH, "judge")
    assert Row(Severity.HIGH, abuses=frozenset({PERHAPS})) in TABLE


def test_it_stands_above_what_waits_without_such_a_doubt(channel: Channel, at: datetime) -> None:
    with seated(Scripted({"Jaha": verdict("complaint", 0.44, unsure=("kind",))})):
        hearing.case(channel, "Jaha, jaha.", at, "p0")
    case = heard(channel, VEILED, at + MINUTE)
    assert next(iter(to_judge(case.workspace_id))) == case


def test_what_is_surely_an_insult_stays_one(channel: Channel, at: datetime) -> None:
    case = heard(channel, RUDE, at)
    assert (case.abuse, case.may_threaten, case.severity) == ("insult", True, Severity.HIGH)


def test_a_person_ends_the_doubt(channel: Channel, bob: Membership, at: datetime) -> None:
    case = heard(channel, VEILED, at)
    judge(case, Kind.COMPLAINT, by=bob.actor(), at=at)
    case.refresh_from_db()
    assert (case.may_threaten, case.unsure, case.severity) == (False, False, Severity.NORMAL)


@pytest.mark.parametrize("decided", [True, False])
def test_what_the_author_writes_later_brings_it_too(
    channel: Channel, bob: Membership, at: datetime, decided: bool
) -> None:
    case = heard(channel, LOST, at)
    if decided:
        judge(case, Kind.COMPLAINT, by=bob.actor(), at=at)
    with seated(Scripted(SAYS)):
        later = answer("p2", VEILED, at + MINUTE, to=post("p1", LOST, at))
        hear(channel, later, at=at + MINUTE)
    case.refresh_from_db()
    assert (case.may_threaten, case.severity) == (True, Severity.HIGH)


@pytest.mark.parametrize(
    ("abuse", "abusive", "threat", "may"),
    [
        ("", 0.4, 0.6, True),
        ("", 0.4, 0.4, False),
        ("insult", 0.9, 0.3, True),
        ("threat", 0.97, 0.9, False),
        ("", 0.02, 0.0, False),
    ],
)
def test_a_fair_chance_of_a_threat_is_one_of_which_no_machine_is_sure(
    abuse: str, abusive: float, threat: float, may: bool
) -> None:
    scores = {"abuse": abusive, "ground": {"threat": threat, "insult": 1 - threat}}
    assert rules.may_threaten(abuse, scores) is may


def test_nothing_is_surely_free_of_abuse_while_it_may_threaten() -> None:
    scores = {"kind": {"complaint": 0.9}, "abuse": 0.4, "ground": {"threat": 0.6}}
    assert rules.unsure_of((), scores, {}) == {"abuse"}
    assert rules.unsure_of((), scores, {"abuse": 0.55}) == {"abuse"}
    assert rules.unsure_of((), {**scores, "ground": {"threat": 0.1}}, {}) == frozenset()
    assert rules.unsure_of((), {**scores, "abuse": 0.9, "ground": {"threat": 0.3}}, {}) == frozenset()
