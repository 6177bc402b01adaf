"""Taking a case: somebody answers for it, and all can see who."""

from datetime import datetime

import pytest

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership, User
from gensvar.process.case.actions import take
from gensvar.process.case.models import Case
from gensvar.process.case.queries import journal, of_owner
from tests.process_cast import MINUTE, actor


def test_it_names_the_owner(case: Case, bob: Membership, at: datetime) -> None:
    take(case, bob.user, by=bob.actor(), at=at)
    assert Case.objects.get().owner == bob.user
    assert list(of_owner(case.workspace_id, bob.user)) == [case]


def test_the_journal_says_who_gave_it_to_whom(
    case: Case, alice: Membership, bob: Membership, at: datetime
) -> None:
    take(case, bob.user, by=alice.actor(), at=at + MINUTE)
    last = journal(case)[-1]
    assert (last.name, last.by, last.by_name, last.at) == ("case.taken", alice.user, "Alice", at + MINUTE)
    assert last.data["owner_name"] == "Bob"


def test_it_can_be_given_back_to_nobody(case: Case, bob: Membership, at: datetime) -> None:
    take(case, bob.user, by=bob.actor(), at=at)
    take(case, None, by=bob.actor(), at=at)
    assert Case.objects.get().owner is None


@pytest.mark.parametrize("who", ["amy", "vic", "carol", "mallory"])
def test_who_may_not_judge_may_not_take(
    case: Case, at: datetime, who: str, request: pytest.FixtureRequest
) -> None:
    somebody: Membership | User = request.getfixturevalue(who)
    with pytest.raises(NotYours):
        take(case, None, by=actor(somebody, case.workspace), at=at)
    assert not case.facts.filter(name="case.taken").exists()
