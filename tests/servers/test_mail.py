"""An invitation travels by a real mail server, and its link lets the person in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import mailbox
from tests.start.desk import desk, wait_for
from tests.start.visitor import Visitor


@pytest.fixture
def mail_server() -> Iterator[None]:
    """The mail server of this machine."""
    try:
        with mailbox.running():
            yield
    except mailbox.Absent as reason:
        pytest.skip(str(reason))


def test_an_invitation_arrives_and_lets_the_person_in(mail_server: None, tmp_path: Path) -> None:
    with desk(tmp_path, GENSVAR_MAIL_URL=mailbox.SMTP, GENSVAR_MAIL_FROM="Gensvar <brand@desk.test>") as one:
        one.start()
        one.wait_until_open()
        dora, maja = Visitor(one), Visitor(one)
        dora.set_up("Dora Ek", "Nordpost", "Nordpost")
        page = dora.post(dora.here("people/invite/"), email="maja@desk.test", role="ambassador")
        assert "The invitation to maja@desk.test is sent." in page
        wait_for(lambda: bool(mailbox.mails("maja@desk.test")), "No mail arrived.")
        (message,) = mailbox.mails("maja@desk.test")
        assert message["subject"] == "Dora Ek invites you to Nordpost"
        body = message.get_content()
        link = next(line for line in body.splitlines() if line.startswith(one.url))
        maja.join(link.removeprefix(one.url), "Maja Lund")
        assert maja.slug == dora.slug


def test_a_mail_server_that_is_away_is_said_and_the_link_still_works(tmp_path: Path) -> None:
    with desk(tmp_path, GENSVAR_MAIL_URL="smtp://127.0.0.1:9") as one:
        one.start()
        one.wait_until_open()
        dora = Visitor(one)
        dora.set_up("Dora Ek", "Nordpost", "Nordpost")
        page = dora.post(dora.here("people/invite/"), email="maja@desk.test", role="viewer")
        assert "is sent" not in page
        assert "/join/" in page
