"""Saved views: kept from the bar, standing in the rail with their number, changed and removed."""

import re
from datetime import datetime

import pytest
from django.test import Client

from gensvar.people.models import Membership
from gensvar.process.case.models import Case
from gensvar.process.listen.models import View
from tests.conftest import SignIn

NOW, SAVED = "/w/nordpost/now/", "/w/nordpost/saved/"
FINNISH = {"name": "Finnish", "tray": "now", "query": "lang=fi"}


@pytest.fixture
def browser(alice: Membership, sign_in: SignIn) -> Client:
    return sign_in(alice)


def rail(browser: Client) -> list[tuple[str, str]]:
    """Names and numbers of the saved views in the rail."""
    page = browser.get(NOW).content.decode()
    part = page.partition('<div id="views">')[2].partition("</div>")[0].partition("<h2>")[2]
    return re.findall(r'<bdi>(.*?)</bdi></span>(?: <span class="count">(.*?)</span>)?', part)


def test_a_view_stands_in_the_rail_with_its_number(browser: Client, morning: list[Case]) -> None:
    answer = browser.post(SAVED, FINNISH)
    view = View.objects.get()
    assert answer.headers["Location"] == f"{NOW}?lang=fi&view={view.pk}"
    assert rail(browser) == [("Finnish", "2")]
    page = browser.get(answer.headers["Location"]).content.decode()
    assert re.search(rf'view={view.pk}" aria-current="page" data-go="1"', page)
    assert "Save as a view" not in page
    assert page.partition('<nav class="thumbs"')[0].count('aria-current="page"') == 1


def test_the_number_follows_what_is_heard_and_stays_in_its_list(browser: Client, morning: list[Case]) -> None:
    browser.post(SAVED, FINNISH)
    browser.post(SAVED, {**FINNISH, "tray": "heard", "name": "Heard"})
    browser.post(SAVED, {**FINNISH, "tray": "mine", "name": "Mine"})
    Case.objects.filter(pk=morning[1].pk).update(tray="done")
    assert rail(browser) == [("Finnish", "1"), ("Heard", "2"), ("Mine", "")]


def test_ones_own_view_is_not_there_for_others(
    browser: Client, bob: Membership, morning: list[Case], sign_in: SignIn
) -> None:
    browser.post(SAVED, FINNISH)
    view = View.objects.get()
    other = sign_in(bob)
    assert rail(other) == []
    assert other.post(f"{SAVED}{view.pk}/remove/").status_code == 404
    assert other.post(f"{SAVED}{view.pk}/", {"name": "x"}).status_code == 404
    browser.post(f"{SAVED}{view.pk}/", {"name": "Ours", "shared": "on"})
    assert rail(other) == [("Ours", "2")]
    assert other.post(f"{SAVED}{view.pk}/remove/").status_code == 403


def test_another_filter_is_kept_in_the_view_that_is_open(browser: Client, morning: list[Case]) -> None:
    browser.post(SAVED, FINNISH)
    view = View.objects.get()
    page = browser.get(NOW, {"lang": "sv", "view": str(view.pk)}).content.decode()
    assert "Keep it in “Finnish”" in page
    browser.post(f"{SAVED}{view.pk}/", {"name": "Finnish", "query": "lang=sv"})
    view.refresh_from_db()
    assert (view.filter, view.name) == ({"lang": ["sv"]}, "Finnish")


def test_views_are_renamed_put_in_order_and_removed(browser: Client, morning: list[Case]) -> None:
    for name in ("a", "b"):
        browser.post(SAVED, {**FINNISH, "name": name})
    first, second = View.objects.order_by("pk")
    browser.post(f"{SAVED}{second.pk}/move/", {"way": "up"})
    browser.post(f"{SAVED}{first.pk}/", {"name": "A <b>"})
    assert [name for name, _ in rail(browser)] == ["b", "A &lt;b&gt;"]
    assert "Remove “A &lt;b&gt;”" in browser.get(f"{SAVED}{first.pk}/remove/").content.decode()
    assert View.objects.count() == 2
    browser.post(f"{SAVED}{first.pk}/remove/")
    assert [name for name, _ in rail(browser)] == ["b"]


@pytest.mark.parametrize(
    "body",
    [
        {**FINNISH, "name": ""},
        {**FINNISH, "name": "x" * 61},
        {**FINNISH, "query": ""},
        {**FINNISH, "query": "lang=<script>"},
        {**FINNISH, "tray": "done"},
        {**FINNISH, "tray": "../people"},
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(browser: Client, body: dict[str, str]) -> None:
    answer = browser.post(SAVED, body)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert "<script>" not in answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert not View.objects.exists()


def test_a_view_that_cannot_be_read_any_more_can_be_removed(
    browser: Client, alice: Membership, at: datetime
) -> None:
    browser.post(SAVED, FINNISH)
    View.objects.update(filter={"mood": "angry"})
    view = View.objects.get()
    assert rail(browser) == [("Finnish", "")]
    assert "cannot be read any more" in browser.get(SAVED).content.decode()
    assert browser.post(f"{SAVED}{view.pk}/", {"name": "x"}).status_code == 422
    browser.post(f"{SAVED}{view.pk}/remove/")
    assert not View.objects.exists()
