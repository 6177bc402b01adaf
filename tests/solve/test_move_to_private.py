"""Moving the talk into private."""

from datetime import datetime

import pytest

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership
from gensvar.process.case.models import Case
from gensvar.process.respond.states import Purpose
from gensvar.process.solve.actions import move_to_private
from tests import hearing
from tests.process_cast import MINUTE, says


def test_by_hand_when_the_author_called(complaint: Case, bob: Membership, at: datetime) -> None:
    move_to_private(complaint, by=bob.actor(), at=at)
    case = Case.objects.get()
    assert (case.step, case.tray, case.next_due_at) == ("talk", "private", None)
    assert case.facts.filter(name="talk.moved", by=bob.user).exists()


def test_by_an_invitation_in_the_thread(complaint: Case, bob: Membership, at: datetime) -> None:
    says(complaint, "Skriv till oss, Eva", Purpose.INVITATION, by=bob.actor(), at=at)
    assert complaint.step == "talk"


def test_a_word_in_public_meanwhile_leaves_it_private(complaint: Case, bob: Membership, at: datetime) -> None:
    move_to_private(complaint, by=bob.actor(), at=at)
    says(complaint, "Vi hörs i meddelandet", Purpose.ANSWER, by=bob.actor(), at=at)
    assert complaint.step == "talk"


def test_what_the_author_says_in_public_meanwhile_lies_in_the_same_case(
    complaint: Case, bob: Membership, at: datetime
) -> None:
    move_to_private(complaint, by=bob.actor(), at=at)
    first = hearing.mention("post-1")
    hearing.hear(
        first.channel,
        hearing.answer("post-2", "Har skrivit nu", at + MINUTE, hearing.post("post-1", "", at)),
        at=at + MINUTE,
    )
    assert hearing.mention("post-2").case == complaint
    assert Case.objects.get().step == "talk"


def test_a_viewer_may_not(complaint: Case, vic: Membership, at: datetime) -> None:
    with pytest.raises(NotYours):
        move_to_private(complaint, by=vic.actor(), at=at)
