"""Bob, who wants to be told, and the ways that reach him."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.core import mail

from gensvar.kernel import secrets
from gensvar.people.models import Membership, User
from gensvar.process.alert import wanted
from gensvar.process.alert.models import Dispatch, Route, Rule
from gensvar.process.alert.states import About, Way
from gensvar.process.alert.tasks import send
from gensvar.process.alert.wanted import Wanted
from tests.process_cast import case, channel, complaint

__all__ = ["case", "channel", "complaint"]

Asks = Callable[..., Rule]


def way_to(user: User, at: datetime, way: Way = Way.MAIL, address: str = "") -> Route:
    """A confirmed route."""
    address = address or user.email
    return Route.objects.create(
        user=user,
        way=way.value,
        locked=secrets.lock(address, settings.SECRET_KEY),
        shown=address,
        added_at=at,
        confirmed_at=at,
    )


@pytest.fixture
def mail_to_bob(bob: Membership, at: datetime) -> Route:
    return way_to(bob.user, at)


@pytest.fixture
def bob_asks(bob: Membership, mail_to_bob: Route, at: datetime) -> Asks:
    """A rule of Bob's; at once and without quiet hours unless said otherwise."""

    def asks(about: About = About.EVERYTHING, **more: Any) -> Rule:
        asked = Wanted(**{"route": mail_to_bob, "about": about.value, **more})
        return wanted.ask(asked, by=bob.actor(), at=at)

    return asks


def work(at: datetime, monkeypatch: pytest.MonkeyPatch) -> list[mail.EmailMessage]:
    """What a worker does at the moment `at`: answer every bell that is due; the mails that were sent by it."""
    from gensvar.process.alert import tasks

    before = len(outbox())
    monkeypatch.setattr(tasks, "now", lambda: at)
    for pk in list(Dispatch.objects.filter(due_at__lte=at).order_by("pk").values_list("pk", flat=True)):
        send.call(pk)
    return outbox()[before:]


Works = Callable[[datetime], list[mail.EmailMessage]]


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch) -> Works:
    """A worker; time is given to it."""
    return lambda at: work(at, monkeypatch)


def outbox() -> list[mail.EmailMessage]:
    """Every mail that was sent."""
    found: list[mail.EmailMessage] = mail.outbox
    return found
