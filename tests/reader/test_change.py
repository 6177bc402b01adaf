"""Choosing a better reader: off by default, by administrators only, its key shown to nobody and no other server."""

from datetime import datetime

import pytest

from gensvar.people.actor import NotYours
from gensvar.people.models import Membership, Workspace
from gensvar.process.case.models import Fact
from gensvar.process.listen.models import Channel
from gensvar.process.reader import actions, queries, rules
from gensvar.process.reader.models import Reader, Reading
from gensvar.process.reader.told import Chat
from tests import hearing
from tests.reader.conftest import ALL, chosen
from tests.reader.obedient import KEY

ADDRESS = "https://models.example.org/v1"


def doubt(
    channel: Channel, at: datetime, unsure: tuple[str, ...] = (), name: str = "post-1"
) -> actions.Doubt:
    case = hearing.case(channel, f"Paketet {name}", at, name=name)
    return actions.Doubt(case.mentions.get().revisions.get(), unsure)


def test_nobody_is_asked_until_somebody_chose_it(channel: Channel, at: datetime) -> None:
    assert actions.ask([doubt(channel, at, ("kind",))], at=at) == []


def test_switched_off_it_is_given_nothing(dora: Membership, channel: Channel, at: datetime) -> None:
    chosen(dora, at, address=ADDRESS)
    chosen(dora, at, way="off")
    assert actions.ask([doubt(channel, at, ("kind",))], at=at) == []


def test_only_what_the_shipped_model_cannot_tell(dora: Membership, channel: Channel, at: datetime) -> None:
    chosen(dora, at, address=ADDRESS, only_unsure=True, heads=["kind", "abuse"])
    assert actions.ask([doubt(channel, at, ("urgency",))], at=at) == []
    (given,) = actions.ask([doubt(channel, at, ("kind", "urgency"), "post-2")], at=at)
    assert given.heads == ["kind"]


def test_all_posts_where_that_is_wished(dora: Membership, channel: Channel, at: datetime) -> None:
    chosen(dora, at, address=ADDRESS, heads=["urgency", "kind"])
    (given,) = actions.ask([doubt(channel, at)], at=at)
    assert given.heads == ["kind", "urgency"]


def test_a_wording_is_given_to_it_once(dora: Membership, channel: Channel, at: datetime) -> None:
    chosen(dora, at, address=ADDRESS)
    one = doubt(channel, at)
    actions.ask([one], at=at)
    actions.ask([one], at=at)
    assert Reading.objects.count() == 1


def test_another_workspace_has_its_own(
    dora: Membership, sparfin: Workspace, channel: Channel, at: datetime
) -> None:
    chosen(dora, at, address=ADDRESS)
    theirs = hearing.channel(sparfin, at, native_id="did:plc:sparfin")
    assert actions.ask([doubt(theirs, at)], at=at) == []


def test_nobody_but_an_administrator_chooses_it(alice: Membership, at: datetime) -> None:
    with pytest.raises(NotYours):
        chosen(alice, at, address=ADDRESS)
    assert not Reader.objects.exists()


def test_the_key_is_locked_and_in_no_line_of_the_journal(dora: Membership, at: datetime) -> None:
    row = chosen(dora, at, address=ADDRESS)
    assert KEY not in repr(Reader.objects.values()) + repr(Fact.objects.values())
    assert queries.server(row).key == KEY
    assert KEY not in repr(queries.server(row))


def test_the_key_stays_with_its_address_and_goes_to_no_other(dora: Membership, at: datetime) -> None:
    chosen(dora, at, address=ADDRESS)
    assert queries.server(chosen(dora, at, key=None, address=ADDRESS, model="m2")).key == KEY
    assert queries.server(chosen(dora, at, key=None, address="https://elsewhere.example/v1")).key == ""


def test_what_changed_stands_in_the_journal_by_name(dora: Membership, at: datetime) -> None:
    chosen(dora, at, address=ADDRESS)
    chosen(dora, at, key=None, address=ADDRESS)
    (fact,) = Fact.objects.filter(name="reader.changed")
    assert fact.data["reader"] == "address"
    assert "key" in fact.data["changed"]


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("https://a.example/v1", "https://a.example/v1/chat/completions"),
        (" https://a.example/v1/ ", "https://a.example/v1/chat/completions"),
        ("https://a.example/v1/chat/completions", "https://a.example/v1/chat/completions"),
        ("http://[::1]:8080", "http://[::1]:8080/chat/completions"),
    ],
)
def test_an_address_leads_to_chat_completions(address: str, where: str) -> None:
    assert rules.endpoint(address) == where


@pytest.mark.parametrize(
    "address",
    ["", "a.example", "ftp://a.example", "https://", "https://k@a.example/v1", "https://a.example/?key=1",
     "https://a.example/#x", "https://a.example:x/", "https://å.example/", "https://[::1", "file:///etc/passwd"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(rules.BadAddress):
        rules.endpoint(address)


def test_a_chat_says_no_key_when_it_is_printed() -> None:
    assert KEY not in f"{Chat(ADDRESS, 'm', KEY, 0.0, 5)!r}"


def test_doubt_about_ground_or_target_is_doubt_about_abuse() -> None:
    assert rules.wanted(ALL, ("target",), only_unsure=True) == ("abuse",)
