"""Tone and urgency corrected by a person: kept beside what the machine said, told, and never laid over again."""

from datetime import datetime

import pytest

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership, User
from gensvar.process.assess import corrections, policies
from gensvar.process.assess.actions import confirm
from gensvar.process.assess.models import Correction, Verdict
from gensvar.process.case.actions import NotNow
from gensvar.process.case.models import Case
from gensvar.process.case.queries import journal
from gensvar.process.case.steps import Severity
from gensvar.process.listen.models import Channel
from tests import hearing
from tests.hearing import answer, edited, hear, mention, post
from tests.judging import Scripted, seated, verdict
from tests.process_cast import MINUTE, actor

LOST = "Paketet kom aldrig fram."
AGAIN = "Och nu är det bråttom."
READER = Scripted({AGAIN: verdict("complaint", 0.9, urgency="high"), LOST: verdict("complaint", 0.93)})


@pytest.fixture
def heard(channel: Channel, at: datetime) -> Case:
    with seated(READER):
        found = hearing.case(channel, LOST, at, "p1")
    found.refresh_from_db()
    return found


def test_what_the_machine_said_stays_beside_it(heard: Case, bob: Membership, at: datetime) -> None:
    kept = corrections.correct(heard, "sentiment", "neutral", by=bob.actor(), at=at)
    assert (kept.answer, kept.by_name, kept.at) == ("neutral", "Bob", at)
    assert (kept.verdict, Verdict.objects.get().sentiment) == (Verdict.objects.get(), "negative")
    heard.refresh_from_db()
    assert (heard.sentiment, mention("p1").sentiment) == ("neutral", "neutral")
    assert journal(heard)[-1].data["question"] == "sentiment"


@pytest.mark.parametrize(
    ("urgency", "severity"),
    [("high", Severity.HIGH), ("normal", Severity.NORMAL), ("low", Severity.NORMAL)],
)
def test_how_bad_it_is_follows_from_the_table(
    heard: Case, bob: Membership, at: datetime, urgency: str, severity: Severity
) -> None:
    corrections.correct(heard, "urgency", urgency, by=bob.actor(), at=at)
    heard.refresh_from_db()
    assert (heard.urgency, heard.severity) == (urgency, severity)


def test_another_answer_takes_it_back(heard: Case, bob: Membership, alice: Membership, at: datetime) -> None:
    corrections.correct(heard, "urgency", "high", by=bob.actor(), at=at)
    corrections.correct(heard, "urgency", "normal", by=alice.actor(), at=at + MINUTE)
    heard.refresh_from_db()
    assert (heard.urgency, heard.severity) == ("normal", Severity.NORMAL)
    assert list(Correction.objects.values_list("answer", "by_name")) == [("high", "Bob"), ("normal", "Alice")]


def test_neither_the_clock_nor_the_kind_nor_the_step_moves(
    heard: Case, bob: Membership, at: datetime
) -> None:
    before = (heard.next_due_at, heard.answer_due_at, heard.kind, heard.step, heard.sure)
    corrections.correct(heard, "urgency", "high", by=bob.actor(), at=at)
    heard.refresh_from_db()
    assert (heard.next_due_at, heard.answer_due_at, heard.kind, heard.step, heard.sure) == before


def test_a_new_wording_is_not_laid_over_it(
    heard: Case, bob: Membership, channel: Channel, at: datetime
) -> None:
    for question, said in (("sentiment", "positive"), ("urgency", "low")):
        corrections.correct(heard, question, said, by=bob.actor(), at=at)
    with seated(READER):
        hear(channel, edited("p1", f"{AGAIN} {LOST}", at), at=at + MINUTE)
    heard.refresh_from_db()
    assert Verdict.objects.count() == 2
    assert (heard.sentiment, heard.urgency, mention("p1").urgency) == ("positive", "low", "low")


def test_what_the_author_writes_later_speaks_for_itself(
    heard: Case, bob: Membership, channel: Channel, at: datetime
) -> None:
    for question, said in (("sentiment", "positive"), ("urgency", "low")):
        corrections.correct(heard, question, said, by=bob.actor(), at=at)
    with seated(READER):
        hear(channel, answer("p2", AGAIN, at + MINUTE, to=post("p1", LOST, at)), at=at + MINUTE)
    heard.refresh_from_db()
    assert (heard.sentiment, heard.urgency) == ("negative", "high")


def test_another_line_between_sure_and_unsure_changes_none_of_it(
    channel: Channel, bob: Membership, dora: Membership, at: datetime
) -> None:
    with seated(Scripted({LOST: verdict("complaint", 0.6, unsure=("kind",))})):
        case = hearing.case(channel, LOST, at, "p1")
    corrections.correct(case, "sentiment", "positive", by=bob.actor(), at=at)
    policies.be_sure_at(case.workspace, {"kind": 0.5}, by=dora.actor(), at=at)
    case.refresh_from_db()
    assert (case.kind, case.sentiment) == ("complaint", "positive")


def test_who_says_that_the_machine_read_it_rightly_says_so_of_tone_and_urgency_too(
    heard: Case, bob: Membership, at: datetime
) -> None:
    corrections.correct(heard, "sentiment", "neutral", by=bob.actor(), at=at)
    confirm(heard, by=bob.actor(), at=at)
    assert list(Correction.objects.order_by("pk").values_list("question", "answer")) == [
        ("sentiment", "neutral"),
        ("urgency", "normal"),
    ]
    heard.refresh_from_db()
    assert heard.sentiment == "neutral"


@pytest.mark.parametrize(
    ("question", "said"), [("sentiment", "high"), ("urgency", ""), ("kind", "complaint"), ("", "")]
)
def test_an_answer_that_is_not_offered_changes_nothing(
    heard: Case, bob: Membership, at: datetime, question: str, said: str
) -> None:
    with pytest.raises(NotNow):
        corrections.correct(heard, question, said, by=bob.actor(), at=at)
    assert not Correction.objects.exists()


def test_where_no_machine_has_read_it_a_person_says_it_all_the_same(
    channel: Channel, bob: Membership, at: datetime
) -> None:
    with seated(None):
        case = hearing.case(channel, LOST, at, "p1")
    assert corrections.correct(case, "sentiment", "negative", by=bob.actor(), at=at).verdict is None
    case.refresh_from_db()
    assert case.sentiment == "negative"


@pytest.mark.parametrize("who", ["amy", "vic", "carol", "mallory"])
def test_others_may_not(heard: Case, at: datetime, who: str, request: pytest.FixtureRequest) -> None:
    somebody: Membership | User = request.getfixturevalue(who)
    with pytest.raises(NotYours):
        corrections.correct(heard, "urgency", "high", by=actor(somebody, heard.workspace), at=at)
    assert not Correction.objects.exists()
