"""Trying a query on what was heard."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from gensvar.desk.watch_trial import InTime, excerpt, searched
from gensvar.kernel.clock import now
from gensvar.people.models import Membership, Workspace
from gensvar.process.listen import actions, queries
from gensvar.process.listen.models import Channel, Mention, Watch
from gensvar.reading.trial import Sample, Trial, Tried, try_on
from tests.conftest import SignIn
from tests.desk import scene

TRY = "/w/nordpost/watches/try/"


@pytest.fixture
def browser(vic: Membership, sign_in: SignIn) -> Client:
    return sign_in(vic)


@pytest.fixture
def heard(bluesky: Channel, at: datetime) -> None:
    """Four posts of this month, and one that is older."""
    said = (
        "Nordpost tappade paketet",
        "Nordposten skrev",
        "supernordpost",
        "Mitt paket",
        "Nordpost för länge sen",
    )
    for number, words in enumerate(said):
        scene.hear(bluesky, scene.post(number, words, f"Person {number}"), at)
    Mention.objects.update(heard_at=now())
    Mention.objects.filter(text=said[-1]).update(heard_at=now() - timedelta(days=31))


def trial(browser: Client, **values: Any) -> str:
    answer = browser.get(TRY, values)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_hits_are_marked_and_say_how(browser: Client, heard: None) -> None:
    page = trial(browser, query="Nordpost")
    assert "<mark>Nordpost</mark> tappade paketet" in page
    assert "<mark>Nordposten</mark> skrev" in page
    assert "inflected" in page
    assert "länge sen" not in page


def test_it_says_what_was_searched_and_what_not(browser: Client, heard: None) -> None:
    page = trial(browser, query="Nordpost")
    assert "Searched the 4 posts of the last 30 days that are kept here." in page
    assert "Only posts that one of your watches met or that stand in their threads are kept." in page


def test_near_misses_say_why(browser: Client, heard: None) -> None:
    page = trial(browser, query="Nordpost paket")
    assert "lacks “Nordpost”" in page
    assert "stands only within “supernordpost”" in page
    page = trial(browser, query='"paketet Nordpost"')
    assert "the words of “paketet Nordpost”, in another order or form" in page
    assert "<mark>Nordpost</mark> tappade <mark>paketet</mark>" in page


def test_an_exclusion_shows_what_it_takes_away(browser: Client, heard: None) -> None:
    page = trial(browser, query="Nordpost NOT =Nordposten")
    assert "Not with <b>“Nordposten” in this form only</b>: 1 post<" in page


def test_a_changed_query_is_compared_with_the_kept_watch(
    browser: Client, heard: None, nordpost: Workspace, alice: Membership
) -> None:
    watch = actions.add_watch(nordpost, name="N", query="Nordpost", by=alice.actor(), at=now())
    page = trial(browser, watch=watch.pk, query="paket")
    assert "No longer found after this change" in page
    assert "More than the kept watch" in page
    assert "More than the kept watch" not in trial(browser, watch=watch.pk)


def test_languages_count(browser: Client, heard: None) -> None:
    assert "an inflection of a language that is not chosen" in trial(
        browser, query="Nordpost", languages=["fi"]
    )


def test_a_query_that_cannot_be_read_is_marked_and_mended(browser: Client) -> None:
    page = trial(browser, query="Nordpost, paket")
    assert "<mark>Nordpost,</mark>" in page
    assert 'name="query" value="Nordpost OR paket"' in page
    assert 'id="tried"' not in page


def test_nothing_heard_says_so(browser: Client) -> None:
    assert "Nothing was heard in the last 30 days" in trial(browser, query="Nordpost")
    assert "Write a query, and try it." in trial(browser)


def test_another_workspace_is_never_searched(heard: None, carol: Membership, sign_in: SignIn) -> None:
    page = str(sign_in(carol).get("/w/sparfin/watches/try/", {"query": "Nordpost"}).content.decode())
    assert "Nothing was heard" in page


def test_a_watch_of_another_workspace_is_not_found(browser: Client, sparfin: Workspace, at: datetime) -> None:
    theirs = Watch.objects.create(workspace=sparfin, name="S", query="Sparfin", created_at=at, changed_at=at)
    assert browser.get(TRY, {"watch": theirs.pk}).status_code == 404


@pytest.mark.parametrize("watch", ["x", "-1", "9" * 40, "²"])
def test_a_watch_that_is_none_is_not_found(browser: Client, watch: str) -> None:
    assert browser.get(TRY, {"watch": watch}).status_code == 404


def test_a_trial_ends_in_time_and_says_so() -> None:
    samples = InTime([Sample(1, "Nordpost")], seconds=-1)
    found = try_on(samples, Trial("Nordpost"))
    assert (found.searched, samples.is_cut) == (0, True)
    assert "the time for a trial was over" in searched(found, 1, samples.is_cut)


def test_what_is_more_than_a_trial_reads_is_said() -> None:
    assert "more are kept of the last 30 days" in searched(Tried(), queries.KEPT_MOST, False)


def test_only_so_many_posts_are_read_and_the_newest_first(heard: None, nordpost: Workspace) -> None:
    kept = queries.kept(nordpost.pk, now() - timedelta(days=30), most=3)
    assert len(kept) == 3
    assert kept == sorted(kept, key=lambda row: row.heard_at, reverse=True)


def test_hostile_posts_are_only_words(browser: Client, bluesky: Channel, at: datetime) -> None:
    scene.hear(bluesky, scene.post(1, "Nordpost <img src=x onerror=alert(1)> \u202edlrow", "<b>Eva</b>"), at)
    scene.hear(bluesky, scene.post(2, "Nordpost" + "x&" * 9000, "Kim"), at)
    Mention.objects.update(heard_at=now())
    page = trial(browser, query="Nordpost OR =x")
    assert "<img src=x" not in page
    assert "<b>Eva" not in page
    assert "\u202e" not in page
    assert len(page.encode()) < 61_440


def test_an_excerpt_stands_around_the_first_mark() -> None:
    words = "a" * 500 + " Nordpost " + "b" * 500
    found = excerpt(words, [(501, 509)])
    assert "<mark>Nordpost</mark>" in found
    assert found.startswith("…")
    assert found.endswith("…")
    assert excerpt("Nordpost", [(0, 8)]) == "<mark>Nordpost</mark>"
    assert excerpt("", []) == ""
