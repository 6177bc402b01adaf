"""The fixed cast and the fixed moment of all tests.

Nordpost is the company: Dora administers it, Alice leads, Bob answers, Amy is an ambassador, Vic may only
look. Carol is an agent of Sparfin, another workspace. Mallory belongs nowhere and must see nothing.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import settings as properties

from gensvar.people.models import Membership, User, Workspace
from gensvar.people.rules import Role, sign_in_name
from gensvar.process.assess import machine
from tests.scheduling import ByPlace

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
PASSWORD = "tall-birch-by-the-quay"

SignIn = Callable[[User | Membership], Client]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByPlace:
    """Tests that start servers follow one another; the rest is spread file by file."""
    return ByPlace(config, log)


def pytest_configure() -> None:
    # How long an example takes says how busy the machine is, and nothing else.
    properties.register_profile("gensvar", deadline=None)
    properties.load_profile("gensvar")
    # Passwords of the cast need no protection; hashing them well would take most of the run.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # People judge alone, where a test does not bring a judge of its own.
    machine.sit(None)


def person(name: str) -> User:
    """A user who signs in with `name` and PASSWORD."""
    user = User(username=sign_in_name(name), first_name=name, email=f"{name.lower()}@example.org")
    user.set_password(PASSWORD)
    user.save()
    return user


def member(workspace: Workspace, name: str, role: Role) -> Membership:
    """`name` in `workspace`."""
    return Membership.objects.create(workspace=workspace, user=person(name), role=role.value, joined_at=AT)


@pytest.fixture
def at() -> datetime:
    """The moment at which everything happens: a Saturday morning, 10:00 UTC."""
    return AT


@pytest.fixture
def nordpost(db: None) -> Workspace:
    return Workspace.objects.create(
        name="Nordpost", slug="nordpost", created_at=AT, zone="Europe/Stockholm", language="sv"
    )


@pytest.fixture
def sparfin(db: None) -> Workspace:
    return Workspace.objects.create(
        name="Sparfin", slug="sparfin", created_at=AT, zone="Europe/Helsinki", language="fi"
    )


@pytest.fixture
def dora(nordpost: Workspace) -> Membership:
    return member(nordpost, "Dora", Role.ADMINISTRATOR)


@pytest.fixture
def alice(nordpost: Workspace) -> Membership:
    return member(nordpost, "Alice", Role.LEAD)


@pytest.fixture
def bob(nordpost: Workspace) -> Membership:
    return member(nordpost, "Bob", Role.AGENT)


@pytest.fixture
def amy(nordpost: Workspace) -> Membership:
    return member(nordpost, "Amy", Role.AMBASSADOR)


@pytest.fixture
def vic(nordpost: Workspace) -> Membership:
    return member(nordpost, "Vic", Role.VIEWER)


@pytest.fixture
def carol(sparfin: Workspace) -> Membership:
    return member(sparfin, "Carol", Role.AGENT)


@pytest.fixture
def mallory(db: None) -> User:
    return person("Mallory")


@pytest.fixture
def sign_in() -> SignIn:
    """A browser in which someone of the cast is signed in."""

    def signed_in(who: User | Membership) -> Client:
        client = Client()
        client.force_login(who.user if isinstance(who, Membership) else who)
        return client

    return signed_in
