"""Notes of the private talk."""

from datetime import datetime

import pytest

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership
from gensvar.process.case.models import Case
from gensvar.process.case.queries import journal
from gensvar.process.solve.actions import Empty, note
from gensvar.process.solve.models import Note
from tests.process_cast import MINUTE


def test_it_is_kept_with_who_and_how(complaint: Case, bob: Membership, at: datetime) -> None:
    row = note(complaint, " Ringde Eva. ", way=Note.Way.PHONE, by=bob.actor(), at=at + MINUTE)
    assert (row.text, row.way, row.by_name, row.at) == ("Ringde Eva.", "phone", "Bob", at + MINUTE)
    assert journal(complaint)[-1].data == {"note": row.pk, "way": "phone"}


def test_the_journal_does_not_repeat_private_words(complaint: Case, bob: Membership, at: datetime) -> None:
    note(complaint, "Hennes nummer är 070-1234567", by=bob.actor(), at=at)
    assert "070" not in str([fact.data for fact in journal(complaint)])


def test_a_note_moves_nothing(complaint: Case, bob: Membership, at: datetime) -> None:
    note(complaint, "Hej", by=bob.actor(), at=at)
    assert Case.objects.get().step == "answer"


@pytest.mark.parametrize("words", ["", "  \n\t "])
def test_nothing_is_no_note(complaint: Case, bob: Membership, at: datetime, words: str) -> None:
    with pytest.raises(Empty):
        note(complaint, words, by=bob.actor(), at=at)
    assert Note.objects.count() == 0


def test_an_ambassador_may_and_a_stranger_may_not(
    complaint: Case, amy: Membership, carol: Membership, at: datetime
) -> None:
    note(complaint, "Skåpet lagas i dag", by=amy.actor(), at=at)
    with pytest.raises(NotYours):
        note(complaint, "Hej", by=carol.actor(), at=at)
