"""Who changed what: every change among people leaves a line in the journal, and administrators read it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from gensvar.desk import journal
from gensvar.people import actions, errors
from gensvar.people.models import Membership, Workspace
from gensvar.people.news import News
from gensvar.people.rules import Role
from gensvar.process.case.models import Fact
from gensvar.process.listen.actions import add_watch
from tests.conftest import SignIn, person

LATER = timedelta(days=8)


def said(workspace: Workspace) -> list[str]:
    """The lines of the workspace, oldest first."""
    return [journal.sentence(fact) for fact in Fact.objects.filter(workspace=workspace).order_by("pk")]


def test_invitations_made_used_and_withdrawn(dora: Membership, nordpost: Workspace, at: datetime) -> None:
    given: dict[str, Any] = {"role": Role.AGENT, "team": None, "by": dora.actor(), "at": at}
    first = actions.invite(nordpost, email="eva@example.org", **given)
    actions.accept_as(person("Eva"), first, at=at)
    actions.withdraw(actions.invite(nordpost, email="", **given), by=dora.actor(), at=at)
    assert said(nordpost) == [
        "Dora invited eva@example.org as agent",
        "Eva joined as agent, invited by Dora",
        "Dora invited somebody by link as agent",
        "Dora withdrew the invitation of somebody by link as agent",
    ]


def test_roles_and_teams_of_a_member(
    dora: Membership, bob: Membership, nordpost: Workspace, at: datetime
) -> None:
    by = dora.actor()
    team = actions.add_team(nordpost, "Parcels", by=by, at=at)
    actions.change_member(bob, role=Role.LEAD, teams=[team], by=by, at=at)
    actions.change_member(bob, role=Role.LEAD, teams=[team], by=by, at=at)
    actions.change_team(team, name="Letters", members=[], by=by, at=at)
    actions.delete_team(team, by=by, at=at)
    actions.remove(bob, by=by, at=at)
    assert said(nordpost) == [
        "Dora made the team Parcels",
        "Dora changed the role of Bob from agent to lead",
        "Dora changed the teams of Bob: Parcels",
        "Dora changed the team Letters: nobody yet",
        "Dora deleted the team Letters",
        "Dora removed Bob",
    ]


def test_who_leaves_and_what_holds_for_the_workspace(
    dora: Membership, bob: Membership, nordpost: Workspace, at: datetime
) -> None:
    actions.leave(bob, by=bob.actor(), at=at)
    values: dict[str, Any] = {"name": "Nordpost", "zone": "Europe/Stockholm", "language": "sv"}
    for minutes in (45, 45):
        actions.change_workspace(nordpost, **values, answer_minutes=minutes, by=dora.actor(), at=at)
    assert said(nordpost) == ["Bob left", "Dora changed the settings: minutes to the first answer 60 → 45"]


def test_what_is_refused_leaves_no_line(dora: Membership, nordpost: Workspace, at: datetime) -> None:
    with pytest.raises(errors.LastAdministrator):
        actions.change_member(dora, role=Role.AGENT, teams=[], by=dora.actor(), at=at)
    old = actions.invite(nordpost, email="", role=Role.AGENT, team=None, by=dora.actor(), at=at - LATER)
    with pytest.raises(errors.InvitationOver):
        actions.accept_as(person("Eva"), old, at=at)
    assert len(said(nordpost)) == 1


def test_every_kind_of_news_has_a_sentence() -> None:
    data = {
        "email": "eva@example.org",
        "name": "Bob",
        "role": "lead",
        "was": "agent",
        "invited_by": "Dora",
        "teams": ["Parcels"],
        "members": [],
        "changes": {"zone": ["UTC", "Europe/Oslo"]},
    }
    for news in News:
        sentence = journal.sentence(Fact(name=news.value, by_name="Dora", data=data))
        assert sentence.startswith(("Dora ",))
        assert "–" not in sentence
        assert "%(" not in sentence


def test_administrators_read_it_in_the_settings(
    dora: Membership, bob: Membership, carol: Membership, at: datetime, sign_in: SignIn
) -> None:
    nordpost = dora.workspace
    add_watch(nordpost, name="Brand", query="nordpost", by=dora.actor(), at=at)
    actions.invite(nordpost, email="<b>eva@example.org", role=Role.LEAD, team=None, by=dora.actor(), at=at)
    page = sign_in(dora).get("/w/nordpost/settings/").content.decode()
    assert page.index("Dora invited &lt;b&gt;eva@example.org as lead") < page.index("changed the watch Brand")
    assert "eva@example.org" not in sign_in(bob).get("/w/nordpost/settings/").content.decode()
    assert "eva@example.org" not in sign_in(carol).get("/w/sparfin/settings/").content.decode()
