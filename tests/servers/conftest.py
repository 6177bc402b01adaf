"""Real servers for the tests that need them; each is started once, and skipped where it cannot be."""

from collections.abc import Iterator

import pytest

from gensvar.connectors.contract import egress
from tests.servers import atnet as bluesky


@pytest.fixture(scope="package")
def atnet() -> Iterator[bluesky.Network]:
    """The real Bluesky network. The egress guard lets us reach it as long as it runs."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(egress.ALLOW, bluesky.ON_LOOPBACK)
        try:
            with bluesky.running() as network:
                yield network
        except bluesky.Absent as reason:
            pytest.skip(str(reason))
