"""Names of accounts and posts, and the keys that we make."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gensvar.connectors.bluesky.names import is_did, post_name, read_post_name, tid, tid_at

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
DID = "did:plc:fari6j3j4pdykln3f3wdo32s"


def test_a_post_is_named_by_its_author_and_key() -> None:
    name = post_name(DID, "3n2ud4fhows2f")
    assert name
    assert str(name) == f"at://{DID}/app.bsky.feed.post/3n2ud4fhows2f"
    assert name.url == f"https://bsky.app/profile/{DID}/post/3n2ud4fhows2f"
    assert read_post_name(str(name)) == name


@pytest.mark.parametrize(
    "uri",
    [
        None,
        7,
        "",
        "at://",
        f"at://{DID}/app.bsky.feed.like/3n2ud4fhows2f",
        f"at://{DID}/app.bsky.feed.post/../../x",
        f"at://{DID}/app.bsky.feed.post/..",
        f"at://{DID}/app.bsky.feed.post/a b",
        f"at://{DID}/app.bsky.feed.post/{'a' * 600}",
        "at://nordpost.example/app.bsky.feed.post/3n2ud4fhows2f",
        "https://bsky.app/profile/x/post/y",
        f"at://{DID}\n/app.bsky.feed.post/3n2ud4fhows2f",
    ],
)
def test_anything_else_names_no_post(uri: object) -> None:
    assert read_post_name(uri) is None


def test_a_did_is_shaped_like_one() -> None:
    assert is_did("did:web:nordpost.example")
    assert not is_did("did:web:<script>")
    assert not is_did("did:plc:")
    assert not is_did(["did:plc:x"])


def test_a_key_is_a_tid() -> None:
    key = tid(AT)
    assert len(key) == 13
    assert set(key) <= set("234567abcdefghijklmnopqrstuvwxyz")
    assert key[0] in "234567abcdefghij"


def test_a_key_holds_its_instant() -> None:
    number = 0
    for letter in tid(AT):
        number = number * 32 + "234567abcdefghijklmnopqrstuvwxyz".index(letter)
    assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=number >> 10) == AT


@given(
    st.datetimes(min_value=datetime(2023, 1, 1), max_value=datetime(2200, 1, 1)),
    st.timedeltas(min_value=timedelta(microseconds=1), max_value=timedelta(days=3650)),
)
def test_keys_sort_by_their_instants(at: datetime, later: timedelta) -> None:
    at = at.replace(tzinfo=UTC)
    assert tid(at) < tid(at + later)


def test_a_thousand_approvals_at_one_instant_have_a_thousand_keys() -> None:
    assert len({tid(AT) for _ in range(1000)}) == 1000


@given(st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1)))
def test_a_key_tells_its_instant(moment: datetime) -> None:
    at = moment.replace(tzinfo=UTC)
    assert tid_at(tid(at)) == at


@pytest.mark.parametrize(
    "key", ["", "self", "3n2ud4fhows2F", "zzzzzzzzzzzzz", "3n2ud4fhows2f2", "1n2ud4fhows2f"]
)
def test_other_keys_tell_none(key: str) -> None:
    assert tid_at(key) is None
