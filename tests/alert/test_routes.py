"""Ways to reach a person: theirs by a code, locked, tested a few times an hour, paused, forgotten."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage

from gensvar.people.models import Membership
from gensvar.process.alert import routes
from gensvar.process.alert.models import Dispatch, Route, Rule
from gensvar.process.alert.routes import NotTaken
from gensvar.process.alert.states import Way
from gensvar.process.listen.models import Channel
from tests import hearing
from tests.alert.conftest import Asks, Works

MINUTE = timedelta(minutes=1)


@pytest.fixture
def fresh(bob: Membership, at: datetime) -> Route:
    """Bob's second address, which he has just written down."""
    return routes.add(bob.user, Way.MAIL, "bob@home.example", "bob@home.example", at=at)[0]


def code_in(mails: list[EmailMessage]) -> str:
    return str(re.findall(r"\d{6}", str(mails[-1].body))[0])


def test_the_test_message_brings_a_code_that_opens_it(fresh: Route, works: Works, at: datetime) -> None:
    (message,) = works(at)
    assert message.to == ["bob@home.example"]
    assert not fresh.is_open
    assert routes.confirm(fresh, code_in([message]), at=at + MINUTE) == ""
    fresh.refresh_from_db()
    assert fresh.is_open


def test_the_address_is_kept_locked(fresh: Route) -> None:
    assert "home.example" not in fresh.locked


@pytest.mark.parametrize("code", ["", "000", "abc", "<script>"])
def test_another_code_does_not(fresh: Route, at: datetime, code: str) -> None:
    assert "not the code" in routes.confirm(fresh, code, at=at)
    fresh.refresh_from_db()
    assert not fresh.is_open


def test_guessing_ends(fresh: Route, works: Works, at: datetime) -> None:
    code = code_in(works(at))
    for _ in range(5):
        routes.confirm(fresh, "nope", at=at)
    assert "This code is over" in routes.confirm(fresh, code, at=at)


def test_a_code_is_over_after_an_hour(fresh: Route, works: Works, at: datetime) -> None:
    code = code_in(works(at))
    assert "This code is over" in routes.confirm(fresh, code, at=at + timedelta(minutes=61))


def test_a_code_works_once(fresh: Route, works: Works, at: datetime) -> None:
    code = code_in(works(at))
    routes.confirm(fresh, code, at=at)
    assert "This code is over" in routes.confirm(fresh, code, at=at)


def test_nobody_floods_a_stranger(fresh: Route, at: datetime) -> None:
    for _ in range(4):
        routes.test(fresh, at=at)
    with pytest.raises(NotTaken):
        routes.test(fresh, at=at)
    assert routes.test(fresh, at=at + timedelta(minutes=61))


def test_removing_and_adding_again_does_not_count_anew(bob: Membership, at: datetime) -> None:
    for number in range(5):
        route, _ = routes.add(bob.user, Way.MAIL, f"x{number}@home.example", "x", at=at)
        routes.remove(route)
    with pytest.raises(NotTaken):
        routes.add(bob.user, Way.MAIL, "victim@home.example", "x", at=at)


def test_an_address_stands_in_the_list_once(bob: Membership, fresh: Route, at: datetime) -> None:
    with pytest.raises(NotTaken):
        routes.add(bob.user, Way.MAIL, "bob@home.example", "x", at=at)


def test_what_was_on_its_way_does_not_go_to_a_removed_one(
    bob_asks: Asks, mail_to_bob: Route, channel: Channel, works: Works, at: datetime
) -> None:
    bob_asks()
    hearing.hear(channel, hearing.post("p1", "Hej", at), at=at)
    routes.remove(mail_to_bob)
    assert works(at) == []
    assert not Rule.objects.exists()
    assert Dispatch.objects.get().frozen_text == ""


def test_a_paused_one_comes_back_without_its_trouble(mail_to_bob: Route, at: datetime) -> None:
    routes.pause(mail_to_bob, paused=True, at=at)
    mail_to_bob.trouble, mail_to_bob.refusals = "No", 9
    mail_to_bob.save()
    routes.pause(mail_to_bob, paused=False, at=at)
    mail_to_bob.refresh_from_db()
    assert (mail_to_bob.is_open, mail_to_bob.trouble, mail_to_bob.refusals) == (True, "", 0)
