"""Changing what people may do, teams, leaving, and further workspaces."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from gensvar.people import actions, errors, queries
from gensvar.people.actor import NotYours, machine
from gensvar.people.models import Membership, Team, User, Workspace
from gensvar.people.rules import Right, Role
from tests.at_once import at_once
from tests.conftest import AT, member, person

SignIn = Callable[[User | Membership], Client]


def role_of(membership: Membership) -> str:
    return Membership.objects.get(pk=membership.pk).role


def test_an_administrator_changes_a_role(dora: Membership, bob: Membership, sign_in: SignIn) -> None:
    sign_in(dora).post(f"/w/nordpost/people/{bob.pk}/", {"role": "lead"})
    assert role_of(bob) == "lead"


def test_a_new_role_holds_from_the_next_page(dora: Membership, bob: Membership, sign_in: SignIn) -> None:
    browser = sign_in(bob)
    assert browser.get("/w/nordpost/people/invite/").status_code == 403
    actions.change_member(bob, role=Role.ADMINISTRATOR, teams=[], by=dora.actor(), at=AT)
    assert browser.post("/w/nordpost/people/invite/", {"role": "agent"}).status_code == 302


def test_nobody_else_changes_roles(alice: Membership, bob: Membership, carol: Membership) -> None:
    for actor in (alice.actor(), bob.actor(), carol.actor()):
        with pytest.raises(NotYours):
            actions.change_member(bob, role=Role.ADMINISTRATOR, teams=[], by=actor, at=AT)
    assert role_of(bob) == "agent"


def test_an_administrator_of_another_workspace_changes_nothing(bob: Membership, sparfin: Workspace) -> None:
    other = member(sparfin, "Odd", Role.ADMINISTRATOR)
    with pytest.raises(NotYours):
        actions.remove(bob, by=other.actor(), at=AT)
    with pytest.raises(NotYours):
        actions.change_member(bob, role=Role.VIEWER, teams=[], by=other.actor(), at=AT)


def test_the_last_administrator_stays_one(dora: Membership, bob: Membership, sign_in: SignIn) -> None:
    answer = sign_in(dora).post(f"/w/nordpost/people/{dora.pk}/", {"role": "agent"})
    assert answer.status_code == 422
    assert "would have no administrator left" in answer.context["form"].errors["role"][0]
    assert role_of(dora) == "administrator"


def test_the_last_administrator_does_not_leave(dora: Membership, at: datetime) -> None:
    with pytest.raises(errors.LastAdministrator):
        actions.leave(dora, by=dora.actor(), at=at)
    with pytest.raises(errors.LastAdministrator):
        actions.remove(dora, by=dora.actor(), at=at)
    assert Membership.objects.get(pk=dora.pk).left_at is None


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_leave_at_once_do_not_both_go(dora: Membership) -> None:
    other = member(dora.workspace, "Olle", Role.ADMINISTRATOR)

    def go(one: Membership) -> None:
        actions.leave(one, by=one.actor(), at=AT)

    assert at_once(go, [dora, other], refused=errors.LastAdministrator) == [False, True]
    assert queries.members(dora.workspace).count() == 1


def test_a_removed_person_sees_nothing_more(dora: Membership, bob: Membership, sign_in: SignIn) -> None:
    browser = sign_in(bob)
    assert browser.get("/w/nordpost/people/").status_code == 200
    sign_in(dora).post(f"/w/nordpost/people/{bob.pk}/remove/")
    assert browser.get("/w/nordpost/people/").status_code == 404


def test_removing_is_asked_first(dora: Membership, bob: Membership, sign_in: SignIn) -> None:
    page = sign_in(dora).get(f"/w/nordpost/people/{bob.pk}/remove/")
    assert b"Remove Bob" in page.content
    assert Membership.objects.get(pk=bob.pk).left_at is None


def test_anyone_but_the_last_administrator_leaves(bob: Membership, dora: Membership, sign_in: SignIn) -> None:
    browser = sign_in(bob)
    browser.post("/w/nordpost/leave/")
    assert not queries.memberships_of(bob.user).exists()
    assert browser.get("/", follow=True).redirect_chain == [("/me/", 302)]


def test_someone_who_left_can_be_invited_again(dora: Membership, bob: Membership, at: datetime) -> None:
    actions.leave(bob, by=bob.actor(), at=at)
    one = actions.invite(dora.workspace, email="", role=Role.VIEWER, team=None, by=dora.actor(), at=at)
    again = actions.accept_as(bob.user, one, at=at)
    assert again.pk != bob.pk
    assert [m.role for m in queries.memberships_of(bob.user)] == ["viewer"]


def test_teams_are_made_renamed_and_filled(dora: Membership, bob: Membership, sign_in: SignIn) -> None:
    browser = sign_in(dora)
    browser.post("/w/nordpost/teams/new/", {"name": " Parcels  North "})
    team = Team.objects.get()
    assert team.name == "Parcels North"
    browser.post(f"/w/nordpost/teams/{team.pk}/", {"name": "Letters", "members": [bob.pk, dora.pk]})
    team.refresh_from_db()
    assert (team.name, set(team.memberships.all())) == ("Letters", {bob, dora})


def test_two_teams_of_a_workspace_have_different_names(
    dora: Membership, sparfin: Workspace, sign_in: SignIn
) -> None:
    Team.objects.create(workspace=sparfin, name="Parcels")
    browser = sign_in(dora)
    assert browser.post("/w/nordpost/teams/new/", {"name": "Parcels"}).status_code == 302
    answer = browser.post("/w/nordpost/teams/new/", {"name": "Parcels"})
    assert answer.status_code == 422
    assert b"A team has this name already" in answer.content


def test_people_of_another_workspace_cannot_be_put_into_a_team(
    dora: Membership, carol: Membership, sign_in: SignIn
) -> None:
    team = Team.objects.create(workspace=dora.workspace, name="Parcels")
    answer = sign_in(dora).post(f"/w/nordpost/teams/{team.pk}/", {"name": "Parcels", "members": [carol.pk]})
    assert answer.status_code == 422
    assert not team.memberships.exists()


def test_an_administrator_makes_another_workspace(dora: Membership, sign_in: SignIn) -> None:
    answer = sign_in(dora).post("/me/new-workspace/", {"name": "Nordpost"})
    made = Workspace.objects.exclude(pk=dora.workspace_id).get()
    assert (made.name, made.slug) == ("Nordpost", "nordpost-2")
    assert answer["location"] == "/w/nordpost-2/channels/"
    assert made.memberships.get().role == "administrator"


def test_others_do_not(alice: Membership, sign_in: SignIn) -> None:
    sign_in(alice).post("/me/new-workspace/", {"name": "Mine"})
    assert Workspace.objects.count() == 1
    with pytest.raises(errors.Refused):
        actions.add_workspace(alice.user, "Mine", zone="UTC", language="en", at=AT)


def test_a_profile_is_kept_and_the_desk_speaks_its_language(bob: Membership, sign_in: SignIn) -> None:
    browser = sign_in(bob)
    profile = {
        "name": "Bob Eriksson",
        "email": "Bob@Example.org",
        "signature": "Bob at Nordpost",
        "direct_contact": "010-123",
        "language": "sv",
        "time_zone": "Europe/Stockholm",
    }
    assert browser.post("/me/", profile)["location"] == "/me/"
    user = User.objects.get(pk=bob.user_id)
    assert (user.name, user.email, user.signature) == ("Bob Eriksson", "bob@example.org", "Bob at Nordpost")
    assert browser.get("/w/nordpost/people/")["content-language"] == "sv"
    assert browser.get("/account/2fa/")["content-language"] == "sv"


def test_a_profile_does_not_take_the_name_of_another(
    bob: Membership, alice: Membership, sign_in: SignIn
) -> None:
    profile = {"name": "alice", "language": "sv", "time_zone": "UTC"}
    answer = sign_in(bob).post("/me/", profile)
    assert answer.status_code == 422
    assert "Someone signs in with this name already" in answer.context["form"].errors["name"][0]
    assert User.objects.get(pk=bob.user_id).name == "Bob"


def test_the_machine_may_all_but_only_in_its_workspace(nordpost: Workspace, sparfin: Workspace) -> None:
    desk = machine(nordpost.pk)
    desk.need(Right.APPROVE, nordpost.pk)
    with pytest.raises(NotYours):
        desk.need(Right.SEE, sparfin.pk)


def test_a_refusal_is_a_sentence_and_not_a_fault(bob: Membership, sign_in: SignIn) -> None:
    answer = sign_in(bob).post("/w/nordpost/people/invite/", {"role": "agent"})
    assert answer.status_code == 403
    assert b"Your role here is Agent, and that does not include this" in answer.content


def test_a_closed_account_opens_no_workspace(bob: Membership, sign_in: SignIn) -> None:
    browser = sign_in(bob)
    User.objects.filter(pk=bob.user_id).update(is_active=False)
    assert browser.get("/w/nordpost/people/").status_code == 302


def test_a_member_of_many_workspaces_begins_in_the_first_by_name(
    sparfin: Workspace, dora: Membership
) -> None:
    who = person("Agency")
    for workspace in (sparfin, dora.workspace):
        Membership.objects.create(workspace=workspace, user=who, role="agent", joined_at=AT)
    browser = Client()
    browser.force_login(who)
    assert browser.get("/")["location"] == "/w/nordpost/now/"
