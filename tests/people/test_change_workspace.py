"""Changing what a workspace is called, where it works, and how soon it answers."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from gensvar.people import actions, errors
from gensvar.people.actor import NotYours
from gensvar.people.models import Membership, Workspace
from gensvar.people.rules import Role
from tests.conftest import AT, SignIn, member
from tests.desk import scene

GOOD: dict[str, Any] = {"name": "Nord", "zone": "Europe/Oslo", "language": "sv", "answer_minutes": 45}
SETTINGS = "/w/nordpost/settings/"


def kept(workspace: Workspace) -> dict[str, Any]:
    return dict(Workspace.objects.filter(pk=workspace.pk).values(*GOOD).get())


def test_an_administrator_changes_all_four(dora: Membership, nordpost: Workspace, sign_in: SignIn) -> None:
    assert sign_in(dora).post(SETTINGS, GOOD).status_code == 302
    assert kept(nordpost) == GOOD
    assert Workspace.objects.get(pk=nordpost.pk).slug == "nordpost"


def test_the_name_is_kept_as_people_read_it(dora: Membership, nordpost: Workspace) -> None:
    actions.change_workspace(nordpost, **{**GOOD, "name": " Nord \u200b  Post "}, by=dora.actor(), at=AT)
    assert kept(nordpost)["name"] == "Nord Post"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " \u200b ", "Write the name of the company"),
        ("zone", "Europe/Atlantis", "Choose a time zone"),
        ("language", "xx", "Choose a language"),
        ("answer_minutes", 4, "from 5 to 1440"),
        ("answer_minutes", 1441, "from 5 to 1440"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    dora: Membership, nordpost: Workspace, field: str, value: object, sentence: str
) -> None:
    before = kept(nordpost)
    with pytest.raises(errors.Refused, match=sentence):
        actions.change_workspace(nordpost, **{**GOOD, field: value}, by=dora.actor(), at=AT)
    assert kept(nordpost) == before


@pytest.mark.parametrize("minutes", [5, 1440])
def test_the_ends_of_the_span_are_taken(dora: Membership, nordpost: Workspace, minutes: int) -> None:
    actions.change_workspace(nordpost, **{**GOOD, "answer_minutes": minutes}, by=dora.actor(), at=AT)
    assert kept(nordpost)["answer_minutes"] == minutes


@pytest.mark.parametrize(
    ("field", "value"), [("answer_minutes", "3"), ("answer_minutes", "x"), ("name", " ")]
)
def test_the_form_says_it_at_the_field(
    dora: Membership, nordpost: Workspace, sign_in: SignIn, field: str, value: str
) -> None:
    answer = sign_in(dora).post(SETTINGS, {**GOOD, field: value})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert kept(nordpost)["zone"] != GOOD["zone"]


def test_nobody_else_changes_it(alice: Membership, sparfin: Workspace, nordpost: Workspace) -> None:
    before = kept(nordpost)
    for who in (alice, member(sparfin, "Odd", Role.ADMINISTRATOR)):
        with pytest.raises(NotYours):
            actions.change_workspace(nordpost, **GOOD, by=who.actor(), at=AT)
    assert kept(nordpost) == before


def test_others_read_it_and_get_no_field(alice: Membership, sign_in: SignIn) -> None:
    page = sign_in(alice).get(SETTINGS).content.decode()
    assert "60 minutes" in page
    assert 'name="answer_minutes"' not in page


def test_a_clock_that_runs_keeps_its_end(
    dora: Membership, nordpost: Workspace, at: datetime, sign_in: SignIn
) -> None:
    channel = scene.channel(nordpost, dora, at, "by_hand")
    before = scene.hear(channel, scene.post(1, "Nordpost lost it"), at)
    actions.change_workspace(nordpost, **GOOD, by=dora.actor(), at=AT)
    channel.refresh_from_db()
    channel.workspace.refresh_from_db()
    after = scene.hear(channel, scene.post(2, "Nordpost lost it too", "Jukka"), at)
    before.refresh_from_db()
    assert (before.next_due_at, after.next_due_at) == (at + timedelta(minutes=60), at + timedelta(minutes=45))
    page = sign_in(dora).get(f"/w/nordpost/case/{before.pk}/")
    first = page.context["case"]["clocks"][0]["time"]
    assert first.due == at + timedelta(minutes=60)
