"""Sending a mail: what the mail server says decides what becomes of the alert, and it is never sent twice."""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.mail.backends import locmem

from gensvar.process.alert import actions
from gensvar.process.alert.models import Dispatch, Route
from gensvar.process.listen.models import Channel
from tests import hearing
from tests.alert.conftest import Asks, Works

Says = Callable[[Exception], None]


@pytest.fixture
def leaving(bob_asks: Asks, channel: Channel, at: datetime) -> Dispatch:
    """An alert whose time to leave has come."""
    bob_asks()
    hearing.hear(channel, hearing.post("p1", "Paketet kom aldrig.", at), at=at)
    return Dispatch.objects.get()


@pytest.fixture
def server_says(monkeypatch: pytest.MonkeyPatch) -> Says:
    """Let the mail server answer every mail with an error."""

    def says(error: Exception) -> None:
        def send_messages(_self: object, _messages: object) -> int:
            raise error

        monkeypatch.setattr(locmem.EmailBackend, "send_messages", send_messages)

    return says


ANSWERS = [
    (
        smtplib.SMTPRecipientsRefused({"bob@example.org": (550, b"No such user")}),
        "refused",
        "550 No such user",
    ),
    (smtplib.SMTPRecipientsRefused({"bob@example.org": (451, b"Greylisted")}), "later", "451 Greylisted"),
    (smtplib.SMTPSenderRefused(553, b"Not yours", "x@y"), "refused", "553 Not yours"),
    (smtplib.SMTPDataError(554, b"Spam"), "refused", "554 Spam"),
    (smtplib.SMTPDataError(452, b"Full"), "later", "452 Full"),
    (smtplib.SMTPServerDisconnected("gone"), "unsure", "fell silent"),
    (TimeoutError("timed out"), "unsure", "fell silent"),
    (ConnectionResetError("reset"), "unsure", "fell silent"),
]


@pytest.mark.parametrize(("error", "state", "why"), ANSWERS, ids=[str(each[0])[:30] for each in ANSWERS])
def test_what_the_server_says_decides(
    leaving: Dispatch,
    server_says: Says,
    works: Works,
    at: datetime,
    *,
    error: Exception,
    state: str,
    why: str,
) -> None:
    server_says(error)
    works(at)
    leaving.refresh_from_db()
    assert leaving.state == state
    assert why in leaving.why
    assert leaving.frozen_text
    assert (leaving.due_at is None) == (state != "later")


def test_a_server_that_is_away_had_nothing(
    leaving: Dispatch, monkeypatch: pytest.MonkeyPatch, works: Works, at: datetime
) -> None:
    def away(_self: object) -> None:
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(locmem.EmailBackend, "open", away)
    works(at)
    leaving.refresh_from_db()
    assert (leaving.state, leaving.due_at) == ("later", at + timedelta(seconds=10))
    assert "cannot be reached" in Route.objects.get().trouble
    monkeypatch.undo()


def test_after_trouble_it_is_sent_with_the_same_words_and_key(
    leaving: Dispatch, server_says: Says, works: Works, at: datetime
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locmem.EmailBackend, "open", _away)
        works(at)
    leaving.refresh_from_db()
    text, key = leaving.frozen_text, leaving.key
    (message,) = works(at + timedelta(seconds=10))
    assert (message.body, message.extra_headers["Message-ID"]) == (text, key)
    assert Route.objects.get().trouble == ""


def _away(_self: object) -> None:
    raise ConnectionRefusedError("refused")


def test_a_call_that_had_begun_is_never_made_again(leaving: Dispatch, works: Works, at: datetime) -> None:
    ready = actions.prepare(leaving, at=at)
    assert ready is not None
    assert actions.sending(ready)
    for minutes in (2, 4, 600):
        assert works(at + timedelta(minutes=minutes)) == []
    leaving.refresh_from_db()
    assert (leaving.state, leaving.due_at) == ("unsure", None)


def test_an_answer_that_comes_after_the_doubt_ends_it(leaving: Dispatch, works: Works, at: datetime) -> None:
    ready = actions.prepare(leaving, at=at)
    assert ready is not None
    actions.sending(ready)
    works(at + timedelta(minutes=2))
    actions.was_sent(ready, at=at + timedelta(minutes=3))
    leaving.refresh_from_db()
    assert leaving.state == "sent"


def test_two_workers_make_one_call(leaving: Dispatch, at: datetime) -> None:
    first, second = (actions.prepare(leaving, at=at) for _ in range(2))
    assert first is not None
    assert second is not None
    assert [actions.sending(first), actions.sending(second)] == [True, False]


def test_what_could_not_be_sent_for_a_day_is_given_up(leaving: Dispatch, works: Works, at: datetime) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locmem.EmailBackend, "open", _away)
        works(at)
    assert works(at + timedelta(hours=25)) == []
    leaving.refresh_from_db()
    assert leaving.state == "refused"


def test_a_route_that_only_refuses_is_paused(
    bob_asks: Asks, channel: Channel, server_says: Says, works: Works, at: datetime
) -> None:
    bob_asks()
    server_says(smtplib.SMTPRecipientsRefused({"bob@example.org": (550, b"No such user")}))
    for number in range(10):
        hearing.hear(channel, hearing.post(f"p{number}", f"Hej {number}", at), at=at)
        works(at)
    route = Route.objects.get()
    assert route.paused_at == at
    assert "No such user" in route.trouble


def test_its_receiver_sends_it_again(
    leaving: Dispatch, server_says: Says, works: Works, at: datetime
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locmem.EmailBackend, "send_messages", _silent)
        works(at)
    leaving.refresh_from_db()
    key = leaving.key
    assert actions.send_again(leaving, at=at)
    (message,) = works(at)
    assert message.extra_headers["Message-ID"] == key
    leaving.refresh_from_db()
    assert not actions.send_again(leaving, at=at)


def _silent(_self: object, _messages: object) -> int:
    raise smtplib.SMTPServerDisconnected("gone")


def test_a_lost_key_says_to_add_the_address_again(leaving: Dispatch, works: Works, at: datetime) -> None:
    Route.objects.update(locked="gAAAAAnonsense")
    works(at)
    leaving.refresh_from_db()
    assert leaving.state == "refused"
    assert "Add the address again." in leaving.why
