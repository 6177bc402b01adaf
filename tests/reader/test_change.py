"""Choosing a better reader: off by default, by administrators only, its key shown to nobody and no other server."""

from datetime import datetime

import pytest

from gensvar.connectors.contract import Author
from gensvar.people.actor import NotYours, machine
from gensvar.people.models import Membership, Workspace
from gensvar.process.assess.models import Policy, Verdict
from gensvar.process.case.models import Fact
from gensvar.process.listen.models import Channel
from gensvar.process.reader import actions, queries, rules
from gensvar.process.reader.models import Reader, Reading
from gensvar.process.reader.told import Chat
from tests import hearing
from tests.judging import Scripted, verdict
from tests.reader.conftest import ALL, chosen
from tests.reader.obedient import KEY

ADDRESS = "https://models.example.org/v1"


def heard(channel: Channel, at: datetime, name: str = "post-1") -> list[list[str]]:
    """A post comes in; what the reader is asked about it."""
    author = Author(f"did:plc:{name}", f"{name}.example", "Eva")
    hearing.case(channel, f"Paketet {name}", at, name=name, author=author)
    return [row.heads for row in Reading.objects.filter(mention__native_id=name)]


def test_nobody_is_asked_until_somebody_chose_it(channel: Channel, at: datetime) -> None:
    assert heard(channel, at) == []


def test_switched_off_it_is_given_nothing(dora: Membership, channel: Channel, at: datetime) -> None:
    chosen(dora, at, address=ADDRESS)
    chosen(dora, at, way="off")
    assert heard(channel, at) == []


def test_only_what_the_shipped_model_cannot_tell(
    dora: Membership, channel: Channel, at: datetime, shipped: Scripted
) -> None:
    chosen(dora, at, address=ADDRESS, only_unsure=True, heads=["kind", "abuse"])
    assert heard(channel, at) == [["kind"]]
    shipped.says[""] = verdict("complaint", 0.9, unsure=("urgency",))
    assert heard(channel, at, "post-2") == []
    shipped.says[""] = verdict("complaint", 0.9, unsure=("target",))
    assert heard(channel, at, "post-3") == [["abuse"]]


def test_what_a_workspace_calls_unsure_counts_as_such(
    dora: Membership, channel: Channel, at: datetime, shipped: Scripted
) -> None:
    chosen(dora, at, address=ADDRESS, only_unsure=True)
    shipped.says[""] = verdict("complaint", 0.9)
    assert heard(channel, at) == []
    Policy.objects.create(workspace=dora.workspace, sure_at={"kind": 0.95})
    assert heard(channel, at, "post-2") == [["kind"]]


def test_all_posts_where_that_is_wished(
    dora: Membership, channel: Channel, at: datetime, shipped: Scripted
) -> None:
    shipped.says[""] = verdict("complaint", 0.9)
    chosen(dora, at, address=ADDRESS, heads=["urgency", "kind"])
    assert heard(channel, at) == [["kind", "urgency"]]


def test_a_wording_is_given_to_it_once_and_a_new_one_again(
    dora: Membership, channel: Channel, at: datetime
) -> None:
    chosen(dora, at, address=ADDRESS)
    heard(channel, at)
    verdicts = list(Verdict.objects.values_list("pk", flat=True))
    assert actions.ask(verdicts, by=machine(dora.workspace_id), at=at) == list(Reading.objects.all())
    assert Reading.objects.count() == 1
    hearing.hear(channel, hearing.edited("post-1", "Paketet är helt borta", at), at=at)
    assert Reading.objects.count() == 2


def test_another_workspace_has_its_own(
    dora: Membership, sparfin: Workspace, channel: Channel, at: datetime
) -> None:
    chosen(dora, at, address=ADDRESS)
    theirs = hearing.channel(sparfin, at, native_id="did:plc:sparfin")
    assert heard(theirs, at) == []


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
