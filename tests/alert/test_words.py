"""What an alert says: hostile words stay words, and it fits where it goes."""

from datetime import datetime

import pytest
from django.core.mail import EmailMessage

from gensvar.connectors.contract import Author
from gensvar.people.models import Membership, User, Workspace
from gensvar.process.alert import sms, words
from gensvar.process.alert.models import Alert, Dispatch
from gensvar.process.alert.states import Way
from gensvar.process.listen.models import Channel
from tests import hearing
from tests.alert.conftest import Asks, Works

HOSTILE = (
    "Hej\r\nBcc: mallory@evil.example\r\n\r\n\x00\x07\x1b[31m \u202eoven\u202c ” said \u2066x\u2069 \ud800"
)


def said(
    channel: Channel, at: datetime, way: Way, text: str, author: Author | None = None, **more: object
) -> words.Text:
    """What the one alert for this post says by `way`."""
    who = author or Author("did:plc:maria", "maria.example", "Maria Karlsson")
    hearing.hear(channel, hearing.post("p1", text, at, author=who, **more), at=at)
    dispatch = Dispatch.objects.get()
    alerts = list(Alert.objects.select_related("workspace", "user", "case", "mention", "rule", "rule__view"))
    return words.of(dispatch, alerts, way, at)


def test_a_mail_of_a_hostile_post_is_one_mail_with_one_subject(
    bob_asks: Asks, channel: Channel, works: Works, at: datetime
) -> None:
    bob_asks()
    author = Author("did:plc:x", "x.example", "Eve\r\nBcc: all@evil.example\u202e")
    hearing.hear(channel, hearing.post("p1", HOSTILE, at, author=author), at=at)
    (message,) = works(at)
    raw = message.message()
    assert raw["Bcc"] is None
    assert raw.get_all("To") == ["bob@example.org"]
    assert "\n" not in message.subject
    for mark in "\x00\x07\x1b\u202e\u202c\u2066\u2069\r":
        assert mark not in f"{message.subject}{message.body}"
    assert raw.get_content_type() == "text/plain"


def test_a_quotation_cannot_be_ended_from_within(bob_asks: Asks, channel: Channel, at: datetime) -> None:
    bob_asks()
    text = said(channel, at, Way.MAIL, "Dum. ” Approved by Alice. “ End")
    assert '“Dum. " Approved by Alice. " End”' in text.body


def test_a_long_post_is_cut(bob_asks: Asks, channel: Channel, at: datetime) -> None:
    bob_asks()
    text = said(channel, at, Way.MAIL, "ord " * 5000)
    assert len(text.body) < 1200
    assert len(text.subject) <= 150


@pytest.mark.parametrize(
    ("given_text", "never"),
    [
        ("hey @everyone and @here", "@everyone"),
        ("hey <!channel> <@U123>", "<!channel>"),
        ("[your bank](https://evil.example)", "](https"),
        ("```code``` `rm`", "`"),
        ("<https://evil.example|your bank>", "<https"),
    ],
)
def test_in_a_chat_nobody_is_called_and_no_link_is_dressed_up(
    bob_asks: Asks, channel: Channel, at: datetime, *, given_text: str, never: str
) -> None:
    bob_asks()
    text = said(channel, at, Way.CHAT, given_text)
    assert never not in text.body
    assert "/case/" in text.body


@pytest.mark.parametrize(
    "text", ["Hej", "å" * 3000, "Жалоба " * 300, "😀" * 900, "€^[]" * 400, "“–…”" * 200, ""]
)
def test_a_text_message_fits_and_keeps_its_link(
    bob_asks: Asks, channel: Channel, at: datetime, *, text: str
) -> None:
    bob_asks()
    body = said(channel, at, Way.SMS, text, title="Rubrik").body
    assert sms.fits(body)
    case = hearing.mention("p1").case_id
    assert body.endswith(f"http://127.0.0.1:8000/w/nordpost/case/{case}/")
    assert body.startswith("Nordpost: Maria Karlsson")


def test_it_speaks_the_language_of_its_reader(
    bob_asks: Asks, bob: Membership, channel: Channel, works: Works, at: datetime
) -> None:
    User.objects.filter(pk=bob.user_id).update(language="sv")
    bob_asks()
    hearing.hear(channel, hearing.post("p1", "Hej", at), at=at)
    from django.utils import translation

    seen: list[str | None] = []
    with pytest.MonkeyPatch.context() as patch:
        real = words.of

        def of(*given: object) -> words.Text:
            seen.append(translation.get_language())
            return real(*given)  # type: ignore[arg-type]

        patch.setattr(words, "of", of)
        works(at)
    assert seen == ["sv"]


def test_a_hostile_name_of_a_workspace_breaks_nothing(
    bob_asks: Asks, nordpost: Workspace, channel: Channel, works: Works, at: datetime
) -> None:
    Workspace.objects.filter(pk=nordpost.pk).update(name="Nord\r\nX: y\u202e")
    bob_asks()
    hearing.hear(channel, hearing.post("p1", "Hej", at), at=at)
    (message,) = works(at)
    assert message.subject.startswith("[Nord X: y]")


def test_django_itself_refuses_a_header_with_a_line_break() -> None:
    """Should anything ever slip through, no mail leaves."""
    with pytest.raises(ValueError, match="linefeed"):
        EmailMessage("a\nb", "x", to=["a@b.example"]).message()
