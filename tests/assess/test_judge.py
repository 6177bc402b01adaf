"""Judging: one key says what a post is, and the case moves to what comes next."""

from datetime import datetime

import pytest

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership, User
from gensvar.process.assess.actions import judge
from gensvar.process.case.actions import take
from gensvar.process.case.models import Case
from gensvar.process.case.queries import journal
from gensvar.process.case.steps import Kind
from gensvar.process.respond import actions as respond
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import Purpose
from tests.process_cast import MINUTE, actor, says


@pytest.mark.parametrize(
    ("kind", "then"),
    [
        (Kind.COMPLAINT, ("answer", "now", "")),
        (Kind.QUESTION, ("answer", "now", "")),
        (Kind.PRAISE, ("thank", "thank", "")),
        (Kind.ABUSE, ("ground", "now", "")),
        (Kind.OTHER, ("closed", "done", "nothing")),
    ],
)
def test_the_case_moves_to_what_comes_next(
    case: Case, bob: Membership, at: datetime, kind: Kind, then: tuple[str, str, str]
) -> None:
    judge(case, kind, by=bob.actor(), at=at + MINUTE)
    case.refresh_from_db()
    assert (case.kind, case.step, case.tray, case.outcome) == (kind.value, *then)


def test_the_clock_runs_on_from_the_post(case: Case, bob: Membership, at: datetime) -> None:
    judge(case, Kind.COMPLAINT, by=bob.actor(), at=at + 20 * MINUTE)
    case.refresh_from_db()
    assert case.next_due_at == at + 60 * MINUTE


def test_it_is_remembered_who_said_it(case: Case, bob: Membership, at: datetime) -> None:
    said = judge(case, Kind.PRAISE, by=bob.actor(), at=at)
    assert (said.by, said.by_name, said.at, said.confidence) == (bob.user, "Bob", at, None)
    assert journal(case)[-1].data == {"kind": "praise", "before": ""}


def test_saying_it_again_corrects_it(case: Case, alice: Membership, bob: Membership, at: datetime) -> None:
    judge(case, Kind.OTHER, by=bob.actor(), at=at)
    judge(case, Kind.COMPLAINT, by=alice.actor(), at=at + MINUTE)
    case.refresh_from_db()
    assert (case.kind, case.step, case.outcome, case.closed_at) == ("complaint", "answer", "", None)
    assert list(case.judgements.order_by("pk").values_list("kind", flat=True)) == ["other", "complaint"]
    assert journal(case)[-1].data["before"] == "other"


def test_an_answered_case_stays_where_it_is(complaint: Case, bob: Membership, at: datetime) -> None:
    says(complaint, "Hej Eva", Purpose.ANSWER, by=bob.actor(), at=at)
    judge(complaint, Kind.QUESTION, by=bob.actor(), at=at)
    complaint.refresh_from_db()
    assert (complaint.kind, complaint.step) == ("question", "watch")


def test_a_case_in_review_stays_with_its_reader(draft: Reply, bob: Membership, at: datetime) -> None:
    respond.ask_review(draft, of=None, by=bob.actor(), at=at)
    case = Case.objects.get()
    judge(case, Kind.QUESTION, by=bob.actor(), at=at)
    case.refresh_from_db()
    assert (case.kind, case.step, case.tray) == ("question", "review", "second-eyes")
    respond.send_back(draft, "Varmare", by=bob.actor(), at=at)
    assert Case.objects.get().step == "answer"


def test_judging_keeps_the_owner(case: Case, bob: Membership, at: datetime) -> None:
    take(case, bob.user, by=bob.actor(), at=at)
    judge(case, Kind.COMPLAINT, by=bob.actor(), at=at)
    assert Case.objects.get().owner == bob.user


@pytest.mark.parametrize("who", ["amy", "vic", "carol", "mallory"])
def test_others_may_not(case: Case, at: datetime, who: str, request: pytest.FixtureRequest) -> None:
    somebody: Membership | User = request.getfixturevalue(who)
    with pytest.raises(NotYours):
        judge(case, Kind.OTHER, by=actor(somebody, case.workspace), at=at)
    assert Case.objects.get().kind == ""
