"""Who has a case open, and who writes in it."""

from datetime import datetime, timedelta

from gensvar.people.models import Membership
from gensvar.process.case import queries
from gensvar.process.case.actions import be_present, leave
from gensvar.process.case.models import Case


def names(case: Case, at: datetime) -> list[tuple[str, bool]]:
    found = queries.present([case.pk], at).get(case.pk, [])
    return [(each.user.name, each.is_writing) for each in found]


def test_who_looks_and_who_writes_is_seen(
    case: Case, alice: Membership, bob: Membership, at: datetime
) -> None:
    assert be_present(case, alice.user, is_writing=False, at=at)
    assert be_present(case, bob.user, is_writing=True, at=at)
    assert names(case, at) == [("Alice", False), ("Bob", True)]


def test_staying_is_no_news_and_beginning_to_write_is(case: Case, bob: Membership, at: datetime) -> None:
    be_present(case, bob.user, is_writing=False, at=at)
    assert not be_present(case, bob.user, is_writing=False, at=at + timedelta(seconds=10))
    assert be_present(case, bob.user, is_writing=True, at=at + timedelta(seconds=12))
    assert queries.presences_after(at + timedelta(seconds=11)) == [(case.workspace_id, case.pk)]


def test_a_page_that_fell_silent_is_gone(case: Case, bob: Membership, at: datetime) -> None:
    be_present(case, bob.user, is_writing=True, at=at)
    assert names(case, at + timedelta(seconds=20)) == [("Bob", True)]
    assert names(case, at + timedelta(seconds=21)) == []
    assert be_present(case, bob.user, is_writing=True, at=at + timedelta(seconds=30))


def test_leaving_is_seen_at_once(case: Case, bob: Membership, at: datetime) -> None:
    be_present(case, bob.user, is_writing=True, at=at)
    leave(case, bob.user, at=at)
    assert names(case, at) == []
