"""Watches on the screen: boxes and queries, what they find in words, errors at their place, and the way back."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from gensvar.desk.watch_form import at_column
from gensvar.desk.watch_words import slip
from gensvar.kernel.clock import now
from gensvar.kernel.sentence import Sentence
from gensvar.people.models import Membership, Workspace
from gensvar.process.listen import actions
from gensvar.process.listen.models import Channel, Mention, Watch
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.query import BadQuery
from tests.conftest import SignIn
from tests.desk import scene

LIST, NEW = "/w/nordpost/watches/", "/w/nordpost/watches/new/"
BOXES = {
    "writing": "boxes",
    "names": "Nordpost, Nord Post",
    "products": "Skåpet",
    "people": "Maja Lind",
    "handles": "@nordpost",
    "hashtags": "nordpost",
    "addresses": "https://www.nordpost.example/",
    "without": "=Nordposten",
    "kind": "brand",
    "name": "",
    "languages": ["sv", "fi"],
}
HAND = {"writing": "hand", "name": "Post", "kind": "subject", "languages": ["sv"]}


@pytest.fixture
def browser(alice: Membership, sign_in: SignIn) -> Client:
    return sign_in(alice)


@pytest.fixture
def watch(nordpost: Workspace, alice: Membership) -> Watch:
    return actions.add_watch(nordpost, name="Nordpost", query="Nordpost", by=alice.actor(), at=now())


def text(answer: Any) -> str:
    return str(answer.content.decode())


def post(browser: Client, path: str, **values: Any) -> Any:
    return browser.post(path, values)


def test_boxes_write_the_query_and_remember_what_is_what(browser: Client) -> None:
    assert post(browser, NEW, **BOXES).status_code == 302
    watch = Watch.objects.get()
    assert watch.query == (
        'Nordpost OR "Nord Post" OR Skåpet OR "Maja Lind" OR @nordpost OR #nordpost'
        " OR url:nordpost.example NOT =Nordposten"
    )
    assert (watch.name, watch.languages) == ("Nordpost", ["fi", "sv"])
    page = text(browser.get(f"{LIST}{watch.pk}/"))
    for box, entry in (("names", "Nordpost, Nord Post"), ("products", "Skåpet"), ("people", "Maja Lind")):
        assert re.search(rf'<textarea name="{box}"[^>]*>\s*{entry}</textarea>', page), box


def test_a_query_that_says_more_than_boxes_is_edited_itself(browser: Client) -> None:
    post(browser, NEW, **HAND, query="Nordpost NEAR/5 paket")
    page = text(browser.get(f"{LIST}{Watch.objects.get().pk}/"))
    assert "written by hand" in page
    assert "It says more than the boxes can show." in page
    assert "At most 5 words apart:" in page


def test_keeping_the_boxes_as_they_are_changes_nothing(browser: Client, watch: Watch) -> None:
    Watch.objects.update(query="#nordpost OR Nordpost")
    values = {**BOXES, **dict.fromkeys(("products", "people", "handles", "addresses", "without"), "")}
    values |= {"name": "Nordpost", "names": "Nordpost", "languages": list(LANGUAGES)}
    answer = browser.post(f"{LIST}{watch.pk}/", values, follow=True)
    assert "nothing was changed" in text(answer)
    watch.refresh_from_db()
    assert watch.query == "#nordpost OR Nordpost"


def test_an_entry_that_makes_no_term_stands_at_its_box(browser: Client) -> None:
    answer = post(browser, NEW, **{**BOXES, "handles": "nord post!"})
    page = text(answer)
    assert answer.status_code == 422
    assert not Watch.objects.exists()
    field = page[page.index('name="handles"') : page.index('name="hashtags"')]
    assert "this is no handle" in field
    assert "nord post!" in field
    assert "Maja Lind" in page


def test_nothing_to_listen_for_is_no_watch(browser: Client) -> None:
    answer = post(browser, NEW, writing="boxes", names=" , ", without="kissa", kind="brand", languages=["fi"])
    assert answer.status_code == 422
    assert "Write at least one name" in text(answer)


def test_no_language_is_a_mistake_and_nothing_typed_is_lost(browser: Client) -> None:
    answer = post(browser, NEW, **{**BOXES, "languages": []})
    assert answer.status_code == 422
    assert "Choose at least one language." in text(answer)
    assert "Nord Post" in text(answer)


def test_a_query_that_cannot_be_read_is_marked_at_its_column(browser: Client) -> None:
    answer = post(browser, NEW, **HAND, query="Nordpost OR (paket")
    page = text(answer)
    assert answer.status_code == 422
    assert "Column 13" in page
    assert "Nordpost OR <mark>(paket</mark>" in page
    assert page.count("Nordpost OR (paket") >= 1
    assert 'name="mend" value="Nordpost OR (paket)"' in page
    assert not Watch.objects.exists()


def test_why_a_query_cannot_be_read_is_said_in_the_language_of_the_reader() -> None:
    in_django = Sentence("Ensure this value is less than or equal to %(limit_value)s.", limit_value=3)
    error = BadQuery(in_django, 2)
    with translation.override("sv"):
        assert "är mindre än eller lika med 3" in at_column(error)
        assert "är mindre än eller lika med 3" in slip("tekir", error).why
    assert str(error) == "Column 2: Ensure this value is less than or equal to 3."


def test_the_mend_is_put_into_the_form_and_not_kept_yet(browser: Client) -> None:
    answer = post(browser, NEW, **HAND, query="Nordpost OR (paket", mend="Nordpost OR (paket)")
    page = text(answer)
    assert answer.status_code == 200
    assert re.search(r'<textarea name="query"[^>]*>\s*Nordpost OR \(paket\)</textarea>', page)
    assert re.search(r'name="name" value="Post"', page)
    assert not Watch.objects.exists()


def test_one_goes_from_boxes_to_the_query_and_back(browser: Client) -> None:
    by_hand = text(post(browser, NEW, **BOXES, do="hand"))
    assert 'name="writing" value="hand"' in by_hand
    assert "Nordpost OR &quot;Nord Post&quot; OR Skåpet" in by_hand
    assert "Back to the boxes" in by_hand
    back = text(post(browser, NEW, **HAND, query="Nordpost -kissa", do="boxes"))
    assert 'name="writing" value="boxes"' in back
    assert re.search(r'name="without"[^>]*>\s*kissa<', back)


def test_the_preview_says_in_words_what_is_typed(browser: Client) -> None:
    page = text(post(browser, LIST + "preview/", **BOXES))
    assert "“Nordpost”, its inflected forms and compounds that begin with it" in page
    assert "the words “Nord Post” in this order" in page
    assert "“Nordposten” in this form only" in page
    assert "<html" not in page


def test_the_preview_says_which_entry_is_wrong(browser: Client) -> None:
    page = text(post(browser, LIST + "preview/", **{**BOXES, "hashtags": "nord-post"}))
    assert "<b>Hashtags</b>" in page
    assert "only letters, digits and _" in page


def test_the_list_says_what_each_finds_and_how_much(
    browser: Client, bluesky: Channel, watch: Watch, at: datetime
) -> None:
    scene.hear(bluesky, scene.post(1, "Nordpost igen"), at)
    scene.hear(bluesky, scene.post(2, "Nordpost nu", "Kim"), at)
    Mention.objects.update(watch=watch, heard_at=now())
    Mention.objects.filter(text="Nordpost nu").update(tagged=True)
    page = text(browser.get(LIST))
    assert "Finds “Nordpost”" in page
    assert "<b>2</b> in 7 days, <b>2</b> in 30 days" in page
    assert "50 % tagged" in page


def test_an_empty_list_says_what_to_do(browser: Client, bob: Membership, sign_in: SignIn) -> None:
    assert f'href="{NEW}"' in text(browser.get(LIST))
    theirs = text(sign_in(bob).get(LIST))
    assert "A lead or an administrator can add a watch." in theirs
    assert NEW not in theirs


def test_the_first_watch_begins_with_the_company_and_its_accounts(browser: Client, bluesky: Channel) -> None:
    page = text(browser.get(NEW))
    assert re.search(r'name="names"[^>]*>\s*Nordpost<', page)
    assert re.search(r'name="handles"[^>]*>\s*nordpost.example<', page)
    assert re.search(r'name="hashtags"[^>]*>\s*nordpost<', page)


def test_a_second_watch_begins_empty(browser: Client, watch: Watch) -> None:
    assert re.search(r'name="names"[^>]*>\s*</textarea>', text(browser.get(NEW)))


def test_a_change_is_told_and_taken_back(browser: Client, watch: Watch) -> None:
    page = text(browser.post(f"{LIST}{watch.pk}/", {**HAND, "query": "posten", "do": "keep"}, follow=True))
    assert "Post is changed." in page
    watch.refresh_from_db()
    assert f'name="change" value="{watch.change_id}"' in page
    theirs = text(browser.get(f"{LIST}{watch.pk}/"))
    assert "<del><code>Nordpost</code></del> <ins><code>posten</code></ins>" in theirs
    answer = browser.post(f"{LIST}{watch.pk}/undo/", {"change": watch.change_id}, follow=True)
    assert "Taken back." in text(answer)
    watch.refresh_from_db()
    assert (watch.query, watch.name) == ("Nordpost", "Nordpost")


def test_a_change_over_which_another_came_is_not_taken_back(browser: Client, watch: Watch) -> None:
    first = watch.change_id
    browser.post(f"{LIST}{watch.pk}/pause/")
    for change in (str(first), "", "x", "9" * 30):
        answer = browser.post(f"{LIST}{watch.pk}/undo/", {"change": change}, follow=True)
        assert "changed again since" in text(answer)
    watch.refresh_from_db()
    assert watch.paused_at


def test_a_pause_is_shown_and_offered_to_be_undone(browser: Client, watch: Watch) -> None:
    page = text(browser.post(f"{LIST}{watch.pk}/pause/", follow=True))
    assert "Nordpost is paused." in page
    assert "paused just now" in page
    assert "Listen again" in page


def test_an_agent_sees_watches_and_changes_none(bob: Membership, watch: Watch, sign_in: SignIn) -> None:
    browser = sign_in(bob)
    assert 'id="watch-form"' not in text(browser.get(f"{LIST}{watch.pk}/"))
    assert browser.get(NEW).status_code == 403
    assert post(browser, NEW, **HAND, query="x").status_code == 403
    assert post(browser, f"{LIST}{watch.pk}/", **HAND, query="x").status_code == 403


def test_a_stored_query_that_cannot_be_read_any_more_is_said(browser: Client, watch: Watch) -> None:
    Watch.objects.update(query="(Nordpost")
    assert "cannot be read any more" in text(browser.get(LIST))
    assert "Column 1" in text(browser.get(f"{LIST}{watch.pk}/"))


@pytest.mark.parametrize("path", [NEW, LIST + "preview/"])
def test_hostile_words_are_only_words(browser: Client, path: str) -> None:
    for words in ("<script>alert(1)</script>\u202e", '"><img src=x onerror=alert(1)>', "\x00", "(" * 4000):
        for values in ({**BOXES, "names": words, "do": "try"}, {**HAND, "query": words, "do": "try"}):
            answer = browser.post(path, values)
            assert answer.status_code in (200, 422)
            page = text(answer)
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert "\u202e" not in page.split("<textarea")[0]
            assert len(page.encode()) < 61_440


def test_a_thousand_words_are_explained_in_a_page_of_sensible_size(browser: Client) -> None:
    query = " OR ".join(f"ord{n}" for n in range(480))
    answer = post(browser, NEW, **HAND, query=query, do="try")
    assert "lines more." in text(answer)
    assert len(answer.content) < 61_440
    post(browser, NEW, **HAND, query=query)
    assert len(browser.get(LIST).content) < 61_440


def test_a_query_that_is_too_long_is_refused_whole(browser: Client) -> None:
    query = " OR ".join(f"ord{n}" for n in range(600))
    for values in ({**HAND, "query": query}, {**BOXES, "names": "", "products": query, "people": query}):
        answer = browser.post(NEW, values)
        assert answer.status_code == 422
        assert "ord599</textarea>" in text(answer)
    assert "Make two watches of it." in text(browser.post(NEW, {**HAND, "query": query, "do": "try"}))
    assert not Watch.objects.exists()


def test_many_watches_stand_on_pages(browser: Client, nordpost: Workspace, alice: Membership) -> None:
    for number in range(27):
        actions.add_watch(nordpost, name=f"W{number}", query=f"ord{number}", by=alice.actor(), at=now())
    first, second = text(browser.get(LIST)), text(browser.get(LIST + "?page=2"))
    assert "More watches" in first
    assert ">W25<" not in first
    assert ">W26<" in second
    assert browser.get(LIST + "?page=²").status_code == 200
    assert len(first.encode()) < 61_440
