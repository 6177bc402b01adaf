"""Filtering a list: what is left of it, what the bar says, and what a hostile address does."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from gensvar.people.models import Membership, Workspace
from gensvar.process.assess.actions import judge
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind
from gensvar.process.listen.models import Channel, Mention
from tests.conftest import SignIn
from tests.desk import scene

NOW, HEARD = "/w/nordpost/now/", "/w/nordpost/heard/"


@pytest.fixture
def browser(alice: Membership, sign_in: SignIn) -> Client:
    return sign_in(alice)


def rows(browser: Client, address: str, **query: Any) -> list[str]:
    page = browser.get(address, query).content.decode()
    return re.findall(r'id="row-(m?\d+)"', page)


def chips(browser: Client, address: str, **query: Any) -> list[str]:
    page = browser.get(address, query).content.decode()
    return re.findall(r'class="chip" href="[^"]*"><bdi>(.*?)</bdi>', page)


def test_a_list_shows_what_meets_the_filter(browser: Client, morning: list[Case]) -> None:
    swedish, finnish = [str(morning[n].pk) for n in (0, 4)], [str(morning[n].pk) for n in (1, 6)]
    assert rows(browser, NOW, lang="sv") == swedish
    assert sorted(rows(browser, HEARD, lang="fi")) == finnish
    assert rows(browser, NOW, lang=["sv", "fi"], words="tredje") == swedish[:1]


def test_what_it_was_judged_can_be_asked_for(
    browser: Client, alice: Membership, morning: list[Case], at: datetime
) -> None:
    judge(morning[0], Kind.QUESTION, by=alice.actor(), at=at)
    assert rows(browser, NOW, kind="question") == [str(morning[0].pk)]
    assert rows(browser, HEARD, kind="question") == [str(morning[0].pk)]
    assert len(rows(browser, HEARD, kind="unjudged")) == len(morning) - 1


def test_each_part_is_a_chip_that_takes_it_away(browser: Client, morning: list[Case]) -> None:
    query = {"lang": ["fi", "sv"], "tagged": "no", "reach": "100", "words": "Nordpost", "order": "new"}
    assert chips(browser, NOW, **query) == [
        "“Nordpost”",
        "not tagged",
        "Finnish",
        "Swedish",
        "100 followers or more",
    ]
    page = browser.get(NOW, query).content.decode()
    without = re.search(r'href="([^"]*)"><bdi>Finnish', page)
    assert without
    address = without.group(1).replace("&amp;", "&")
    assert "lang=sv" in address
    assert "lang=fi" not in address
    assert "order=new" in address
    assert rows(browser, address) == [str(morning[4].pk), str(morning[0].pk)]


def test_the_bar_says_how_many_meet_it(browser: Client, bluesky: Channel, at: datetime) -> None:
    for number in range(55):
        scene.hear(bluesky, scene.post(number, "Nordpost!", f"Maria {number}"), at)
    for address in (NOW, HEARD):
        page = browser.get(address, {"lang": "sv"}).content.decode()
        assert '<b class="count">55<' in page
        assert '<b class="count">' not in browser.get(address).content.decode()


def test_a_filter_that_is_too_narrow_says_what_to_loosen(browser: Client, morning: list[Case]) -> None:
    page = browser.get(NOW, {"lang": "fi", "words": "hobby"}).content.decode()
    assert "Nothing meets this filter" in page
    assert "Without Finnish: 1" in page
    assert "Without “hobby”: 2" in page


def test_the_form_opens_without_script_and_holds_what_was_chosen(
    browser: Client, morning: list[Case]
) -> None:
    page = browser.get(NOW, {"filter": "open", "lang": "fi", "tagged": "no", "view": "7"}).content.decode()
    assert re.search(r'name="lang" value="fi" checked', page)
    assert re.search(r'<option value="no" selected>', page)
    assert '<input type="hidden" name="view" value="7">' in page
    assert 'name="lang"' not in browser.get(NOW).content.decode()


def test_a_watch_and_a_channel_are_named(browser: Client, bluesky: Channel, at: datetime) -> None:
    row = scene.watched(bluesky, scene.post(1, "A competitor"), at)
    assert chips(browser, HEARD, watch=row.watch_id, channel=bluesky.pk) == [
        "Our competitor",
        "Nordpost (Bluesky)",
    ]
    assert chips(browser, HEARD, watch=999) == ["Found by 999"]


@pytest.mark.parametrize(
    "query",
    [
        {"watch": "1 OR 1=1"},
        {"watch": "9" * 40},
        {"lang": "<script>alert(1)</script>"},
        {"reach": "-1"},
        {"reach": "1e9"},
        {"kind": "\x00"},
        {"words": "x" * 400},
        {"words": "a b c d e f g"},
        {"place": "“"},
        {"channel": [str(number) for number in range(60)]},
    ],
)
def test_a_hostile_filter_shows_nothing_and_says_which_part(
    browser: Client, morning: list[Case], query: dict[str, Any]
) -> None:
    for address in (NOW, HEARD):
        answer = browser.get(address, query)
        page = answer.content.decode()
        assert answer.status_code == 400
        assert "This filter cannot be read" in page
        assert 'id="row-' not in page
        assert "<script>alert" not in page


@pytest.mark.parametrize("words", ["%", "_", "\\", "'; DROP", "\N{GRINNING FACE}", "\x00", "<b>"])
def test_words_are_words_and_nothing_more(browser: Client, morning: list[Case], words: str) -> None:
    answer = browser.get(HEARD, {"words": words})
    assert answer.status_code == 200
    assert 'id="row-' not in answer.content.decode()
    assert "“<b>”" not in answer.content.decode()


def test_a_filtered_page_costs_at_most_eight_queries(
    browser: Client, bluesky: Channel, at: datetime, django_assert_max_num_queries: Any
) -> None:
    for number in range(55):
        scene.hear(bluesky, scene.post(number, "Nordpost!", f"Maria {number}"), at)
    with django_assert_max_num_queries(8):
        page = browser.get(HEARD, {"lang": "sv", "channel": str(bluesky.pk), "filter": "open"})
    assert len(page.content) <= 60 * 1024


def test_another_workspace_finds_nothing_here(
    carol: Membership, bluesky: Channel, morning: list[Case], sign_in: SignIn
) -> None:
    page = sign_in(carol).get("/w/sparfin/heard/", {"channel": bluesky.pk}).content.decode()
    assert 'id="row-' not in page
    assert "Nordpost" not in page


def test_what_is_only_watched_stands_in_heard_and_in_no_tray(
    browser: Client, nordpost: Workspace, bluesky: Channel, at: datetime
) -> None:
    row = scene.watched(bluesky, scene.post(1, "A competitor lost my parcel"), at)
    assert rows(browser, HEARD) == [f"m{row.pk}"]
    assert rows(browser, HEARD, about="competitor") == [f"m{row.pk}"]
    assert rows(browser, HEARD, about="brand") == []
    assert rows(browser, NOW) == []
    page = browser.get(HEARD, {"case": f"m{row.pk}"}).content.decode()
    assert "only watched" in page
    assert "competitor: Our competitor" in page
    assert "Take it as a case" in page


def test_a_watched_post_becomes_a_case_when_a_person_takes_it(
    browser: Client, bluesky: Channel, at: datetime
) -> None:
    row = scene.watched(bluesky, scene.post(1, "A competitor lost my parcel"), at)
    answer = browser.post(f"/w/nordpost/mention/{row.pk}/take/")
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/w/nordpost/case/{case.pk}/"
    assert rows(browser, NOW) == rows(browser, HEARD) == [str(case.pk)]
    assert (case.about, case.watch_name, case.followers) == ("competitor", "Our competitor", 320)
    assert browser.get(f"/w/nordpost/mention/{row.pk}/").headers["Location"] == answer.headers["Location"]


def test_who_may_only_look_reads_it_and_takes_nothing(
    vic: Membership, bluesky: Channel, at: datetime, sign_in: SignIn
) -> None:
    row = scene.watched(bluesky, scene.post(1, "A competitor"), at)
    page = sign_in(vic).get(f"/w/nordpost/mention/{row.pk}/").content.decode()
    assert "No hour" in page or "no hour" in page
    assert "Take it as a case" not in page


def test_a_row_says_where_it_stands_and_how_far_it_reaches(
    browser: Client, alice: Membership, complaint: Case
) -> None:
    Case.objects.filter(pk=complaint.pk).update(
        own_channel=True, tagged=True, about="product", watch_name="Paketkort", followers=12345
    )
    alice.user.language = "sv"
    alice.user.save()
    page = browser.get(NOW).content.decode()
    traits = re.findall(r'<bdi class="tag traits">(.*?)</bdi>', page)
    assert traits == ["tagged · own channel · product: Paketkort"]
    assert re.search("12[\xa0\u202f]345", page.replace("&nbsp;", "\xa0"))


def test_a_renamed_watch_is_renamed_on_its_cases(
    browser: Client, dora: Membership, bluesky: Channel, at: datetime
) -> None:
    from gensvar.process.listen.actions import change_watch, take_up

    row = scene.watched(bluesky, scene.post(1, "A competitor"), at)
    take_up(row, by=dora.actor(), at=at)
    watch = Mention.objects.get(pk=row.pk).watch
    assert watch
    change_watch(watch, name="Our own", query="own", kind="product", languages=[], by=dora.actor(), at=at)
    assert "product: Our own" in browser.get(NOW).content.decode()
