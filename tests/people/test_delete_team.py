"""Deleting a team: asked first, and nobody but the team goes."""

from datetime import datetime

import pytest

from gensvar.people import actions
from gensvar.people.actor import NotYours
from gensvar.people.models import Invitation, Membership, Team, Workspace
from gensvar.people.rules import Role
from tests.conftest import SignIn


@pytest.fixture
def team(nordpost: Workspace, dora: Membership, bob: Membership, at: datetime) -> Team:
    """A team with Bob in it, into which somebody is invited."""
    made = actions.add_team(nordpost, "Parcels", by=dora.actor(), at=at)
    actions.change_team(made, name="Parcels", members=[bob], by=dora.actor(), at=at)
    actions.invite(nordpost, email="", role=Role.AGENT, team=made, by=dora.actor(), at=at)
    return made


def test_it_is_asked_first(team: Team, dora: Membership, sign_in: SignIn) -> None:
    browser = sign_in(dora)
    assert (
        f"/w/nordpost/teams/{team.pk}/delete/"
        in browser.get(f"/w/nordpost/teams/{team.pk}/").content.decode()
    )
    assert b"Delete the team Parcels" in browser.get(f"/w/nordpost/teams/{team.pk}/delete/").content
    assert Team.objects.exists()


def test_its_people_and_invitations_fall_back_to_no_team(
    team: Team, dora: Membership, bob: Membership, sign_in: SignIn
) -> None:
    sign_in(dora).post(f"/w/nordpost/teams/{team.pk}/delete/")
    assert not Team.objects.exists()
    bob.refresh_from_db()
    assert (bob.left_at, bob.role, list(bob.teams.all())) == (None, "agent", [])
    assert Invitation.objects.get().team is None


def test_its_name_is_free_again(team: Team, dora: Membership, at: datetime) -> None:
    actions.delete_team(team, by=dora.actor(), at=at)
    assert actions.add_team(dora.workspace, "Parcels", by=dora.actor(), at=at).pk


def test_nobody_else_deletes_it(team: Team, alice: Membership, carol: Membership, at: datetime) -> None:
    for who in (alice, carol):
        with pytest.raises(NotYours):
            actions.delete_team(team, by=who.actor(), at=at)
    assert Team.objects.exists()
