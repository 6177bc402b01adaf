"""Saved views: who keeps which, who sees which, and their order."""

from datetime import datetime

import pytest

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership, Workspace
from gensvar.process.case.models import Fact
from gensvar.process.listen import views
from gensvar.process.listen.filter import Filter, from_dict
from gensvar.process.listen.models import View
from gensvar.process.listen.queries import views as seen

FINNISH = Filter(lang=frozenset({"fi"}))


def add(of: Membership, name: str, at: datetime, *, shared: bool = False, wanted: Filter = FINNISH) -> View:
    return views.add_view(
        of.workspace, name=name, tray="heard", wanted=wanted, shared=shared, by=of.actor(), at=at
    )


def names(of: Membership) -> list[str]:
    return [view.name for view in seen(of.workspace_id, of.user_id)]


def test_anyone_keeps_a_view_of_their_own(vic: Membership, alice: Membership, at: datetime) -> None:
    view = add(vic, "Finnish", at)
    assert from_dict(view.filter) == FINNISH
    assert (names(vic), names(alice)) == (["Finnish"], [])


def test_a_lead_keeps_views_for_everyone(alice: Membership, vic: Membership, at: datetime) -> None:
    add(vic, "Mine", at)
    add(alice, "Ours", at, shared=True)
    assert names(vic) == ["Ours", "Mine"]


def test_an_agent_keeps_none_for_everyone(alice: Membership, bob: Membership, at: datetime) -> None:
    with pytest.raises(NotYours):
        add(bob, "Ours", at, shared=True)
    view = add(alice, "Ours", at, shared=True)
    with pytest.raises(NotYours):
        views.change_view(view, name="x", wanted=FINNISH, shared=True, by=bob.actor(), at=at)
    with pytest.raises(NotYours):
        views.remove_view(view, by=bob.actor(), at=at)


def test_nobody_touches_a_colleagues_own_view(alice: Membership, bob: Membership, at: datetime) -> None:
    view = add(bob, "Mine", at)
    with pytest.raises(NotYours):
        views.change_view(view, name="x", wanted=FINNISH, shared=True, by=alice.actor(), at=at)
    with pytest.raises(NotYours):
        views.remove_view(view, by=alice.actor(), at=at)
    assert names(bob) == ["Mine"]


def test_another_workspace_sees_and_changes_nothing(
    alice: Membership, carol: Membership, at: datetime
) -> None:
    view = add(alice, "Ours", at, shared=True)
    assert names(carol) == []
    with pytest.raises(NotYours):
        views.remove_view(view, by=carol.actor(), at=at)


def test_a_view_gets_another_name_and_filter(bob: Membership, at: datetime) -> None:
    view = add(bob, "Finnish", at)
    wanted = Filter(tagged=False, words=("paket",))
    views.change_view(view, name="  Not \n tagged ", wanted=wanted, shared=False, by=bob.actor(), at=at)
    view.refresh_from_db()
    assert (view.name, from_dict(view.filter)) == ("Not tagged", wanted)


def test_a_lead_shares_a_view_and_takes_it_back(alice: Membership, bob: Membership, at: datetime) -> None:
    view = add(alice, "Finnish", at)
    views.change_view(view, name="Finnish", wanted=FINNISH, shared=True, by=alice.actor(), at=at)
    assert names(bob) == ["Finnish"]
    views.change_view(view, name="Finnish", wanted=FINNISH, shared=False, by=alice.actor(), at=at)
    assert (names(bob), names(alice)) == ([], ["Finnish"])


def test_views_change_places(bob: Membership, at: datetime) -> None:
    first, _second, third = (add(bob, name, at) for name in ("a", "b", "c"))
    views.move_view(third, up=True, by=bob.actor(), at=at)
    views.move_view(first, up=True, by=bob.actor(), at=at)
    assert names(bob) == ["a", "c", "b"]
    views.move_view(first, up=False, by=bob.actor(), at=at)
    assert names(bob) == ["c", "a", "b"]


def test_there_is_an_end_to_them(bob: Membership, at: datetime) -> None:
    for number in range(views.MOST_VIEWS):
        add(bob, str(number), at)
    with pytest.raises(views.TooMany):
        add(bob, "one more", at)


def test_a_removed_view_is_gone_and_what_it_showed_is_not(bob: Membership, at: datetime) -> None:
    views.remove_view(add(bob, "Finnish", at), by=bob.actor(), at=at)
    assert names(bob) == []


def test_the_journal_tells_no_name_of_a_view_of_ones_own(
    nordpost: Workspace, alice: Membership, at: datetime
) -> None:
    add(alice, "Secret", at)
    add(alice, "Ours", at, shared=True)
    told = [fact.data["name"] for fact in Fact.objects.filter(name="view.changed").order_by("pk")]
    assert told == ["", "Ours"]
