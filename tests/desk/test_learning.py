"""The pages of what a machine has learnt and of topics, and the keys by which people teach it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from gensvar.people.models import Membership
from gensvar.process.assess import topics
from gensvar.process.assess.models import Correction, OwnHead
from gensvar.process.case.models import Case
from gensvar.process.listen.models import Channel, Mention
from tests import hearing, teaching
from tests.conftest import SignIn

LEARNING = "/w/nordpost/settings/learning/"
TOPICS = "/w/nordpost/settings/topics/"


@pytest.fixture
def channel(nordpost: object, at: datetime) -> Channel:
    return hearing.channel(nordpost, at)  # type: ignore[arg-type]


@pytest.fixture
def desk(dora: Membership, sign_in: SignIn) -> Client:
    return sign_in(dora)


def page(desk: Client, url: str) -> str:
    return desk.get(url).content.decode()


def test_the_page_says_what_was_learnt_and_undoes_it(
    desk: Client, channel: Channel, bob: Membership, at: datetime
) -> None:
    teaching.teach_kind(channel, bob.actor(), at)
    text = page(desk, LEARNING)
    assert "In use: it is right more often than without it." in text
    assert "genomblött" in text
    desk.post(LEARNING, {"head": "kind", "do": "off"})
    assert "Switched off: the shipped answers stand." in page(desk, LEARNING)
    desk.post(LEARNING, {"head": "kind", "do": "forget"})
    assert OwnHead.objects.get(question="kind").learnt == 0
    desk.post(LEARNING, {"head": "kind", "do": "remember"})
    assert OwnHead.objects.get(question="kind").learnt > 0


def test_one_correction_is_left_out_by_its_button(
    desk: Client, channel: Channel, bob: Membership, at: datetime
) -> None:
    teaching.teach_kind(channel, bob.actor(), at)
    newest = desk.get(LEARNING).context["heads"][0]["newest"][0]
    desk.post(LEARNING, {"head": "kind", "do": "leave-out", "row": newest["row"]})
    assert desk.get(LEARNING).context["heads"][0]["newest"][0]["left_out"]


@pytest.mark.parametrize("head", ["mood", "about:999", "about:x", ""])
def test_a_question_that_is_not_asked_here_is_not_found(desk: Client, head: str) -> None:
    assert desk.post(LEARNING, {"head": head, "do": "off"}).status_code == 404


def test_one_key_says_that_a_case_is_not_about_us(desk: Client, channel: Channel, at: datetime) -> None:
    case = teaching.case(channel, teaching.HOTEL, at, "hotel")
    assert 'data-key="7"' in page(desk, f"/w/nordpost/case/{case.pk}/")
    desk.post(f"/w/nordpost/case/{case.pk}/about/")
    case.refresh_from_db()
    assert (case.is_closed, Correction.objects.get().answer) == (True, "no")


def test_what_was_set_aside_is_listed_counted_and_brought_back_by_one_key(
    desk: Client, channel: Channel, bob: Membership, at: datetime
) -> None:
    teaching.teach_about(channel, bob.actor(), at)
    row = teaching.heard(channel, teaching.HOTEL.format("tusen"), at + timedelta(days=1), "new")
    assert "nummer tusen" in page(desk, "/w/nordpost/heard/?aside=machine")
    assert "1 set aside: not about us" in page(desk, "/w/nordpost/watches/")
    assert 'data-key="r"' in page(desk, f"/w/nordpost/mention/{row.pk}/")
    desk.post(f"/w/nordpost/mention/{row.pk}/take/")
    assert Mention.objects.get(pk=row.pk).case is not None
    assert Correction.objects.order_by("-pk")[0].answer == "yes"


def test_the_topic_of_a_complaint_is_one_choice(desk: Client, channel: Channel, at: datetime) -> None:
    case = teaching.case(channel, teaching.SOAKED, at, "soaked")
    desk.post(f"/w/nordpost/case/{case.pk}/judge/", {"kind": "complaint"})
    assert 'name="topic"' in page(desk, f"/w/nordpost/case/{case.pk}/")
    desk.post(f"/w/nordpost/case/{case.pk}/topic/", {"topic": "delivery"})
    assert Case.objects.get(pk=case.pk).topic == "delivery"


def test_a_topic_is_added_and_a_bad_name_is_refused_in_words(desk: Client) -> None:
    assert desk.post(TOPICS, {"do": "add", "name": "Parkering <b>"}).status_code == 302
    assert "Parkering &lt;b&gt;" in page(desk, TOPICS)
    refused = desk.post(TOPICS, {"do": "add", "name": ""})
    assert refused.status_code == 422
    assert "Write a name of at most 40 letters" in refused.content.decode()


def test_a_lead_says_who_takes_a_topic_and_the_case_says_why_it_is_theirs(
    alice: Membership, bob: Membership, sign_in: SignIn, channel: Channel, at: datetime
) -> None:
    browser = sign_in(alice)
    assert "Who takes which" in page(browser, TOPICS)
    answer = browser.post(f"{TOPICS}taker/", {"topic": "delivery", "who": f"person-{bob.user_id}"})
    assert answer.status_code == 302
    shown = {one["code"]: one["taker"] for one in browser.get(TOPICS).context["topics"]}
    assert (shown["delivery"], shown["price"]) == ("Bob", "")
    case = teaching.case(channel, teaching.SOAKED, at, "soaked")
    browser.post(f"/w/nordpost/case/{case.pk}/judge/", {"kind": "complaint"})
    browser.post(f"/w/nordpost/case/{case.pk}/topic/", {"topic": "delivery"})
    topic = dict(topics.of(case.workspace))["delivery"]
    assert f"Given to Bob, who takes the topic {topic}" in page(browser, f"/w/nordpost/case/{case.pk}/")
    refused = browser.post(f"{TOPICS}taker/", {"topic": "moon", "who": ""})
    assert refused.status_code == 422
    assert "Look at the list again." in refused.content.decode()


def test_who_does_not_lead_sees_who_takes_what_and_changes_nothing(bob: Membership, sign_in: SignIn) -> None:
    browser = sign_in(bob)
    assert "A lead can change this." in page(browser, TOPICS)
    assert browser.post(f"{TOPICS}taker/", {"topic": "delivery", "who": ""}).status_code == 403
