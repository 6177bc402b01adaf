"""Ways in: a link that works once, for seven days."""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from gensvar.kernel import clock
from gensvar.people import actions, errors
from gensvar.people.actor import NotYours
from gensvar.people.models import Invitation, Membership, Team, User, Workspace
from gensvar.people.rules import Role
from tests.at_once import at_once
from tests.conftest import PASSWORD, person

NEW = {"name": "Eva Berg", "password": PASSWORD, "zone": "Europe/Stockholm"}
SignIn = Callable[[User | Membership], Client]


def invited(
    by: Membership, at: datetime, email: str = "eva@example.org", role: Role = Role.AGENT
) -> Invitation:
    return actions.invite(by.workspace, email=email, role=role, team=None, by=by.actor(), at=at)


def link(invitation: Invitation) -> str:
    return f"/join/{invitation.token}/"


def test_an_administrator_invites_by_mail(dora: Membership, sign_in: SignIn) -> None:
    sign_in(dora).post("/w/nordpost/people/invite/", {"email": "Eva@Example.org", "role": "lead"})
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.invited_by) == (
        "eva@example.org",
        "lead",
        dora.user,
    )
    (sent,) = mail.outbox
    assert sent.to == ["eva@example.org"]
    assert link(invitation) in sent.body
    assert "Dora" in sent.subject


def test_an_administrator_invites_by_link(dora: Membership, sign_in: SignIn) -> None:
    page = sign_in(dora).post("/w/nordpost/people/invite/", {"role": "viewer"}, follow=True).content.decode()
    assert link(Invitation.objects.get()) in page
    assert mail.outbox == []


def test_a_mail_that_cannot_be_sent_loses_nothing(
    dora: Membership, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> int:
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    form = {"email": "eva@example.org", "role": "agent"}
    page = sign_in(dora).post("/w/nordpost/people/invite/", form, follow=True).content.decode()
    assert "The mail server did not take the invitation. It is kept" in page
    assert link(Invitation.objects.get()) in page


def test_a_wrong_address_is_answered_at_its_field(dora: Membership, sign_in: SignIn) -> None:
    answer = sign_in(dora).post("/w/nordpost/people/invite/", {"email": "eva@@", "role": "agent"})
    assert answer.status_code == 422
    assert 'id="id_email_error"' in answer.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", ["owner", "", "machine"])
def test_there_are_no_other_roles(role: str, dora: Membership, sign_in: SignIn) -> None:
    assert sign_in(dora).post("/w/nordpost/people/invite/", {"role": role}).status_code == 422
    assert not Invitation.objects.exists()


def test_a_lead_invites_nobody(alice: Membership, at: datetime) -> None:
    with pytest.raises(NotYours):
        invited(alice, at)


def test_an_administrator_invites_only_to_their_own_workspace(
    dora: Membership, sparfin: Workspace, at: datetime
) -> None:
    with pytest.raises(NotYours):
        actions.invite(sparfin, email="", role=Role.AGENT, team=None, by=dora.actor(), at=at)


def test_a_new_person_comes_in_and_is_signed_in(dora: Membership) -> None:
    invitation = invited(dora, clock.now())
    browser = Client()
    assert b"Dora invites you as agent" in browser.get(link(invitation)).content
    answer = browser.post(link(invitation), NEW, follow=True)
    assert answer.redirect_chain == [("/w/nordpost/now/", 302)]
    assert answer.status_code == 200
    eva = Membership.objects.get(user__first_name="Eva Berg")
    assert (eva.role, eva.workspace, eva.user.email) == ("agent", dora.workspace, "eva@example.org")


def test_an_invitation_to_a_team_leads_into_it(dora: Membership, at: datetime) -> None:
    team = Team.objects.create(workspace=dora.workspace, name="Parcels")
    one = actions.invite(dora.workspace, email="", role=Role.AGENT, team=team, by=dora.actor(), at=at)
    eva = actions.accept_as_new(one, name="Eva", password=PASSWORD, zone="UTC", language="sv", at=at)
    assert list(eva.teams.all()) == [team]


def test_someone_of_another_workspace_joins_with_the_account_they_have(
    dora: Membership, carol: Membership, sign_in: SignIn
) -> None:
    invitation = invited(dora, clock.now(), email="", role=Role.LEAD)
    browser = sign_in(carol)
    assert b"Join as Carol" in browser.get(link(invitation)).content
    browser.post(link(invitation))
    assert set(carol.user.memberships.values_list("workspace__slug", "role")) == {
        ("sparfin", "agent"),
        ("nordpost", "lead"),
    }
    assert User.objects.count() == 2


def test_looking_at_the_link_uses_nothing_up(dora: Membership, carol: Membership, sign_in: SignIn) -> None:
    invitation = invited(dora, clock.now())
    sign_in(carol).get(link(invitation))
    Client().get(link(invitation))
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_a_member_does_not_use_the_invitation_up(dora: Membership, bob: Membership, at: datetime) -> None:
    invitation = invited(dora, at)
    with pytest.raises(errors.AlreadyIn, match="still open for someone else"):
        actions.accept_as(bob.user, invitation, at=at)
    actions.accept_as(person("Eva"), invitation, at=at)


def test_it_works_once(dora: Membership, mallory: User, at: datetime) -> None:
    invitation = invited(dora, at)
    actions.accept_as(person("Eva"), invitation, at=at)
    with pytest.raises(errors.InvitationOver, match="used already"):
        actions.accept_as(mallory, invitation, at=at)
    assert not mallory.memberships.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_the_link_at_once_one_comes_in(at: datetime, dora: Membership) -> None:
    invitation = invited(dora, at)
    people = [person("Eva"), person("Mallory")]

    def come(who: User) -> None:
        actions.accept_as(who, Invitation.objects.get(pk=invitation.pk), at=at)

    assert at_once(come, people, refused=errors.InvitationOver) == [False, True]
    assert Membership.objects.exclude(pk=dora.pk).count() == 1


def test_it_expires_after_seven_days(dora: Membership, mallory: User, at: datetime) -> None:
    invitation = invited(dora, at)
    with pytest.raises(errors.InvitationOver, match="expired"):
        actions.accept_as(mallory, invitation, at=at + timedelta(days=7))
    actions.accept_as(mallory, invitation, at=at + timedelta(days=7) - timedelta(seconds=1))


def test_a_withdrawn_invitation_lets_nobody_in(dora: Membership, sign_in: SignIn) -> None:
    invitation = invited(dora, clock.now())
    sign_in(dora).post(f"/w/nordpost/people/invitations/{invitation.pk}/withdraw/")
    answer = Client().post(link(invitation), NEW)
    assert answer.status_code == 410
    assert b"This invitation was withdrawn" in answer.content
    assert not User.objects.filter(first_name="Eva Berg").exists()


def test_a_used_invitation_cannot_be_withdrawn(dora: Membership, at: datetime) -> None:
    invitation = invited(dora, at)
    actions.accept_as(person("Eva"), invitation, at=at)
    with pytest.raises(errors.InvitationOver):
        actions.withdraw(invitation, by=dora.actor(), at=at)


def test_an_old_link_says_why(dora: Membership) -> None:
    invitation = invited(dora, clock.now() - timedelta(days=8))
    answer = Client().get(link(invitation))
    assert answer.status_code == 410
    assert b"a link lasts seven days" in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["a" * 32, "nothing", "2" * 200])
def test_a_guessed_link_lets_nobody_in(token: str) -> None:
    answer = Client().post(f"/join/{token}/", NEW)
    assert answer.status_code == 404
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["Bob", "  BOB ", "bo\u200bb"])
def test_a_name_that_someone_signs_in_with_is_refused_at_its_field(
    name: str, dora: Membership, bob: Membership
) -> None:
    invitation = invited(dora, clock.now())
    answer = Client().post(link(invitation), NEW | {"name": name})
    assert answer.status_code == 422
    assert "Someone signs in with this name already" in answer.context["form"].errors["name"][0]
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_only_administrators_see_who_is_invited(dora: Membership, bob: Membership, sign_in: SignIn) -> None:
    invitation = invited(dora, clock.now())
    page = sign_in(bob).get("/w/nordpost/people/").content.decode()
    assert invitation.token not in page
    assert "eva@example.org" not in page
    assert invitation.token in sign_in(dora).get("/w/nordpost/people/").content.decode()


def test_the_mail_speaks_the_language_of_the_workspace_and_has_one_subject_line(
    dora: Membership, at: datetime
) -> None:
    from gensvar.people.mail import send_invitation

    dora.user.first_name = "Dora\nBcc: all@example.org"
    invitation = invited(dora, at)
    invitation.invited_by = dora.user
    assert send_invitation(invitation, "https://desk.example/join/x/")
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == ["eva@example.org"]
