"""What was said again is a number on the row, and a list that opens under the first."""

from datetime import datetime

import pytest
from django.test import Client

from gensvar.connectors.contract import Author, Deleted, Reposted
from gensvar.desk.folds import briefly, times
from gensvar.people.models import Membership
from gensvar.process.case.models import Case
from gensvar.process.listen.models import Channel
from gensvar.process.listen.queries import FOLDED_SHOWN, folded
from tests import hearing
from tests.conftest import SignIn
from tests.desk import scene

TEXT = scene.COMPLAINTS[0][2]


@pytest.fixture
def browser(alice: Membership, sign_in: SignIn) -> Client:
    return sign_in(alice)


def repost(case: Case, number: int, name: str = "") -> Reposted:
    first = case.mentions.get().native_id
    return Reposted(
        f"r{number}", first, Author(f"did:plc:{number}", "", name or f"Kim {number}", followers=70), None
    )


def page(browser: Client, path: str) -> str:
    return str(browser.get(f"/w/nordpost/{path}").content.decode())


def test_a_row_says_how_often_it_was_passed_on(
    browser: Client, bluesky: Channel, complaint: Case, at: datetime
) -> None:
    assert "repost" not in page(browser, "now/")
    hearing.hear(bluesky, *(repost(complaint, number) for number in range(3)), at=at)
    assert "+ 3 reposts" in page(browser, "now/")
    hearing.hear(bluesky, scene.post(2, TEXT), at=at)
    assert "+ said 4 more times" in page(browser, "now/")


def test_the_case_lists_who_said_it_again_and_where(
    browser: Client, bluesky: Channel, complaint: Case, at: datetime
) -> None:
    hearing.hear(
        bluesky, repost(complaint, 1), repost(complaint, 2, "<b>Ulf</b>"), scene.post(2, TEXT), at=at
    )
    hearing.hear(bluesky, Deleted("r1", at), at=at)
    text = page(browser, f"case/{complaint.pk}/")
    assert "+ 1 repost, 1 cross-post" in text
    assert "To 390 more followers" in text
    assert "Kim 1" in text
    assert "taken back" in text
    assert "&lt;b&gt;Ulf" in text
    assert "https://example.org/post/2" in text
    assert text.count('class="post ') == 1


def test_a_long_list_is_cut_and_says_how_much_more_there_is(
    browser: Client, bluesky: Channel, complaint: Case, at: datetime
) -> None:
    hearing.hear(bluesky, *(repost(complaint, number) for number in range(FOLDED_SHOWN + 9)), at=at)
    text = page(browser, f"case/{complaint.pk}/")
    assert "and 9 earlier" in text
    assert len(text.encode()) < 60_000
    assert len(folded(complaint.mentions.all())[complaint.mentions.get().pk]) == FOLDED_SHOWN


def test_the_journal_says_it_in_words(
    browser: Client, bluesky: Channel, complaint: Case, at: datetime
) -> None:
    hearing.hear(bluesky, repost(complaint, 1), repost(complaint, 2), at=at)
    assert "Said again or passed on, 2 so far" in page(browser, f"case/{complaint.pk}/")


def test_the_words_of_the_numbers() -> None:
    assert times({}) == briefly({}) == ""
    assert times({"repost": 1, "quote": 2}) == "+ 1 repost, 2 quotes"
    assert briefly({"cross-post": 2}) == "+ 2 cross-posts"
    assert briefly({"repost": 1200, "quote": 1}) == "+ said 1,201 more times"
