"""The card: whatever a stranger wrote stands on it as text, and nothing on it is run or fetched."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser, sync_playwright

from gensvar.people.models import Workspace
from gensvar.process.document import browser, card
from gensvar.process.listen.models import Revision
from tests import hearing
from tests.document.conftest import needs_browser

HOSTILE = {
    "script": "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">",
    "closing tags": "</blockquote></main></style><style>*{display:none}</style>",
    "bidi": "\u202egnorw si siht\u2066 and \u200frest",
    "long": "Nordpost! " * 30_000,
    "one long word": "å" * 300_000,
    "lines": "rad\n" * 20_000,
    "nul": "Nord\x00post",
    "broken emoji": "Nordpost \ud83d och \udca9 👩‍👩‍👧\u200d",
    "entity": "&lt;b&gt; &#60;script&#62;",
}


def revision(nordpost: Workspace, at: datetime, text: str, **more: Any) -> Revision:
    hearing.case(hearing.channel(nordpost, at), text, at, **more)
    return Revision.objects.select_related("mention__workspace", "mention__channel").get()


def opened(chromium: Browser, html: str) -> tuple[str, str, list[str]]:
    """What is read on the card, its title, and what it asked for, with scripts allowed to try."""
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(html)
    try:
        return page.locator("blockquote").inner_text(), page.title(), asked
    finally:
        page.close()


@needs_browser
def test_hostile_text_stands_as_text(nordpost: Workspace, at: datetime) -> None:
    cards = {}
    for name, text in HOSTILE.items():
        with transaction.atomic():
            cards[name] = card.draw(revision(nordpost, at, text))
            transaction.set_rollback(True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), chromium_sandbox=False)
        for name, html in cards.items():
            seen, title, asked = opened(chromium, html)
            assert (title, asked) == ("Record as received", []), name
            words = re.sub(r"[\W_]+", "", HOSTILE[name].encode("utf-8", "replace").decode())[:60]
            assert re.sub(r"[\W_]+", "", seen).startswith(words[:8]), name
        chromium.close()


@needs_browser
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_gives_a_picture(nordpost: Workspace, at: datetime, text: str) -> None:
    html = card.draw(revision(nordpost, at, text))
    taken = browser.take("", "", lambda why: html)
    assert taken.png.startswith(b"\x89PNG")
    assert len(taken.png) < 5_000_000


def test_marks_that_turn_the_writing_are_left_out(nordpost: Workspace, at: datetime) -> None:
    html = card.draw(revision(nordpost, at, "Jag \u202eylg\u202c är arg", author=hearing.EVA))
    assert "\u202e" not in html
    assert 'dir="auto"' in html


def test_a_hostile_name_and_address_are_text_too(nordpost: Workspace, at: datetime) -> None:
    from gensvar.connectors.contract import Author

    author = Author("did:x", '"><script>1</script>', "<b>Eva</b>")
    html = card.draw(
        revision(nordpost, at, "Hej", author=author, url='https://x.example/"><script>2</script>')
    )
    assert "<script>" not in html
    assert "<b>" not in html


def test_it_says_what_it_is_and_why(nordpost: Workspace, at: datetime) -> None:
    html = card.draw(revision(nordpost, at, "Hej"), why="The page answered 404.")
    assert "not a picture of the page" in html
    assert "The page answered 404." in html


def test_it_names_record_digest_and_instants(nordpost: Workspace, at: datetime) -> None:
    row = revision(nordpost, at, "Hej", url="https://x.example/1")
    html = card.draw(row)
    for part in (
        row.sha256,
        "post-1",
        "https://x.example/1",
        "2026-11-21 10:00:00 UTC",
        "11:00 Europe/Stockholm",
    ):
        assert part in html


def test_a_year_that_no_clock_can_show_breaks_nothing(nordpost: Workspace, at: datetime) -> None:
    nordpost.zone = "America/New_York"
    nordpost.save()
    row = revision(nordpost, at, "Hej")
    row.mention.posted_at = datetime(1, 1, 1, tzinfo=UTC)
    assert "0001-01-01" in card.draw(row) or "1-01-01" in card.draw(row)


def test_a_long_post_ends_with_how_much_there_is(nordpost: Workspace, at: datetime) -> None:
    html = card.draw(revision(nordpost, at, "Nordpost " * 2_000))
    assert "18,000" in html
    assert len(html) < 20_000
