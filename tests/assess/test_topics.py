"""What complaints are about: the workspace's own list, taught by one choice, proposed from what fits none."""

from datetime import datetime, timedelta

import pytest

from gensvar.people.models import Membership, Workspace
from gensvar.process.assess import actions, topics
from gensvar.process.assess.models import OwnHead
from gensvar.process.case.actions import NotNow
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind
from gensvar.process.listen.models import Channel
from tests import teaching

PARKING = "Parkeringen vid ombudet kostar pengar, parkeringen nummer {}."


def complaint(channel: Channel, text: str, by: Membership, at: datetime, name: str) -> Case:
    case = teaching.case(channel, text, at, name)
    actions.judge(case, Kind.COMPLAINT, by=by.actor(), at=at)
    case.refresh_from_db()
    return case


def test_a_workspace_begins_with_a_list(nordpost: Workspace) -> None:
    assert [code for code, _name in topics.of(nordpost)][:2] == ["delivery", "billing"]


def test_a_person_says_it_with_one_choice_and_the_machine_learns(
    channel: Channel, bob: Membership, at: datetime
) -> None:
    for number in range(27):
        then = at + timedelta(minutes=number)
        soaked = complaint(channel, teaching.SOAKED.format(number), bob, then, f"soaked-{number}")
        topics.say(soaked, "delivery", by=bob.actor(), at=then)
        paid = complaint(channel, PARKING.format(number), bob, then, f"parking-{number}")
        topics.say(paid, "price", by=bob.actor(), at=then)
    assert OwnHead.objects.get(question="topic").is_used
    assert complaint(channel, PARKING.format("tusen"), bob, at + timedelta(days=1), "new").topic == "price"


def test_a_topic_that_is_not_on_the_list_is_refused(channel: Channel, bob: Membership, at: datetime) -> None:
    case = complaint(channel, PARKING, bob, at, "p")
    with pytest.raises(NotNow):
        topics.say(case, "moon", by=bob.actor(), at=at)


def test_the_list_can_be_changed_and_put_back(nordpost: Workspace, dora: Membership, at: datetime) -> None:
    by = dora.actor()
    before = topics.of(nordpost)
    topics.add(nordpost, "Parkering", by=by, at=at)
    topics.rename(nordpost, "parkering", "Parkeringar", by=by, at=at)
    topics.remove(nordpost, "delivery", by=by, at=at)
    assert topics.of(nordpost) == [*before[1:], ("parkering", "Parkeringar")]
    topics.put_back(nordpost, by=by, at=at)
    assert topics.of(nordpost) == before


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "delivery\x00", "Delivery"])
def test_a_name_is_needed_and_stands_once(
    nordpost: Workspace, dora: Membership, at: datetime, name: str
) -> None:
    topics.put_back(nordpost, by=dora.actor(), at=at)
    nordpost.language = "en"
    if name == "delivery\x00":
        name = "delivery"
    with pytest.raises(NotNow):
        topics.add(nordpost, name, by=dora.actor(), at=at)


def test_complaints_that_fit_no_topic_are_proposed_as_groups(
    nordpost: Workspace, channel: Channel, bob: Membership, dora: Membership, at: datetime
) -> None:
    for number in range(8):
        complaint(channel, PARKING.format(number), bob, at, f"parking-{number}")
        complaint(channel, teaching.SOAKED.format(number), bob, at, f"soaked-{number}")
    found = dict(topics.proposed(nordpost))
    (name,) = [each for each in found if "parkeringen" in each]
    assert [row.native_id[:7] for row in found[name]] == ["parking"] * 8
    topics.dismiss(nordpost, name, by=dora.actor(), at=at)
    assert name not in dict(topics.proposed(nordpost))
