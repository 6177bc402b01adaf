"""Concluding: how it ended is written down, and the case closes until they come back."""

from datetime import datetime

import pytest

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Outcome
from gensvar.process.listen.models import Channel
from gensvar.process.rejoin.actions import conclude
from gensvar.process.rejoin.models import Return
from gensvar.process.respond.states import Purpose
from gensvar.process.solve.actions import settle
from tests import hearing
from tests.process_cast import MINUTE, says


@pytest.fixture
def asked(complaint: Case, bob: Membership, at: datetime) -> Case:
    settle(complaint, "Fick sitt paket", by=bob.actor(), at=at)
    says(complaint, "Är du nöjd nu, Eva?", Purpose.QUESTION, by=bob.actor(), at=at + MINUTE)
    return complaint


@pytest.mark.parametrize("outcome", [Outcome.TURNED, Outcome.SETTLED, Outcome.UNHAPPY, Outcome.SILENT])
def test_it_closes_with_how_it_ended(asked: Case, alice: Membership, at: datetime, outcome: Outcome) -> None:
    conclude(asked, outcome, by=alice.actor(), at=at + 3 * MINUTE)
    asked.refresh_from_db()
    assert (asked.step, asked.outcome, asked.closed_at) == ("closed", outcome.value, at + 3 * MINUTE)
    row = Return.objects.get()
    assert (row.outcome, row.concluded_by) == (outcome.value, alice.user)
    assert asked.facts.get(name="case.concluded").data == {"outcome": outcome.value}


def test_a_new_remark_opens_it_again(asked: Case, alice: Membership, channel: Channel, at: datetime) -> None:
    conclude(asked, Outcome.TURNED, by=alice.actor(), at=at + 3 * MINUTE)
    later = at + 600 * MINUTE
    first = hearing.post("post-1", "", at)
    hearing.hear(channel, hearing.answer("post-9", "Nu hände det igen!", later, first), at=later)
    asked.refresh_from_db()
    assert (asked.step, asked.closed_at, asked.outcome) == ("answer", None, "")
    assert asked.next_due_at == later + 60 * MINUTE


def test_a_case_that_never_asked_can_be_concluded(complaint: Case, bob: Membership, at: datetime) -> None:
    conclude(complaint, Outcome.SILENT, by=bob.actor(), at=at)
    assert Case.objects.get().outcome == "silent"
    assert Return.objects.count() == 0


def test_an_ambassador_may_not(asked: Case, amy: Membership, at: datetime) -> None:
    with pytest.raises(NotYours):
        conclude(asked, Outcome.TURNED, by=amy.actor(), at=at)
    assert Return.objects.get().outcome == ""
