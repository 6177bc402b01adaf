"""The channels page says how well the desk hears: gaps and their filling, silence, what was left out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from gensvar.desk.gaps import shown, stretch
from gensvar.engine.models import Part
from gensvar.kernel.clock import now
from gensvar.people.models import Membership, Workspace
from gensvar.process.listen.health import SILENT
from gensvar.process.listen.models import Channel, Gap, Source
from tests import hearing

HERE = "/w/nordpost/channels/"
STREAM = "bluesky wss://jetstream.us-east.bsky.network/xrpc/network.bsky.jetstream.subscribeEvents"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SignIn = Callable[[Membership], Client]


@pytest.fixture
def source(nordpost: Workspace, at: datetime) -> Source:
    """Bluesky's stream for everyone, as Nordpost hears it."""
    hearing.channel(nordpost, at, settings={"handle": "nordpost.example", "app_password": ""})
    return Source.objects.create(name=STREAM, connector="bluesky", heard_at=now(), opened_at=now() - DAY)


@pytest.fixture
def page(source: Source, alice: Membership, sign_in: SignIn) -> Callable[[], str]:
    client = sign_in(alice)

    def read() -> str:
        return client.get(HERE).content.decode()

    return read


def gap(source: Source, **fields: Any) -> Gap:
    at = now()
    usual = {"since": at - HOUR, "until": at - 20 * MINUTE, "why": "Away too long.", "noticed_at": at}
    return Gap.objects.create(source=source, **{**usual, **fields})


def state(**fields: Any) -> str:
    """The state of a gap with these columns, and all that is said of it."""
    at = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
    usual = {"since": at - HOUR, "until": at, "why": "Away too long.", "noticed_at": at}
    (one,) = shown([Gap(**{**usual, **fields})], at)
    return f"{one.state}: {one.words}"


def test_a_gap_says_when_why_and_how_far_it_has_come(source: Source, page: Callable[[], str]) -> None:
    gap(source, due_at=now(), place="12", looked=1240, found=3)
    text = page()
    for words in ("Not heard", "(40 min)", "being filled", "Away too long.", "1,240 posts read, 3 kept."):
        assert words in text


def test_a_gap_that_is_worked_on_looks_again_by_itself_and_one_that_is_over_does_not(
    source: Source, page: Callable[[], str]
) -> None:
    one = gap(source, due_at=now())
    assert 'hx-trigger="every 3s"' in page()
    Gap.objects.filter(pk=one.pk).update(due_at=None, filled_at=now())
    assert "hx-trigger" not in page()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"due_at": now()}, "waiting: Away too long."),
        ({"due_at": now(), "place": "2", "looked": 1}, "being filled: Away too long. 1 post read, 0 kept."),
        (
            {"filled_at": now(), "looked": 9, "found": 2, "covers": "From the records."},
            "filled: Away too long. 9 posts read, 2 kept. From the records.",
        ),
        (
            {"filled_at": now(), "is_whole": False, "covers": "By search."},
            "filled in part: Away too long. 0 posts read, 0 kept. By search.",
        ),
        ({"trouble": "Not offered."}, "stays open: Away too long. Not offered."),
        (
            {"due_at": datetime(2026, 11, 21, 11, 30, tzinfo=UTC), "trouble": "Slow down."},
            "will be tried again: Away too long. Slow down. Next try: 11:30.",
        ),
    ],
)
def test_each_state_has_its_words(fields: dict[str, Any], words: str) -> None:
    with timezone.override(UTC):
        assert state(**fields) == words


def test_a_stretch_names_the_day_once_when_it_is_one() -> None:
    since = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
    with timezone.override(UTC):
        assert stretch(since, since + HOUR) == "21 Nov 22:30 – 23:30 (60 min)"
        assert stretch(since, since + 2 * DAY) == "21 Nov 22:30 – 23 Nov 22:30 (2 d)"
        assert stretch(None, since) == "until 21 Nov 22:30"
    with timezone.override(ZoneInfo("Europe/Helsinki")):
        assert stretch(since, since + HOUR) == "22 Nov 00:30 – 01:30 (60 min)"


def test_a_gap_that_was_filled_long_ago_is_not_shown(source: Source, page: Callable[[], str]) -> None:
    gap(source, filled_at=now() - 3 * DAY, noticed_at=now() - 3 * DAY)
    assert "Not heard" not in page()


def test_others_do_not_see_our_gaps(source: Source, carol: Membership, sign_in: SignIn) -> None:
    gap(source, due_at=now())
    assert "Away too long." not in sign_in(carol).get("/w/sparfin/channels/").content.decode()


def test_a_silent_source_is_an_alarm_here_and_in_the_frame(source: Source, page: Callable[[], str]) -> None:
    Source.objects.update(silent_since=now() - 48 * MINUTE, usual_gap=150)
    Channel.objects.update(trouble=SILENT)
    text = page()
    assert "silent" in text
    assert "(48 min ago). Usually something comes within 2 min." in text
    assert "1 in trouble" in text
    assert "Connect again" not in text
    Source.objects.update(silent_since=None)
    Channel.objects.update(trouble="")
    assert "Usually something comes" not in page()


def test_what_is_wrong_is_said_before_that_it_is_silent(source: Source, page: Callable[[], str]) -> None:
    Source.objects.update(silent_since=now() - HOUR, trouble="The password is wrong.")
    text = page()
    assert "The password is wrong." in text
    assert "Usually something comes" not in text


def test_what_could_not_be_read_is_counted(source: Source, page: Callable[[], str]) -> None:
    assert "Not readable" not in page()
    Source.objects.update(dropped=1200)
    assert "1,200 things, left out" in page()


def test_a_listener_that_is_away_is_said(source: Source, page: Callable[[], str]) -> None:
    assert "The listener" not in page()
    Part.objects.create(name="listener", started_at=now() - DAY, seen_at=now() - 12 * MINUTE)
    assert "The listener was last heard of 12 min ago." in page()
