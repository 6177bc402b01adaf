"""Saving what was typed: nobody's words are lost when two write."""

from datetime import datetime

import pytest

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership
from gensvar.process.respond import actions
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import Purpose, WrongMove
from tests.process_cast import MINUTE, WORDS


def test_it_keeps_the_words_and_counts_the_version(draft: Reply, bob: Membership, at: datetime) -> None:
    saved = actions.save_draft(draft, "Bättre ord", version=1, by=bob.actor(), at=at + MINUTE)
    assert (saved.text, saved.version, saved.changed_at) == ("Bättre ord", 2, at + MINUTE)


def test_a_colleagues_newer_words_are_not_overwritten(
    draft: Reply, alice: Membership, bob: Membership, at: datetime
) -> None:
    actions.save_draft(draft, "Alices ord", version=1, by=alice.actor(), at=at)
    with pytest.raises(actions.NewerDraft) as newer:
        actions.save_draft(draft, "Bobs ord", version=1, by=bob.actor(), at=at)
    assert newer.value.reply.text == "Alices ord"
    assert Reply.objects.get().text == "Alices ord"


def test_the_purpose_changes_only_when_it_is_given(draft: Reply, bob: Membership, at: datetime) -> None:
    saved = actions.save_draft(draft, WORDS, version=1, purpose=Purpose.HOLDING, by=bob.actor(), at=at)
    assert actions.save_draft(saved, WORDS, version=2, by=bob.actor(), at=at).purpose == "holding"


def test_what_no_database_can_hold_is_replaced(draft: Reply, bob: Membership, at: datetime) -> None:
    saved = actions.save_draft(draft, "Hej\x00 \ud83d", version=1, by=bob.actor(), at=at)
    saved.refresh_from_db()
    assert saved.text.startswith("Hej")
    assert "\x00" not in saved.text


def test_an_approved_reply_cannot_be_changed(approved: Reply, bob: Membership, at: datetime) -> None:
    with pytest.raises(WrongMove, match="on its way"):
        actions.save_draft(approved, "Något annat", version=1, by=bob.actor(), at=at)
    assert Reply.objects.get().frozen_text == WORDS


def test_another_workspace_may_not(draft: Reply, carol: Membership, at: datetime) -> None:
    with pytest.raises(NotYours):
        actions.save_draft(draft, "Hej", version=1, by=carol.actor(), at=at)
