"""The case page: the next step, the buttons, and what each does to the case."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from gensvar.people.models import Membership
from gensvar.process.case.models import Case, Presence
from gensvar.process.case.steps import Outcome, Step
from gensvar.process.document.models import Capture
from gensvar.process.listen.actions import add_watch
from gensvar.process.listen.models import Channel, Mention, Revision
from tests.conftest import SignIn
from tests.desk import scene

HTMX = {"HX-Request": "true"}


def press(browser: Client, case: Case, verb: str, **values: Any) -> Any:
    """Press a button of the case without a script."""
    return browser.post(f"/w/nordpost/case/{case.pk}/{verb}/", values)


@pytest.fixture
def browser(alice: Membership, sign_in: SignIn) -> Client:
    return sign_in(alice)


def page(browser: Client, case: Case) -> str:
    answer = browser.get(f"/w/nordpost/case/{case.pk}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_new_case_asks_to_be_judged(browser: Client, complaint: Case) -> None:
    assert "Say what this is" in page(browser, complaint)


def test_judging_says_what_comes_next(browser: Client, complaint: Case) -> None:
    answer = press(browser, complaint, "judge", kind="complaint")
    assert answer.status_code == 302
    assert "Answer Maria Karlsson" in page(browser, complaint)
    complaint.refresh_from_db()
    assert complaint.step == Step.ANSWER


def test_with_a_script_only_the_case_comes_back(browser: Client, complaint: Case) -> None:
    answer = browser.post(f"/w/nordpost/case/{complaint.pk}/judge/", {"kind": "praise"}, headers=HTMX)
    text = answer.content.decode()
    assert text.lstrip().startswith("<article")
    assert "<html" not in text


def test_a_kind_that_does_not_exist_changes_nothing(browser: Client, complaint: Case) -> None:
    answer = browser.post(f"/w/nordpost/case/{complaint.pk}/judge/", {"kind": "boring"}, headers=HTMX)
    assert answer.status_code == 422
    assert "Choose one of the five kinds." in answer.content.decode()
    complaint.refresh_from_db()
    assert complaint.kind == ""


def test_a_viewer_may_look_and_not_judge(vic: Membership, complaint: Case, sign_in: SignIn) -> None:
    browser = sign_in(vic)
    assert 'data-key="1"' not in page(browser, complaint)
    assert press(browser, complaint, "judge", kind="abuse").status_code == 403


def test_the_owner_is_chosen_among_members(
    browser: Client, bob: Membership, carol: Membership, complaint: Case
) -> None:
    press(browser, complaint, "take", owner=bob.user_id)
    complaint.refresh_from_db()
    assert complaint.owner == bob.user
    assert press(browser, complaint, "take", owner=carol.user_id).status_code == 404


def test_problem_and_remedy_are_kept(browser: Client, complaint: Case) -> None:
    press(browser, complaint, "understand", problem="Third loss", remedy="Bring it by hand")
    text = page(browser, complaint)
    assert "Third loss" in text
    assert "Bring it by hand" in text


def test_a_note_is_private_and_signed(browser: Client, complaint: Case) -> None:
    press(browser, complaint, "note", text="She is home after five", way="phone")
    text = page(browser, complaint)
    assert "She is home after five" in text
    assert "Alice · Phone" in text


def test_an_empty_note_is_refused_in_words(browser: Client, complaint: Case) -> None:
    answer = browser.post(f"/w/nordpost/case/{complaint.pk}/note/", {"text": "  "}, headers=HTMX)
    assert "Write what was said first." in answer.content.decode()


def test_settling_leads_back_to_the_thread(browser: Client, complaint: Case) -> None:
    press(browser, complaint, "judge", kind="complaint")
    press(browser, complaint, "private")
    press(browser, complaint, "settle", solution="Courier on Monday", form="help", cost="12,50")
    text = page(browser, complaint)
    assert "Ask Maria Karlsson in the thread whether they are happy" in text
    assert "12.50 EUR" in text


def test_a_cost_that_is_no_number_settles_nothing(browser: Client, complaint: Case) -> None:
    for cost in ("much", "NaN", "-1", "1e30"):
        answer = browser.post(
            f"/w/nordpost/case/{complaint.pk}/settle/", {"solution": "x", "cost": cost}, headers=HTMX
        )
        assert "Write the cost as a number" in answer.content.decode()
    assert not complaint.settlements.exists()


def test_a_case_can_be_closed_and_opened_again(browser: Client, complaint: Case) -> None:
    press(browser, complaint, "end", outcome="silent")
    complaint.refresh_from_db()
    assert complaint.outcome == Outcome.SILENT
    assert "Closed: no answer" in page(browser, complaint)
    press(browser, complaint, "reopen")
    complaint.refresh_from_db()
    assert not complaint.is_closed


def test_who_looks_and_who_writes_is_seen_by_colleagues(
    alice: Membership, bob: Membership, complaint: Case, sign_in: SignIn
) -> None:
    browser = sign_in(bob)
    browser.post(f"/w/nordpost/case/{complaint.pk}/here/", {"how": "writing"})
    assert Presence.objects.get().is_writing
    assert "Bob is writing" in page(sign_in(alice), complaint)
    assert "Bob is writing" not in page(browser, complaint)
    browser.post(f"/w/nordpost/case/{complaint.pk}/here/", {"how": "away"})
    assert "Bob is" not in page(sign_in(alice), complaint)


def test_edits_stand_side_by_side(browser: Client, complaint: Case, at: datetime) -> None:
    mention = Mention.objects.get(case=complaint)
    Revision.objects.create(
        mention=mention,
        revision="r2",
        text="Fjärde gången Nordpost",
        raw=b"2",
        raw_type="t",
        sha256="0" * 64,
        received_at=at,
    )
    Mention.objects.filter(pk=mention.pk).update(edited_at=at, text="Fjärde gången Nordpost")
    text = page(browser, complaint)
    assert "<del>Tredje</del>" in text
    assert "<ins>Fjärde</ins>" in text


def test_a_deleted_post_stays_and_says_so(browser: Client, complaint: Case, at: datetime) -> None:
    Mention.objects.filter(case=complaint).update(deleted_at=at)
    text = page(browser, complaint)
    assert "tappar bort" in text
    assert "kept here" in text


def test_evidence_shows_its_sum_and_can_be_saved(browser: Client, complaint: Case) -> None:
    capture = Capture.objects.get(case=complaint)
    assert capture.sha256 in page(browser, complaint)
    answer = browser.get(f"/w/nordpost/evidence/{capture.pk}/record")
    assert answer.content == scene_text().encode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def scene_text() -> str:
    from tests.desk.scene import COMPLAINTS

    return COMPLAINTS[0][2]


def test_a_picture_of_the_record_says_why_the_page_is_not_on_it(browser: Client, complaint: Case) -> None:
    why = "The page could not be opened."
    Capture.objects.filter(case=complaint).update(picture="x.png", picture_of="record", why=why, state="kept")
    text = page(browser, complaint)
    assert "The picture shows the record. The page could not be opened." in text
    assert "/picture" in text


def chips(page: str) -> list[str]:
    found = re.search(r'<article class="post subject.*?<div class="tags">(.*?)</div>', page, re.DOTALL)
    return re.findall(r"<bdi>(.*?)</bdi>", found.group(1)) if found else []


def test_the_found_post_says_how_it_came_to_us(
    browser: Client, complaint: Case, dora: Membership, at: datetime
) -> None:
    address = f"/w/nordpost/case/{complaint.pk}/"
    assert chips(browser.get(address).content.decode()) == [
        "sv",
        "not tagged",
        "elsewhere",
        "320 followers",
    ]
    watch = add_watch(complaint.workspace, name="Our <name>", query="Nordpost", by=dora.actor(), at=at)
    Mention.objects.filter(case=complaint).update(tagged=True, language="", watch=watch)
    assert chips(browser.get(address).content.decode()) == [
        "tagged",
        "elsewhere",
        "Our &lt;name&gt;",
        "320 followers",
    ]


def test_evidence_is_said_to_be_kept_and_no_more(browser: Client, complaint: Case) -> None:
    page = browser.get(f"/w/nordpost/case/{complaint.pk}/").content.decode()
    assert re.search(r'id="d-evidence">.*?<span class="tag filled push proof">kept ', page)
    assert "sealed" not in page


def test_evidence_of_others_is_not_found(carol: Membership, complaint: Case, sign_in: SignIn) -> None:
    capture = Capture.objects.get(case=complaint)
    browser = sign_in(carol)
    for what in ("record", "picture"):
        assert browser.get(f"/w/sparfin/evidence/{capture.pk}/{what}").status_code == 404


def test_a_picture_outside_the_folder_is_never_opened(browser: Client, complaint: Case) -> None:
    Capture.objects.filter(case=complaint).update(picture="../../../../etc/passwd")
    capture = Capture.objects.get(case=complaint)
    assert browser.get(f"/w/nordpost/evidence/{capture.pk}/picture").status_code == 404


def test_the_journal_speaks_in_sentences(browser: Client, complaint: Case) -> None:
    press(browser, complaint, "judge", kind="complaint")
    text = page(browser, complaint)
    assert "Alice judged it: complaint" in text
    assert "case.judged" not in text


def test_signs_about_the_author_are_facts_with_a_source(
    browser: Client, bluesky: Channel, at: datetime
) -> None:
    first = scene.hear(bluesky, scene.post(1, "Nordpost, var är det?"), at - timedelta(days=1))
    case = scene.hear(bluesky, scene.post(2, "Nordpost, samma sak i dag."), at)
    Mention.objects.filter(case=case).update(author_since=at - timedelta(days=3), posted_at=at)
    signs = browser.get(f"/w/nordpost/case/{case.pk}/").context["case"]["author"]["signs"]
    assert [(sign["words"], sign["source"]) for sign in signs] == [
        ("Account made 3 days before this post", "says Bluesky"),
        ("320 followers", "says Bluesky"),
        ("1 case before, on 20 Nov 2026: not answered yet", "heard here"),
    ]
    assert signs[2]["url"] == f"/w/nordpost/case/{first.pk}/"
