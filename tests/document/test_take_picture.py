"""Taking the picture: of the page where it can be had, of a card drawn from the record where not."""

import os
import sys
from pathlib import Path

import pytest
from django.conf import settings

from gensvar.kernel.clock import now
from gensvar.process.case import queries as cases
from gensvar.process.document import browser, queries, rules
from gensvar.process.document.models import Capture
from gensvar.process.document.tasks import take_picture
from tests.document.conftest import Evidence, Web, needs_browser
from tests.document.png import average, size

pytestmark = needs_browser


def pictured(capture: Capture) -> Capture:
    take_picture.call(capture.pk)
    capture.refresh_from_db()
    return capture


def png(capture: Capture) -> bytes:
    return (Path(settings.MEDIA_ROOT) / capture.picture).read_bytes()


def test_a_page_is_pictured_as_it_stands(evidence: Evidence, web: Web) -> None:
    url = web.page("/post", "<body style='background:#c00'><p>Paketet kom aldrig fram.</p>")
    capture = pictured(evidence(url=url))
    assert (capture.state, capture.picture_of, capture.why) == ("kept", "page", "")
    assert average(png(capture))[0] > 180
    assert average(png(capture))[1] < 40


def test_the_case_says_that_the_evidence_is_kept(evidence: Evidence, web: Web) -> None:
    capture = pictured(evidence(url=web.page("/post", "<p>Paketet kom aldrig fram.</p>")))
    last = cases.journal(capture.case)[-1]
    assert (last.name, last.data["picture_of"]) == ("evidence.kept", "page")
    assert "picture of the page" in queries.evidence(capture.case)[0].sentence
    assert capture.due_at is None


def test_styles_and_images_of_the_page_are_fetched_through_the_guard(evidence: Evidence, web: Web) -> None:
    web.page("/style.css", "body{background:#0a0}", "text/css")
    url = web.page("/post", "<link rel=stylesheet href=style.css><p>Paketet kom aldrig fram.</p>")
    assert average(png(pictured(evidence(url=url))))[1] > 130


def test_words_that_a_script_draws_late_are_waited_for(evidence: Evidence, web: Web) -> None:
    web.page("/words.json", '{"text": "Paketet kom aldrig fram."}', "application/json")
    script = """<body><script>setTimeout(async () => {
        const said = await (await fetch('/words.json')).json();
        document.body.textContent = said.text; document.body.style.background = '#00c' }, 1200)</script>"""
    capture = pictured(evidence(url=web.page("/app", script)))
    assert capture.why == ""
    assert average(png(capture))[2] > 150


def test_a_page_without_the_words_says_so(evidence: Evidence, web: Web) -> None:
    capture = pictured(evidence(url=web.page("/post", "<p>Sign in to see this.</p>")))
    assert capture.picture_of == "page"
    assert "not seen" in capture.why


def test_redirects_are_followed_to_the_page(evidence: Evidence, web: Web) -> None:
    web.page("/deep/style.css", "body{background:#0a0}", "text/css")
    web.page("/deep/post", "<link rel=stylesheet href=style.css><p>Paketet kom aldrig fram.</p>")
    web.moved["/short"] = "/deep/post"
    capture = pictured(evidence(url=web.url("/short")))
    assert capture.picture_of == "page"
    assert average(png(capture))[1] > 130


def test_a_page_that_cannot_be_reached_gives_the_card(evidence: Evidence, web: Web, closed_port: int) -> None:
    capture = pictured(evidence(url=f"http://127.0.0.1:{closed_port}/post"))
    assert (capture.state, capture.picture_of) == ("kept", "record")
    assert "could not be reached" in capture.why
    assert size(png(capture))[0] == 800


def test_a_page_that_is_gone_gives_the_card(evidence: Evidence, web: Web) -> None:
    capture = pictured(evidence(url=web.url("/gone")))
    assert capture.picture_of == "record"
    assert "404" in capture.why


def test_a_file_gives_the_card(evidence: Evidence, web: Web) -> None:
    capture = pictured(evidence(url=web.page("/file", b"PK\3\4", "application/zip")))
    assert capture.picture_of == "record"
    assert "file" in capture.why


def test_a_page_in_a_private_network_gives_the_card(
    evidence: Evidence, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GENSVAR_EGRESS_ALLOW")
    capture = pictured(evidence(url=web.page("/post", "<p>Paketet kom aldrig fram.</p>")))
    assert capture.picture_of == "record"
    assert "private network" in capture.why
    assert web.asked == []


def test_a_page_that_never_stops_gives_the_card(evidence: Evidence, web: Web) -> None:
    url = web.page("/loop", "<p>Paketet kom aldrig fram.</p><script>for(;;);</script>")
    capture = pictured(evidence(url=url))
    assert capture.picture_of == "record"
    assert "in time" in capture.why


def test_a_post_without_an_address_gives_the_card(evidence: Evidence) -> None:
    capture = pictured(evidence())
    assert (capture.picture_of, capture.why) == ("record", "")
    assert "drawn from it" in queries.evidence(capture.case)[0].sentence


def test_a_very_tall_page_is_cut(evidence: Evidence, web: Web) -> None:
    url = web.page("/tall", "<p>Paketet kom aldrig fram.</p><div style='height:90000px'></div>")
    assert size(png(pictured(evidence(url=url)))) == (1000, 6000)


def test_a_picture_is_taken_once(evidence: Evidence) -> None:
    capture = pictured(evidence())
    before = capture.pictured_at
    assert pictured(capture).pictured_at == before
    assert capture.attempts == 1


def test_the_lease_is_longer_than_the_longest_visit() -> None:
    assert rules.LEASE.total_seconds() > browser.LONGEST + 10


def test_a_picture_is_a_png_with_its_digest(evidence: Evidence) -> None:
    capture = pictured(evidence())
    assert png(capture).startswith(b"\x89PNG")
    assert queries.unchanged(capture) == queries.Unchanged(record=True, picture=True)
    assert capture.browser.startswith("Chromium ")
    assert now() >= (capture.pictured_at or now())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives a thread a priority of its own")
def test_a_browser_steps_aside_for_everything_else(evidence: Evidence, web: Web) -> None:
    before = os.getpriority(os.PRIO_PROCESS, 0)
    seen: list[int] = []

    def draw(why: str) -> str:
        seen.append(os.getpriority(os.PRIO_PROCESS, 0))
        return "<p>x"

    browser.take("", "", draw)
    assert seen == [browser.NICE]
    assert os.getpriority(os.PRIO_PROCESS, 0) == before
