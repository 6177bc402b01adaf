"""Keeping a watch: its languages, the journal's before and after, pausing, and taking a change back."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership, Workspace
from gensvar.process.case.models import Fact
from gensvar.process.listen import actions
from gensvar.process.listen.models import Watch
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.query import BadQuery

LATER = timedelta(minutes=5)


@pytest.fixture
def watch(nordpost: Workspace, dora: Membership, at: datetime) -> Watch:
    return actions.add_watch(nordpost, name="Nordpost", query="Nordpost", by=dora.actor(), at=at)


def change(watch: Watch, by: Membership, at: datetime, **values: Any) -> None:
    known: dict[str, Any] = {
        "name": watch.name,
        "query": watch.query,
        "kind": watch.kind,
        "languages": watch.languages,
    }
    actions.change_watch(watch, **{**known, **values}, by=by.actor(), at=at)


def test_a_watch_counts_the_inflections_of_all_languages_unless_told(watch: Watch) -> None:
    assert watch.languages == list(LANGUAGES) == ["fi", "sv", "no", "da", "nl", "de", "en"]


def test_languages_are_kept_in_their_order_and_unknown_ones_left_out(
    watch: Watch, dora: Membership, at: datetime
) -> None:
    change(watch, dora, at, languages=["sv", "tlh", "fi", "sv"])
    watch.refresh_from_db()
    assert watch.languages == ["fi", "sv"]


def test_no_language_at_all_means_every_one(watch: Watch, dora: Membership, at: datetime) -> None:
    change(watch, dora, at, languages=[])
    assert watch.languages == list(LANGUAGES)


def test_the_journal_keeps_what_it_was_and_what_it_is(watch: Watch, dora: Membership, at: datetime) -> None:
    change(watch, dora, at + LATER, query="Nordpost NOT =Nordposten", languages=["sv"])
    fact = Fact.objects.filter(name="watch.changed").latest("pk")
    assert fact.data["before"]["query"] == "Nordpost"
    assert fact.data["after"] == {
        "name": "Nordpost",
        "query": "Nordpost NOT =Nordposten",
        "kind": "brand",
        "languages": ["sv"],
        "paused": False,
    }
    watch.refresh_from_db()
    assert watch.change == fact


def test_keeping_it_as_it_is_writes_nothing(watch: Watch, dora: Membership, at: datetime) -> None:
    change(watch, dora, at + LATER)
    watch.refresh_from_db()
    assert watch.changed_at == at
    assert Fact.objects.filter(name="watch.changed").count() == 1


def test_a_query_that_cannot_be_read_changes_nothing(watch: Watch, dora: Membership, at: datetime) -> None:
    with pytest.raises(BadQuery):
        change(watch, dora, at, query="(Nordpost")
    watch.refresh_from_db()
    assert watch.query == "Nordpost"


def test_a_change_is_taken_back_whole(watch: Watch, dora: Membership, at: datetime) -> None:
    change(watch, dora, at, name="Post", query="post", kind="subject", languages=["en"])
    assert watch.change is not None
    assert actions.undo_watch(watch, watch.change.pk, by=dora.actor(), at=at + LATER)
    watch.refresh_from_db()
    assert (watch.name, watch.query, watch.kind) == ("Nordpost", "Nordpost", "brand")
    assert watch.languages == list(LANGUAGES)
    assert watch.changed_at == at + LATER


def test_a_pause_is_taken_back_and_made_again(watch: Watch, dora: Membership, at: datetime) -> None:
    actions.pause_watch(watch, paused=True, by=dora.actor(), at=at)
    assert watch.change is not None
    assert actions.undo_watch(watch, watch.change.pk, by=dora.actor(), at=at)
    assert watch.paused_at is None
    assert actions.undo_watch(watch, watch.change.pk, by=dora.actor(), at=at + LATER)
    assert watch.paused_at == at + LATER


def test_a_change_is_not_taken_back_over_a_later_one(watch: Watch, dora: Membership, at: datetime) -> None:
    change(watch, dora, at, query="post")
    assert watch.change is not None
    first = watch.change.pk
    change(watch, dora, at, query="post OR paket")
    assert not actions.undo_watch(watch, first, by=dora.actor(), at=at)
    watch.refresh_from_db()
    assert watch.query == "post OR paket"


def test_a_new_watch_has_nothing_to_go_back_to(watch: Watch, dora: Membership, at: datetime) -> None:
    assert watch.change is not None
    assert not actions.undo_watch(watch, watch.change.pk, by=dora.actor(), at=at)


def test_who_may_not_keep_watches_changes_none(
    watch: Watch, vic: Membership, carol: Membership, at: datetime
) -> None:
    assert watch.change is not None
    for stranger in (vic, carol):
        with pytest.raises(NotYours):
            change(watch, stranger, at, query="all")
        with pytest.raises(NotYours):
            actions.undo_watch(watch, watch.change.pk, by=stranger.actor(), at=at)
