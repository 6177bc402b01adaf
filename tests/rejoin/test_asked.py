"""Going back to the thread: the question, and who answers it."""

from datetime import datetime

import pytest

from gensvar.connectors.contract import Author
from gensvar.people.models import Membership
from gensvar.process.case.models import Case
from gensvar.process.listen.models import Channel
from gensvar.process.rejoin.models import Return
from gensvar.process.respond.states import Purpose
from gensvar.process.solve.actions import settle
from tests import hearing
from tests.conftest import AT
from tests.process_cast import MINUTE, says

FIRST = hearing.post("post-1", "", AT)


@pytest.fixture
def asked(complaint: Case, bob: Membership, at: datetime) -> Case:
    """A settled case whose author was asked whether she is happy now."""
    settle(complaint, "Fick sitt paket", by=bob.actor(), at=at)
    says(complaint, "Är du nöjd nu, Eva?", Purpose.QUESTION, by=bob.actor(), at=at + MINUTE)
    return complaint


def test_the_case_waits_for_what_they_say(asked: Case, at: datetime) -> None:
    row = Return.objects.get()
    assert (asked.step, asked.tray) == ("follow", "watching")
    assert (row.asked_at, row.answer, row.outcome) == (at + MINUTE, None, "")


def test_their_answer_belongs_to_the_question(asked: Case, channel: Channel, at: datetime) -> None:
    hearing.hear(channel, hearing.answer("post-2", "Ja, tack!", at + 2 * MINUTE, FIRST), at=at + 2 * MINUTE)
    row = Return.objects.get()
    assert row.answer == hearing.mention("post-2")
    assert row.answered_at == at + 2 * MINUTE
    asked.refresh_from_db()
    assert (asked.step, asked.tray) == ("conclude", "return")


def test_what_somebody_else_says_does_not_answer_it(asked: Case, channel: Channel, at: datetime) -> None:
    ulf = Author("did:plc:ulf", "ulf.example", "Ulf")
    hearing.hear(channel, hearing.answer("post-2", "Jag är nöjd!", at, FIRST, author=ulf), at=at + 2 * MINUTE)
    asked.refresh_from_db()
    assert asked.step == "follow"
    assert Return.objects.get().answer is None


def test_a_second_question_is_a_second_return(asked: Case, bob: Membership, at: datetime) -> None:
    says(asked, "Hej igen, är allt bra?", Purpose.QUESTION, by=bob.actor(), at=at + 5 * MINUTE)
    assert Return.objects.filter(case=asked).count() == 2
