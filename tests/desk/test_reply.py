"""Writing a reply on the screen: draft, second eyes, approval, undo, by hand."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from gensvar.desk import checks
from gensvar.people.models import Membership
from gensvar.process.assess.actions import judge
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind
from gensvar.process.listen.models import Channel
from gensvar.process.respond import actions
from gensvar.process.respond.models import Reply
from tests.conftest import SignIn
from tests.desk import scene

HTMX = {"HX-Request": "true"}
TYPED = {"HX-Request": "true", "HX-Trigger": "reply"}
TEXT = "Hej Maria! Förlåt. Budet kommer 12.00, ring 08-123 45 67. /Alice"


@pytest.fixture
def browser(alice: Membership, sign_in: SignIn) -> Client:
    return sign_in(alice)


@pytest.fixture
def judged(alice: Membership, complaint: Case, at: datetime) -> Case:
    judge(complaint, Kind.COMPLAINT, by=alice.actor(), at=at)
    return complaint


def begin(browser: Client, case: Case, purpose: str = "answer") -> Reply:
    browser.post(f"/w/nordpost/case/{case.pk}/reply/", {"purpose": purpose})
    return Reply.objects.get(case=case)


def save(
    browser: Client, reply: Reply, text: str, version: int, headers: dict[str, str] | None = None, **more: Any
) -> Any:
    values = {"text": text, "version": version, **more}
    return browser.post(f"/w/nordpost/reply/{reply.pk}/save/", values, headers=headers or HTMX)


def test_beginning_puts_the_cursor_into_the_draft(browser: Client, judged: Case) -> None:
    answer = browser.post(f"/w/nordpost/case/{judged.pk}/reply/", {"purpose": "answer"}, headers=HTMX)
    assert "autofocus" in answer.content.decode()
    assert answer.content.count(b"hx-swap-oob") == 1
    assert "autofocus" not in browser.get(f"/w/nordpost/case/{judged.pk}/").content.decode()


def test_a_draft_is_saved_as_it_is_typed(browser: Client, judged: Case) -> None:
    reply = begin(browser, judged)
    said = save(browser, reply, TEXT, 0, TYPED).content.decode()
    assert 'name="version" value="1"' in said
    assert f"{len(TEXT)} / 300" in said
    assert 'class="earned"' in said
    assert "<textarea" not in said
    reply.refresh_from_db()
    assert reply.text == TEXT


def test_the_check_list_is_twelve_words_that_fill_as_the_text_earns_them(
    browser: Client, judged: Case
) -> None:
    reply = begin(browser, judged)
    empty = browser.get(f"/w/nordpost/case/{judged.pk}/").content.decode()
    assert empty.count('popovertarget="check-') == 12
    assert 'class="earned"' not in empty
    said = save(
        browser, reply, "Förlåt, det berodde på snön. /Alice", 0, TYPED, language="sv"
    ).content.decode()
    earned = [name for name in checks.NAMES if f'class="earned" popovertarget="check-{name}"' in said]
    assert earned == [
        "apology",
        "cause",
        "signature",
        "tone",
        "no_denial",
        "no_personal_data",
        "language_matches",
        "length",
    ]
    assert "Found: “berodde på”." in said
    assert "Say when: a time, a day or a date is worth more than soon." in said


def test_a_reply_is_in_the_language_of_the_case_until_somebody_chooses_another(
    browser: Client, judged: Case
) -> None:
    reply = begin(browser, judged)
    page = browser.get(f"/w/nordpost/case/{judged.pk}/").content.decode()
    assert f'<option value="{judged.language}" selected>' in page
    chosen = {"HX-Request": "true", "HX-Trigger": "language"}
    said = save(
        browser, reply, "Wir haben es gesehen und melden uns.", 0, chosen, language="de"
    ).content.decode()
    assert 'class="earned" popovertarget="check-language_matches"' in said
    save(browser, reply, "Wir haben es gesehen und melden uns.", 1, TYPED, language="xx")
    reply.refresh_from_db()
    assert reply.language == "de"


def test_an_older_version_never_overwrites_a_newer_one(
    browser: Client, bob: Membership, judged: Case, sign_in: SignIn
) -> None:
    reply = begin(browser, judged)
    save(sign_in(bob), reply, "Bob was here", 0, TYPED)
    answer = save(browser, reply, TEXT, 0, TYPED)
    assert answer.status_code == 409
    assert "Bob changed this draft" in answer.content.decode()
    reply.refresh_from_db()
    assert reply.text == "Bob was here"


def test_one_follows_ones_own_newer_version(browser: Client, judged: Case) -> None:
    reply = begin(browser, judged)
    save(browser, reply, "The answer to this got lost", 0, TYPED)
    assert save(browser, reply, TEXT, 0, TYPED).status_code == 200
    reply.refresh_from_db()
    assert reply.text == TEXT


def test_length_is_counted_as_the_network_counts(browser: Client, judged: Case) -> None:
    reply = begin(browser, judged)
    assert "10 / 300" in save(browser, reply, "👩‍👩‍👧‍👦" * 10, 0, TYPED).content.decode()


def test_second_eyes_are_asked_of_one_colleague(
    browser: Client, bob: Membership, judged: Case, sign_in: SignIn
) -> None:
    reply = begin(browser, judged)
    answer = save(browser, reply, TEXT, 0, then="ask", of=bob.user_id)
    assert "Asked Bob for second eyes." in answer.content.decode()
    assert "Second eyes: you asked Bob" in answer.content.decode()
    there = sign_in(bob).get("/w/nordpost/second-eyes/").content.decode()
    assert f"row-{judged.pk}" in there


def test_a_draft_comes_back_with_what_should_be_better(
    browser: Client, bob: Membership, judged: Case, sign_in: SignIn
) -> None:
    reply = begin(browser, judged)
    save(browser, reply, TEXT, 0, then="ask", of=bob.user_id)
    sign_in(bob).post(f"/w/nordpost/reply/{reply.pk}/back/", {"comment": "Say when"})
    assert "Your draft came back: Say when" in browser.get(f"/w/nordpost/case/{judged.pk}/").content.decode()


def test_approving_freezes_and_offers_undo(browser: Client, judged: Case) -> None:
    reply = begin(browser, judged)
    answer = save(browser, reply, TEXT, 0, then="approve").content.decode()
    reply.refresh_from_db()
    assert reply.state == Reply.State.APPROVED
    assert reply.frozen_text == TEXT
    assert 'class="undo"' in answer
    browser.post(f"/w/nordpost/reply/{reply.pk}/undo/")
    reply.refresh_from_db()
    assert reply.state == Reply.State.DRAFT
    assert reply.text == TEXT


def test_what_was_read_is_what_is_approved(
    browser: Client, bob: Membership, judged: Case, sign_in: SignIn
) -> None:
    reply = begin(browser, judged)
    save(browser, reply, TEXT, 0, TYPED)
    save(sign_in(bob), reply, "Changed behind her back", 1, TYPED)
    answer = save(browser, reply, TEXT, 1, then="approve")
    assert answer.status_code == 422
    reply.refresh_from_db()
    assert reply.state == Reply.State.DRAFT


def test_an_ambassador_writes_and_does_not_approve(amy: Membership, judged: Case, sign_in: SignIn) -> None:
    browser = sign_in(amy)
    reply = begin(browser, judged)
    text = browser.get(f"/w/nordpost/case/{judged.pk}/").content.decode()
    assert 'value="approve"' not in text
    assert save(browser, reply, TEXT, 0, then="approve").status_code == 403
    reply.refresh_from_db()
    assert reply.state == Reply.State.DRAFT


def test_an_empty_or_too_long_reply_stays_a_draft(browser: Client, judged: Case) -> None:
    reply = begin(browser, judged)
    assert "The reply is empty" in save(browser, reply, "", 0, then="approve").content.decode()
    assert "Shorten it" in save(browser, reply, "x" * 301, 0, then="approve").content.decode()
    reply.refresh_from_db()
    assert reply.state == Reply.State.DRAFT


def test_a_holding_reply_promises_a_time(browser: Client, judged: Case) -> None:
    reply = begin(browser, judged, "holding")
    save(browser, reply, TEXT, 0, then="approve", promise="120")
    reply.refresh_from_db()
    assert reply.promised_at
    assert reply.frozen_at
    assert (reply.promised_at - reply.frozen_at).total_seconds() == pytest.approx(7200, abs=5)


def test_by_hand_shows_the_text_to_copy_and_asks_for_the_link(
    browser: Client, alice: Membership, by_hand: Channel, at: datetime
) -> None:
    case = scene.hear(by_hand, scene.post(2, "Nordpost lost it"), at)
    judge(case, Kind.COMPLAINT, by=alice.actor(), at=at)
    reply = begin(browser, case)
    text = save(browser, reply, TEXT, 0, then="approve").content.decode()
    assert 'id="copy" readonly' in text
    assert TEXT in text
    answer = browser.post(
        f"/w/nordpost/reply/{reply.pk}/posted/", {"url": "javascript:alert(1)"}, headers=HTMX
    )
    assert answer.status_code == 422
    browser.post(f"/w/nordpost/reply/{reply.pk}/posted/", {"url": "https://example.org/answer"})
    reply.refresh_from_db()
    assert reply.state == Reply.State.SENT


def test_an_unsure_reply_asks_a_person_to_look(browser: Client, judged: Case, at: datetime) -> None:
    reply = begin(browser, judged)
    save(browser, reply, TEXT, 0, then="approve")
    reply.refresh_from_db()
    actions.sending(reply)
    actions.is_unsure(reply, "Bluesky did not answer.", at=at)
    text = browser.get(f"/w/nordpost/case/{judged.pk}/").content.decode()
    assert "Nobody knows whether the reply to Maria Karlsson was posted" in text
    assert "It stands there" in text
    assert "It is not there" in text


def test_replies_of_others_are_not_found(
    carol: Membership, browser: Client, judged: Case, sign_in: SignIn
) -> None:
    reply = begin(browser, judged)
    for verb in ("save", "back", "undo", "drop", "posted"):
        assert sign_in(carol).post(f"/w/sparfin/reply/{reply.pk}/{verb}/").status_code == 404
