"""Alerts arrive: by a real mail server and a whole desk, by a real SMS gateway, in a real chat."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from gensvar.connectors.contract import Refused, egress
from gensvar.demo.internet import Internet
from gensvar.demo.script import Line, people
from gensvar.kernel import environment
from gensvar.process.alert import chat
from tests.servers import gateway, homeserver, mailbox
from tests.start.desk import Desk, desk, wait_for
from tests.start.visitor import Visitor, words

HOSTILE = "@everyone <!channel> [click](https://evil.example) `rm` \u202eesrever\u202c\x07"


@pytest.fixture(scope="module")
def phone() -> Iterator[gateway.Phone]:
    try:
        with gateway.running() as phone, pytest.MonkeyPatch.context() as patch:
            patch.setenv(environment.SMS_URL.name, gateway.URL)
            yield phone
    except mailbox.Absent as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def room() -> Iterator[homeserver.Room]:
    try:
        with homeserver.running() as room, pytest.MonkeyPatch.context() as patch:
            patch.setenv(egress.ALLOW, "127.0.0.0/8")
            yield room
    except mailbox.Absent as reason:
        pytest.skip(str(reason))


SAID = [
    'Nordpost: Maria, Bluesky, not tagged: "Hej & då?" €10 + 5% #1 https://desk.example/w/n/case/12/',
    "Жалоба 😀 https://desk.example/w/n/case/12/",
]


@pytest.mark.parametrize("text", SAID, ids=["GSM", "UCS-2"])
def test_a_text_message_arrives_as_it_was_written(phone: gateway.Phone, text: str) -> None:
    number = f"+3160000{len(text):04}"
    chat.send_sms(number, text)
    wait_for(lambda: (number, text) in phone.messages(), str(phone.messages()))


def test_a_long_one_comes_in_two_parts(phone: gateway.Phone) -> None:
    text = "Lång väntan, inget svar. " * 11 + "https://x.example/"
    chat.send_sms("+31611111111", text)

    def joined() -> str:
        return "".join(part for number, part in phone.messages() if number == "+31611111111")

    wait_for(lambda: joined() == text, str(phone.messages()))


def test_the_gateway_refuses_what_is_no_number(phone: gateway.Phone) -> None:
    with pytest.raises(Refused):
        chat.send_sms("", "Hej")


def test_a_chat_message_arrives_in_the_room_and_calls_nobody(room: homeserver.Room) -> None:
    from gensvar.process.alert.words import safe_in_chat

    chat.send_chat(room.address, safe_in_chat(f"Maria: {HOSTILE}"))
    (said,) = room.messages()
    assert said["msgtype"] == "m.text"
    assert "@everyone" not in said["body"]
    assert "<!channel>" not in said["body"]
    assert "formatted_body" not in said
    assert not said.get("m.mentions")


def test_a_wrong_password_is_refused(room: homeserver.Room) -> None:
    with pytest.raises(Refused):
        chat.send_chat(room.address.replace(homeserver.PASSWORD, "wrong"), "Hej")
    assert len(room.messages()) == 1


def test_from_the_post_to_the_mailbox(tmp_path: Path) -> None:
    """The whole way: a way is added and confirmed by its code, a rule is made, somebody posts, a mail arrives."""
    try:
        with mailbox.running():
            _from_the_post_to_the_mailbox(tmp_path)
    except mailbox.Absent as reason:
        pytest.skip(str(reason))


def _from_the_post_to_the_mailbox(tmp_path: Path) -> None:
    place = tmp_path / "internet.db"
    settings = {"GENSVAR_MAIL_URL": mailbox.SMTP, "GENSVAR_MAIL_FROM": "Gensvar <brand@desk.test>"}
    with desk(tmp_path / "data", **settings) as one:
        one.start()
        one.wait_until_open()
        dora = Visitor(one)
        dora.set_up("Dora Ek", "Nordpost", "Nordpost")
        dora.post("/me/alerts/ways/", way="mail", address="dora@desk.test")
        wait_for(lambda: bool(mailbox.mails("dora@desk.test")), f"No test message came.\n{one.log}")
        (test,) = mailbox.mails("dora@desk.test")
        code = re.findall(r"code is (\d{6})", test.get_content())[0]
        page = dora.post(f"/me/alerts/ways/{_route(one)}/confirm/", code=code)
        assert "Confirmed." in page
        dora.post(dora.here("channels/connect/demo/"), place=str(place), pace="100000")
        wait_for(lambda: _count(one, "listen_mention") > 0, one.log)  # what was said there before
        workspace, route = _only(one.ask("select id from people_workspace")), _route(one)
        page = dora.post("/me/alerts/", tell=f"{workspace}:everything:", route=str(route), every="0")
        assert "everything new" in page
        internet = Internet(place, datetime.now(UTC))
        line = Line("en-alert", people("en")["priya"], "en", f"Nordpost lost my parcel. {HOSTILE}")
        internet.remember(line, datetime.now(UTC))
        internet.close()
        wait_for(lambda: len(_about("my parcel")) > 0, f"No alert came.\n{one.log}")
        (alert,) = _about("my parcel")
        body = alert.get_content()
        assert "“Nordpost lost my parcel. @everyone" in body
        assert "\u202e" not in body
        assert "\x07" not in body
        link = next(line for line in body.splitlines() if line.startswith(one.url) and "/case/" in line)
        assert "lost my parcel." in words(dora.get(link.removeprefix(one.url)))
        page = dora.get("/me/alerts/")
        assert re.search(r"[\d.]+ s after the post", page)
        assert one.stop() == 0
        one.start()  # nothing is told again after a restart
        one.wait_until_open()
        internet = Internet(place, datetime.now(UTC))
        internet.remember(
            Line("en-later", people("en")["priya"], "en", "Nordpost, and now?"), datetime.now(UTC)
        )
        internet.close()
        wait_for(lambda: len(_about("and now?")) > 0, f"No alert came.\n{one.log}")
        assert len(_about("my parcel")) == 1


def _about(words: str) -> list[EmailMessage]:
    return [each for each in mailbox.mails("dora@desk.test") if words in each.get_content()]


def _route(one: Desk) -> int:
    return _only(one.ask("select id from alert_route"))


def _count(one: Desk, table: str) -> int:
    return _only(one.ask(f"select count(*) from {table}"))


def _only(rows: list[tuple[int, ...]]) -> int:
    ((found,),) = rows
    return found
