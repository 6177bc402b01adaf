"""Settling: what was done to put it right, and then back to the thread."""

from datetime import datetime
from decimal import Decimal

import pytest

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership
from gensvar.process.case.models import Case
from gensvar.process.solve.actions import Empty, settle
from gensvar.process.solve.models import Settlement
from tests.process_cast import MINUTE


def test_it_is_recorded_and_the_return_comes_next(complaint: Case, bob: Membership, at: datetime) -> None:
    settle(
        complaint,
        "Fick tillbaka frakten",
        form=Settlement.Form.REFUND,
        cost=Decimal("79.00"),
        currency="SEK",
        by=bob.actor(),
        at=at + MINUTE,
    )
    row, case = Settlement.objects.get(), Case.objects.get()
    assert (row.form, row.words, row.cost, row.currency) == (
        "refund",
        "Fick tillbaka frakten",
        Decimal("79.00"),
        "SEK",
    )
    assert (case.step, case.tray, case.settled_at) == ("return", "return", at + MINUTE)
    assert case.next_due_at is None


def test_it_says_what_was_done(complaint: Case, bob: Membership, at: datetime) -> None:
    with pytest.raises(Empty):
        settle(complaint, " ", by=bob.actor(), at=at)
    assert Case.objects.get().step == "answer"


def test_an_ambassador_may_not(complaint: Case, amy: Membership, at: datetime) -> None:
    with pytest.raises(NotYours):
        settle(complaint, "Hej", by=amy.actor(), at=at)
    assert Settlement.objects.count() == 0
