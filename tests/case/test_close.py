"""Closing a case by hand, and taking it up again."""

from datetime import datetime

import pytest

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership, Workspace
from gensvar.process.case.actions import NotNow, close, reopen
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Outcome
from gensvar.process.respond.states import Purpose
from tests.process_cast import MINUTE, WORDS, says


def test_it_ends_with_its_outcome(complaint: Case, bob: Membership, at: datetime) -> None:
    close(complaint, Outcome.UNHAPPY, by=bob.actor(), at=at + MINUTE)
    complaint.refresh_from_db()
    assert (complaint.step, complaint.tray, complaint.outcome) == ("closed", "done", "unhappy")
    assert (complaint.closed_at, complaint.next_due_at) == (at + MINUTE, None)
    assert complaint.is_closed


def test_another_workspace_may_not_close_it(complaint: Case, carol: Membership, at: datetime) -> None:
    with pytest.raises(NotYours):
        close(complaint, Outcome.SETTLED, by=carol.actor(), at=at)


def test_reopening_brings_back_the_step_and_the_clock(complaint: Case, bob: Membership, at: datetime) -> None:
    due = complaint.next_due_at
    close(complaint, Outcome.NOTHING, by=bob.actor(), at=at + MINUTE)
    reopen(complaint, by=bob.actor(), at=at + 2 * MINUTE)
    complaint.refresh_from_db()
    assert (complaint.step, complaint.closed_at, complaint.outcome) == ("answer", None, "")
    assert due is not None
    assert complaint.next_due_at == due


def test_a_promise_that_changed_since_holds_for_new_clocks_only(
    complaint: Case, nordpost: Workspace, bob: Membership, at: datetime
) -> None:
    due = complaint.next_due_at
    Workspace.objects.update(answer_minutes=15)
    close(complaint, Outcome.NOTHING, by=bob.actor(), at=at + MINUTE)
    reopen(Case.objects.get(), by=bob.actor(), at=at + 2 * MINUTE)
    assert Case.objects.get().next_due_at == due


def test_what_is_answered_reopens_without_a_clock(complaint: Case, bob: Membership, at: datetime) -> None:
    says(complaint, WORDS, Purpose.ANSWER, by=bob.actor(), at=at)
    close(complaint, Outcome.NOTHING, by=bob.actor(), at=at + MINUTE)
    reopen(complaint, by=bob.actor(), at=at + 2 * MINUTE)
    assert Case.objects.get().next_due_at is None


def test_a_case_nobody_judged_reopens_to_be_judged(case: Case, bob: Membership, at: datetime) -> None:
    close(case, Outcome.NOTHING, by=bob.actor(), at=at)
    reopen(case, by=bob.actor(), at=at)
    assert Case.objects.get().step == "judge"


def test_an_open_case_cannot_be_reopened(case: Case, bob: Membership, at: datetime) -> None:
    with pytest.raises(NotNow):
        reopen(case, by=bob.actor(), at=at)
