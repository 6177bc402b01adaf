"""What every connector of the registry keeps, for whichever network; a new one is tested by being listed.

This part needs no network. What must be seen alive is in tests/servers/test_contract.py.
"""

import dataclasses
import inspect
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gensvar.connectors import registry
from gensvar.connectors.contract import (
    Account,
    Connector,
    Find,
    HandOff,
    Hears,
    Identity,
    Once,
    Reply,
    Thread,
    fields,
    read,
)

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
CONNECTORS = list(registry.load().values())
KINDS = {"text", "url", "lines"}

each_connector = pytest.mark.parametrize("connector", CONNECTORS, ids=[each.key for each in CONNECTORS])
each_find = pytest.mark.parametrize(
    ("connector", "find"),
    [(connector, find) for connector in CONNECTORS for find in connector.find],
    ids=[f"{connector.key}-{find.key}" for connector in CONNECTORS for find in connector.find],
)
each_reply = pytest.mark.parametrize(
    "reply",
    [each.reply for each in CONNECTORS if isinstance(each.reply, Reply)],
    ids=[each.key for each in CONNECTORS if isinstance(each.reply, Reply)],
)
each_hand_off = pytest.mark.parametrize(
    "hand_off",
    [each.reply for each in CONNECTORS if isinstance(each.reply, HandOff)],
    ids=[each.key for each in CONNECTORS if isinstance(each.reply, HandOff)],
)


def filled_in(connector: Connector) -> dict[str, str]:
    """Something in every field of the settings form."""
    return {each.name: f"https://example.com/{each.name}" for each in fields(connector.settings)}


def account_of(connector: Connector, native_id: str = "did:plc:nordpost") -> Account:
    return Account(read(connector.settings, filled_in(connector)), Identity(native_id, "nordpost.example"))


def test_the_built_in_connectors_are_all_there() -> None:
    assert [each.key for each in CONNECTORS][:3] == ["bluesky", "feeds", "by_hand"]


def test_no_two_connectors_have_the_same_name() -> None:
    assert len({each.name for each in CONNECTORS}) == len(CONNECTORS)


@each_connector
def test_its_key_is_a_word_that_can_stand_in_an_address(connector: Connector) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]{1,31}", connector.key)
    assert registry.get(connector.key) is connector


@each_connector
def test_it_says_in_one_sentence_what_it_is(connector: Connector) -> None:
    assert 1 <= len(connector.name) <= 40
    assert 10 <= len(connector.about) <= 160
    assert connector.about.endswith(".")
    assert "!" not in connector.about


@each_connector
def test_its_module_says_what_it_is(connector: Connector) -> None:
    module = inspect.getmodule(connector.connect)
    assert module
    assert (module.__doc__ or "").strip()
    assert (connector.settings.__doc__ or "").strip()
    assert not (connector.settings.__doc__ or "").startswith(connector.settings.__name__ + "(")


@each_connector
def test_its_settings_ask_with_a_label_and_can_be_asked(connector: Connector) -> None:
    assert dataclasses.is_dataclass(connector.settings)
    for each in fields(connector.settings):
        assert each.label[:1].isupper(), each.name
        assert not each.label.endswith((".", ":")), each.name
        assert each.kind in KINDS, each.name
        assert isinstance(each.help, str)


@each_connector
def test_its_secrets_are_marked_and_have_no_default(connector: Connector) -> None:
    for each in fields(connector.settings):
        looks_secret = re.search(r"password|secret|token|api_key", each.name) is not None
        assert each.secret == looks_secret, each.name
        assert not (each.secret and each.default), each.name


@each_connector
def test_its_settings_come_back_as_they_were_stored(connector: Connector) -> None:
    values = filled_in(connector)
    settings = read(connector.settings, {**values, "from_an_older_version": "x"})
    assert {name: getattr(settings, name) for name in values} == values
    assert read(connector.settings, dataclasses.asdict(settings)) == settings


@each_connector
def test_its_settings_cannot_be_changed_once_read(connector: Connector) -> None:
    settings = read(connector.settings, filled_in(connector))
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(settings, fields(connector.settings)[0].name, "other")


@each_connector
def test_what_has_a_default_need_not_be_filled_in(connector: Connector) -> None:
    needed = {each.name: "x" for each in fields(connector.settings) if each.required}
    settings: Any = read(connector.settings, needed)
    for each in fields(connector.settings):
        assert getattr(settings, each.name) == ("x" if each.required else each.default)


@each_connector
def test_it_can_find_or_be_told(connector: Connector) -> None:
    """A connector that neither hears, nor reads, nor answers would be a row that does nothing."""
    assert connector.find or connector.reply
    assert all(isinstance(each, Find) for each in connector.find)
    assert connector.thread is None or isinstance(connector.thread, Thread)
    assert connector.reply is None or isinstance(connector.reply, Reply | HandOff)
    assert connector.private is None


@each_connector
def test_who_needs_a_password_is_told_where_it_is_made(connector: Connector) -> None:
    if any(each.secret for each in fields(connector.settings)):
        assert connector.account_page.startswith("https://")


@each_connector
def test_its_ways_of_finding_have_names_of_their_own(connector: Connector) -> None:
    assert len({each.key for each in connector.find}) == len(connector.find)


@each_find
def test_accounts_with_the_same_stream_share_it_and_chosen_ones_do_not(
    connector: Connector, find: Find
) -> None:
    """What is about everyone is heard once; what is about us is heard as us."""
    ours, theirs = account_of(connector), account_of(connector, "did:plc:sparfin")
    assert find.source(ours) == find.source(account_of(connector))
    assert find.source(ours).startswith(f"{connector.key.removesuffix('s')}")
    assert (find.source(ours) == find.source(theirs)) == (find.hears is Hears.EVERYTHING)


@each_find
def test_no_secret_stands_in_the_name_of_a_stream(connector: Connector, find: Find) -> None:
    """The name is stored in the open, and logged."""
    secrets = {each.name: "zyxw-vuts-rqpo" for each in fields(connector.settings) if each.secret}
    settings = read(connector.settings, {**filled_in(connector), **secrets})
    assert "zyxw-vuts-rqpo" not in find.source(Account(settings, Identity("did:plc:nordpost", "nordpost")))


@each_find
def test_opening_is_listening_and_not_yet_connecting(connector: Connector, find: Find) -> None:
    """`open` only makes the iterator: the first step into it is what goes out."""
    source = find.open(account_of(connector), None)
    assert hasattr(source, "__aiter__")
    assert hasattr(source, "__anext__")
    assert hasattr(source, "aclose")


@each_find
def test_how_gaps_are_filled_is_said_or_not_offered(connector: Connector, find: Find) -> None:
    assert find.quiet >= timedelta(minutes=1)
    if find.backfill is not None:
        assert inspect.iscoroutinefunction(find.backfill.load)
        assert timedelta(days=1) <= find.backfill.reach <= timedelta(days=366)


@each_reply
def test_every_reply_has_a_key_of_its_own(reply: Reply) -> None:
    keys = [reply.key(AT) for _ in range(500)]
    assert len(set(keys)) == 500
    assert all(0 < len(each) <= 128 and each.isascii() and each.isprintable() for each in keys)


@each_reply
def test_keys_are_those_of_their_instant_whatever_the_zone(reply: Reply) -> None:
    """An approval in another zone at another moment has another key, of the same shape."""
    later = AT + timedelta(seconds=1)
    assert reply.key(AT) != reply.key(later)
    assert len(reply.key(AT)) == len(reply.key(later.astimezone()))


@each_reply
def test_its_length_is_that_of_a_reader(reply: Reply) -> None:
    assert reply.limit > 0
    assert reply.length("") == 0
    assert reply.length("Hej") == 3
    assert reply.length("a" * reply.limit) == reply.limit
    assert reply.length("a" * (reply.limit + 1)) > reply.limit


@each_reply
def test_it_says_how_the_network_helps_never_to_say_a_thing_twice(reply: Reply) -> None:
    assert isinstance(reply.once, Once)
    assert inspect.iscoroutinefunction(reply.send)


@each_hand_off
def test_a_hand_off_says_what_the_person_does(hand_off: HandOff) -> None:
    assert hand_off.words.endswith(".")
    assert hand_off.limit > 0
    assert hand_off.length("Hej") == 3
