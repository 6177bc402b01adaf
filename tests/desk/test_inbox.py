"""The inbox: what is in which view, in which order, and at what price."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from gensvar.kernel.clock import now
from gensvar.people.models import Membership, User, Workspace
from gensvar.process.assess.actions import judge
from gensvar.process.case import queries
from gensvar.process.case.actions import be_present, take
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind, Tray
from gensvar.process.listen.models import Channel
from tests.conftest import SignIn
from tests.desk import scene

NOW = "/w/nordpost/now/"


def test_it_shows_the_case_with_least_time_on_top(
    alice: Membership, morning: list[Case], sign_in: SignIn
) -> None:
    page = sign_in(alice).get(NOW).content.decode()
    places = [page.index(f'id="row-{case.pk}"') for case in morning]
    assert places == sorted(places)


def test_it_marks_the_name_and_says_where_and_in_which_language(
    alice: Membership, complaint: Case, sign_in: SignIn
) -> None:
    page = sign_in(alice).get(NOW).content.decode()
    assert "Tredje gången <mark>Nordpost</mark> tappar bort" in page
    assert "Bluesky" in page
    assert '<span class="tag code">sv</span>' in page
    assert "not tagged" in page


def test_a_case_leaves_now_when_it_is_praise(
    alice: Membership, complaint: Case, at: datetime, sign_in: SignIn
) -> None:
    judge(complaint, Kind.PRAISE, by=alice.actor(), at=at)
    browser = sign_in(alice)
    assert f"row-{complaint.pk}" not in browser.get(NOW).content.decode()
    assert f"row-{complaint.pk}" in browser.get("/w/nordpost/thank/").content.decode()


def test_mine_holds_what_i_own(
    alice: Membership, bob: Membership, complaint: Case, at: datetime, sign_in: SignIn
) -> None:
    take(complaint, bob.user, by=alice.actor(), at=at)
    assert f"row-{complaint.pk}" in sign_in(bob).get("/w/nordpost/mine/").content.decode()
    assert f"row-{complaint.pk}" not in sign_in(alice).get("/w/nordpost/mine/").content.decode()


@pytest.mark.parametrize(
    "view",
    ["now", "mine", "second-eyes", "promised", "private", "return", "watching", "thank", "unsure", "heard"],
)
def test_every_view_says_what_will_appear_there(alice: Membership, sign_in: SignIn, view: str) -> None:
    page = sign_in(alice).get(f"/w/nordpost/{view}/")
    assert page.status_code == 200
    assert 'class="empty"' in page.content.decode()


def test_an_unknown_view_is_not_found(alice: Membership, sign_in: SignIn) -> None:
    assert sign_in(alice).get("/w/nordpost/elsewhere/").status_code == 404


def test_heard_lists_everything_newest_first(alice: Membership, morning: list[Case], sign_in: SignIn) -> None:
    page = sign_in(alice).get("/w/nordpost/heard/").content.decode()
    places = [page.index(f'id="row-{case.pk}"') for case in morning]
    assert places == sorted(places, reverse=True)


def test_search_finds_by_word_and_by_name(alice: Membership, morning: list[Case], sign_in: SignIn) -> None:
    page = sign_in(alice).get(NOW, {"q": "petra"}).content.decode()
    assert f"row-{morning[3].pk}" in page
    assert f"row-{morning[0].pk}" not in page


def test_it_costs_at_most_eight_queries(
    alice: Membership,
    bob: Membership,
    morning: list[Case],
    sign_in: SignIn,
    django_assert_max_num_queries: Any,
) -> None:
    take(morning[0], bob.user, by=alice.actor(), at=now())
    be_present(morning[1], bob.user, is_writing=True, at=now())
    browser = sign_in(alice)
    with django_assert_max_num_queries(8):
        assert browser.get(NOW).status_code == 200


def test_the_page_of_fifty_rows_is_at_most_sixty_kilobytes(
    alice: Membership, bluesky: Channel, at: datetime, sign_in: SignIn
) -> None:
    for number in range(60):
        scene.hear(
            bluesky,
            scene.post(number, scene.COMPLAINTS[0][2], f"Maria {number}"),
            at + timedelta(seconds=number),
        )
    page = sign_in(alice).get(NOW)
    assert page.content.count(b"data-open") == 50
    assert b"page=2" in page.content
    assert len(page.content) <= 60 * 1024


def test_a_live_page_gets_rows_and_numbers_without_the_frame(
    alice: Membership, complaint: Case, sign_in: SignIn
) -> None:
    page = sign_in(alice).get(NOW, headers={"X-Live": "1"}).content.decode()
    assert f"row-{complaint.pk}" in page
    assert 'id="views"' in page
    assert "<main" not in page


def test_the_open_case_stands_beside_the_list(alice: Membership, complaint: Case, sign_in: SignIn) -> None:
    page = sign_in(alice).get(NOW, {"case": complaint.pk}).content.decode()
    assert 'id="case"' in page
    assert 'aria-current="true"' in page


def test_another_workspace_sees_nothing_of_it(
    carol: Membership, mallory: User, complaint: Case, sign_in: SignIn
) -> None:
    assert sign_in(carol).get(NOW).status_code == 404
    assert sign_in(mallory).get(NOW).status_code == 404
    assert f"row-{complaint.pk}" not in sign_in(carol).get("/w/sparfin/heard/").content.decode()
    beside = sign_in(carol).get("/w/sparfin/now/", {"case": complaint.pk}).content.decode()
    assert 'id="case"' not in beside


NEW = {"order": "new"}
LIVE = {"X-Live": "1"}


def crowd(where: Channel, at: datetime, number: int = 60) -> list[Case]:
    """So many cases that the newest sort onto the second page."""
    return [
        scene.hear(where, scene.post(one, "Nordpost", f"Maria {one}"), at + timedelta(seconds=one))
        for one in range(number)
    ]


def test_the_newest_first_when_one_asks_for_it(
    alice: Membership, bluesky: Channel, at: datetime, sign_in: SignIn
) -> None:
    cases, browser = crowd(bluesky, at), sign_in(alice)
    page = browser.get(NOW, NEW)
    assert [row.id for row in page.context["rows"]] == [case.pk for case in reversed(cases)][:50]
    assert "order=new" in page.context["more_url"]
    assert page.context["orders"][0] == {"name": "By time left", "url": NOW}
    assert browser.get(NOW, {**NEW, "page": "2"}).context["rows"][-1].id == cases[0].pk


@pytest.mark.parametrize(("view", "offers"), [("now", True), ("mine", True), ("heard", False)])
def test_the_other_order_is_a_link_where_there_is_another(
    alice: Membership, sign_in: SignIn, view: str, offers: bool
) -> None:
    page = sign_in(alice).get(f"/w/nordpost/{view}/", {"case": "7"}).content.decode()
    assert (f'href="/w/nordpost/{view}/?case=7&amp;order=new"' in page) is offers


def test_a_search_has_one_order(alice: Membership, complaint: Case, sign_in: SignIn) -> None:
    assert sign_in(alice).get(NOW, {"q": "petra"}).context["orders"] == []


def test_a_new_case_that_sorts_onto_page_two_is_told(
    alice: Membership, bluesky: Channel, at: datetime, sign_in: SignIn
) -> None:
    browser = sign_in(alice)
    crowd(bluesky, now() - timedelta(minutes=30))
    opened = browser.get(NOW)
    assert opened.context["news"] == []
    new = scene.hear(bluesky, scene.post(99, "Nordpost"), now())
    live = browser.get(opened.context["rows_url"], headers=LIVE)
    assert new.pk not in [row.id for row in live.context["rows"]]
    assert f'data-news="[{new.pk}]"' in live.content.decode()
    assert live.context["rows_url"] == opened.context["rows_url"]


@pytest.mark.parametrize(
    "more", [{"order": "new"}, {"since": "x"}, {"since": "9" * 20}, {"since": "²"}, {"q": "a"}]
)
def test_there_is_no_news_where_it_would_be_seen_or_cannot_be_known(
    alice: Membership, complaint: Case, sign_in: SignIn, more: dict[str, str]
) -> None:
    page = sign_in(alice).get(NOW, {"since": "1", **more}, headers=LIVE)
    assert page.context["news"] == []


def test_telling_what_is_new_costs_at_most_eight_queries(
    alice: Membership, morning: list[Case], sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in(alice)
    with django_assert_max_num_queries(8):
        page = browser.get(NOW, {"since": "1"}, headers=LIVE)
    assert len(page.context["news"]) == len(morning)
    with django_assert_max_num_queries(8):
        browser.get(NOW, NEW)


def test_numbers_in_the_address_that_are_none_do_no_harm(alice: Membership, sign_in: SignIn) -> None:
    browser = sign_in(alice)
    for what in ("²", "9" * 40, "-1", "x"):
        assert browser.get(NOW, {"page": what, "case": what}).status_code == 200
        assert browser.get("/w/nordpost/figures/", {"days": what}).status_code == 200


def test_news_of_another_workspace_is_not_told(carol: Membership, complaint: Case, sign_in: SignIn) -> None:
    page = sign_in(carol).get("/w/sparfin/now/", {"since": "1"}, headers=LIVE)
    assert page.context["news"] == []


def test_the_worst_first_when_one_asks_for_it(
    alice: Membership, morning: list[Case], sign_in: SignIn
) -> None:
    Case.objects.filter(pk=morning[3].pk).update(severity=Case.Severity.CRITICAL)
    Case.objects.filter(pk=morning[5].pk).update(severity=Case.Severity.LOW)
    page = sign_in(alice).get(NOW, {"order": "severe"})
    ids = [row.id for row in page.context["rows"]]
    assert (ids[0], ids[-1]) == (morning[3].pk, morning[5].pk)


def test_what_the_machine_cannot_tell_is_judged_first_and_then_the_worst(
    alice: Membership, morning: list[Case], sign_in: SignIn
) -> None:
    Case.objects.filter(pk=morning[2].pk).update(unsure=True)
    Case.objects.filter(pk=morning[4].pk).update(severity=Case.Severity.HIGH)
    page = sign_in(alice).get("/w/nordpost/judge/")
    assert [row.id for row in page.context["rows"]][:2] == [morning[2].pk, morning[4].pk]
    assert page.context["shell"]["views"][1].count == str(len(page.context["rows"]))


def test_what_somebody_judged_is_not_to_judge_any_more(
    alice: Membership, complaint: Case, sign_in: SignIn
) -> None:
    browser = sign_in(alice)
    browser.post(f"/w/nordpost/case/{complaint.pk}/judge/", {"kind": "complaint"})
    assert browser.get("/w/nordpost/judge/").context["rows"] == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plan as SQLite says it")
@pytest.mark.parametrize("which", ["rows", "news"])
def test_the_newest_are_read_from_an_index(nordpost: Workspace, which: str) -> None:
    rows = queries.in_tray(nordpost.pk, Tray.NOW, queries.Order.NEW).select_related(None)[:51]
    if which == "news":
        rows = queries.in_tray(nordpost.pk, Tray.NOW).select_related(None).filter(opened_at__gt=now())
        rows = rows.order_by(*queries.NEWEST)
    plan = rows.explain()
    assert "case_newest" in plan
    assert "TEMP B-TREE" not in plan
