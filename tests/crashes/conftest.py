"""A desk with one case on the pretend internet, ready to be torn apart."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gensvar.demo.internet import Internet
from gensvar.engine.models import Work
from gensvar.kernel.clock import now
from gensvar.people.models import Membership, Workspace
from gensvar.process.listen.models import Channel
from gensvar.process.respond.models import Reply
from tests import hearing
from tests.process_cast import WORDS, leaving

__all__ = ["WORDS"]


@dataclass(frozen=True)
class Network:
    """The pretend internet of one test, and what stands on it."""

    place: Path
    began: datetime

    def ours(self) -> list[str]:
        """Every reply of the company that stands there."""
        with sqlite3.connect(self.place) as file:
            rows = file.execute(
                "SELECT w.record FROM post p JOIN wording w ON w.post = p.id WHERE p.key IS NOT NULL"
            )
            return [json.loads(row[0])["text"] for row in rows]


@pytest.fixture(autouse=True)
def pretend_internet() -> Iterator[None]:
    with hearing.offered("gensvar.demo.connector", "tests.crashes.forgetful"):
        yield


@pytest.fixture
def network(tmp_path: Path) -> Network:
    began = now() - timedelta(minutes=30)
    place = tmp_path / "internet.sqlite3"
    Internet(place, began).close()
    return Network(place, began)


def channel(workspace: Workspace, network: Network, connector: str = "demo") -> Channel:
    """The company's account on that internet."""
    return hearing.channel(
        workspace, network.began, connector, native_id="nordpost", settings={"place": str(network.place)}
    )


def approved(workspace: Workspace, alice: Membership, network: Network, connector: str = "demo") -> Reply:
    """A reply to Maria that may leave now."""
    at = now() - timedelta(minutes=1)
    return leaving(channel(workspace, network, connector), alice.actor(), at)


def later(row: Work) -> None:
    """The lease of `row` has ended meanwhile, and so has the wait for its last ring."""
    past = now() - timedelta(seconds=30)
    type(row)._default_manager.filter(pk=row.pk).update(lease_until=past, rung_at=past)
