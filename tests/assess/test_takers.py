"""A case goes to who takes its topic, unless somebody has it already."""

from datetime import datetime, timedelta

import pytest

from gensvar.people import actions as people
from gensvar.people.actor import NotYours
from gensvar.people.models import Membership, User, Workspace
from gensvar.process.assess import actions, takers, topics
from gensvar.process.assess.models import Taker
from gensvar.process.case.actions import NotNow, close, take
from gensvar.process.case.models import Case
from gensvar.process.case.queries import journal
from gensvar.process.case.steps import Kind, Outcome
from gensvar.process.listen.models import Channel
from tests import teaching
from tests.process_cast import actor

PARKING = "Parkeringen vid ombudet kostar pengar, parkeringen nummer {}."


def complaint(channel: Channel, by: Membership, at: datetime, name: str, text: str = PARKING) -> Case:
    found = teaching.case(channel, text.format(name), at, name)
    actions.judge(found, Kind.COMPLAINT, by=by.actor(), at=at)
    found.refresh_from_db()
    return found


def person(of: Membership) -> str:
    return f"person-{of.user_id}"


def name(workspace: Workspace, who: str, by: Membership, at: datetime, topic: str = "price") -> None:
    takers.name(workspace, topic, who, by=by.actor(), at=at)


def test_what_nobody_has_goes_to_who_takes_the_topic(
    channel: Channel, nordpost: Workspace, alice: Membership, bob: Membership, at: datetime
) -> None:
    name(nordpost, person(alice), alice, at)
    case = complaint(channel, bob, at, "p")
    topics.say(case, "price", by=bob.actor(), at=at)
    assert Case.objects.get(pk=case.pk).owner == alice.user
    told = journal(case)[-1]
    assert (told.name, told.by_name, told.data["owner"], told.data["topic"]) == (
        "case.taken",
        "Bob",
        alice.user_id,
        dict(topics.of(nordpost))["price"],
    )


def test_what_somebody_has_stays_theirs(
    channel: Channel, nordpost: Workspace, alice: Membership, bob: Membership, at: datetime
) -> None:
    name(nordpost, person(alice), alice, at)
    case = complaint(channel, bob, at, "p")
    take(case, bob.user, by=bob.actor(), at=at)
    topics.say(case, "price", by=bob.actor(), at=at)
    assert Case.objects.get(pk=case.pk).owner == bob.user


def test_it_is_taken_back_by_giving_it_to_nobody_and_stays_so(
    channel: Channel, nordpost: Workspace, alice: Membership, bob: Membership, at: datetime
) -> None:
    name(nordpost, person(alice), alice, at)
    case = complaint(channel, bob, at, "p")
    topics.say(case, "price", by=bob.actor(), at=at)
    take(case, None, by=alice.actor(), at=at)
    actions.judge(case, Kind.COMPLAINT, by=bob.actor(), at=at)
    assert Case.objects.get(pk=case.pk).owner is None


def test_of_a_team_it_goes_to_who_has_the_fewest_open_cases(
    channel: Channel, alice: Membership, bob: Membership, dora: Membership, at: datetime
) -> None:
    nordpost = channel.workspace
    team = people.add_team(nordpost, "Priser", by=dora.actor(), at=at)
    people.change_team(team, name="Priser", members=[alice, bob], by=dora.actor(), at=at)
    name(nordpost, f"team-{team.pk}", alice, at)
    take(complaint(channel, bob, at, "own"), alice.user, by=alice.actor(), at=at)
    owners = []
    for each in ("one", "two", "three"):
        case = complaint(channel, bob, at, each)
        topics.say(case, "price", by=bob.actor(), at=at)
        owners.append(Case.objects.get(pk=case.pk).owner)
    assert owners == [bob.user, alice.user, bob.user]


def test_the_desk_gives_it_where_a_trusted_head_says_the_topic(
    channel: Channel, nordpost: Workspace, alice: Membership, bob: Membership, at: datetime
) -> None:
    for number in range(27):
        then = at + timedelta(minutes=number)
        for topic, text in (("delivery", teaching.SOAKED), ("price", PARKING)):
            case = complaint(channel, bob, then, f"{topic}-{number}", text)
            topics.say(case, topic, by=bob.actor(), at=then)
    name(nordpost, person(alice), alice, at)
    new = complaint(channel, bob, at + timedelta(days=1), "tusen")
    new.refresh_from_db()
    assert (new.topic, new.owner) == ("price", alice.user)
    assert [fact.by_name for fact in journal(new) if fact.name == "case.taken"] == ["Gensvar"]


@pytest.mark.parametrize("gone", ["left", "viewer", "closed", "nobody"])
def test_it_goes_to_nobody_where_nobody_can_have_it(
    channel: Channel, alice: Membership, bob: Membership, at: datetime, gone: str
) -> None:
    nordpost = channel.workspace
    case = complaint(channel, bob, at, "p")
    name(nordpost, person(alice), alice, at)
    if gone == "left":
        Membership.objects.filter(pk=alice.pk).update(left_at=at)
    elif gone == "viewer":
        Membership.objects.filter(pk=alice.pk).update(role="viewer")
    elif gone == "closed":
        close(case, Outcome.NOTHING, by=bob.actor(), at=at)
    else:
        name(nordpost, takers.NOBODY, alice, at)
    topics.say(case, "price", by=bob.actor(), at=at)
    assert Case.objects.get(pk=case.pk).owner is None
    assert takers.of(nordpost) == ({"price": person(alice)} if gone == "closed" else {})


@pytest.mark.parametrize("who", ["person-0", "team-0", "person-x", "moon", "person-", ""])
def test_who_is_not_here_cannot_be_named(
    nordpost: Workspace, alice: Membership, at: datetime, who: str
) -> None:
    with pytest.raises(NotNow):
        name(nordpost, who, alice, at)
    with pytest.raises(NotNow):
        name(nordpost, person(alice), alice, at, topic="moon")
    assert not Taker.objects.exists()


def test_a_person_or_team_of_another_workspace_cannot_be_named(
    nordpost: Workspace, alice: Membership, carol: Membership, at: datetime
) -> None:
    with pytest.raises(NotNow):
        name(nordpost, person(carol), alice, at)


@pytest.mark.parametrize("who", ["bob", "amy", "vic", "carol", "mallory"])
def test_only_who_leads_names_them(
    nordpost: Workspace, alice: Membership, at: datetime, who: str, request: pytest.FixtureRequest
) -> None:
    somebody: Membership | User = request.getfixturevalue(who)
    with pytest.raises(NotYours):
        takers.name(nordpost, "price", person(alice), by=actor(somebody, nordpost), at=at)
