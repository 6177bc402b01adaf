"""The inbox: what is in which view, in which order, and at what price."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from gensvar.kernel.clock import now
from gensvar.people.models import Membership, User
from gensvar.process.assess.actions import judge
from gensvar.process.case.actions import be_present, take
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind
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
