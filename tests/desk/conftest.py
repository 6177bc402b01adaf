"""Nordpost with a channel and, where a test wants it, a morning's worth of posts."""

from datetime import datetime

import pytest

from gensvar.people.models import Membership, Workspace
from gensvar.process.case.models import Case
from gensvar.process.listen.models import Channel
from tests.desk import scene


@pytest.fixture
def bluesky(nordpost: Workspace, dora: Membership, at: datetime) -> Channel:
    return scene.channel(nordpost, dora, at)


@pytest.fixture
def by_hand(nordpost: Workspace, dora: Membership, at: datetime) -> Channel:
    return scene.channel(nordpost, dora, at, "by_hand")


@pytest.fixture
def complaint(bluesky: Channel, at: datetime) -> Case:
    """Maria's complaint, heard a moment ago."""
    return scene.hear(bluesky, scene.post(1, scene.COMPLAINTS[0][2]), at)


@pytest.fixture
def morning(bluesky: Channel, at: datetime) -> list[Case]:
    """Seven posts in four languages."""
    return scene.fill(bluesky, at)
