"""What a person fills in, and where it leads."""

import pytest

from gensvar.connectors.bluesky import CONNECTOR
from gensvar.connectors.bluesky.settings import BlueskySettings, is_jetstream, stream_address, web_address
from gensvar.connectors.contract import Account, Identity, fields

JETSTREAM = "network.bsky.jetstream.subscribeEvents"
REPOS = "com.atproto.sync.subscribeRepos"


def test_a_person_fills_in_only_handle_and_app_password() -> None:
    assert [each.name for each in fields(BlueskySettings) if each.required] == ["handle", "app_password"]
    assert [each.name for each in fields(BlueskySettings) if each.secret] == ["app_password"]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("", f"wss://jetstream.us-east.bsky.network/xrpc/{JETSTREAM}"),
        ("jetstream.us-west.bsky.network", f"wss://jetstream.us-west.bsky.network/xrpc/{JETSTREAM}"),
        ("wss://bsky.network", f"wss://bsky.network/xrpc/{REPOS}"),
        ("https://bsky.network/", f"wss://bsky.network/xrpc/{REPOS}"),
        ("wss://bsky.network/xrpc", f"wss://bsky.network/xrpc/{REPOS}"),
        ("http://localhost:2593", f"ws://localhost:2593/xrpc/{REPOS}"),
        (f"ws://127.0.0.1:6008/xrpc/{JETSTREAM}", f"ws://127.0.0.1:6008/xrpc/{JETSTREAM}"),
    ],
)
def test_a_stream_is_found_however_it_is_typed(typed: str, address: str) -> None:
    settings = BlueskySettings("nordpost.example", "", stream=typed)
    assert stream_address(settings) == address
    assert is_jetstream(settings) == address.endswith(JETSTREAM)


@pytest.mark.parametrize(
    "typed", ["bsky.social", "https://bsky.social", "https://bsky.social/", " wss://bsky.social "]
)
def test_a_server_is_found_however_it_is_typed(typed: str) -> None:
    assert web_address(typed) == "https://bsky.social"


def test_the_same_stream_typed_otherwise_is_still_shared() -> None:
    def source(stream: str) -> str:
        settings = BlueskySettings("nordpost.example", "", stream=stream)
        return CONNECTOR.find[0].source(Account(settings, Identity("did:plc:nordpost", "nordpost.example")))

    assert source("https://bsky.network") == source("wss://bsky.network/")
    assert source("") != source("wss://bsky.network")
