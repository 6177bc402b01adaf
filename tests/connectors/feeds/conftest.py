"""A feed server for each test, and leave to reach it."""

from collections.abc import Iterator

import pytest

from gensvar.connectors.contract import egress
from tests.connectors.feeds.feed_server import FeedServer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    monkeypatch.setenv(egress.ALLOW, "127.0.0.1/32")
    server = FeedServer()
    yield server
    server.close()
