"""Google Alerts: the story behind the redirect, once."""

import pytest

from gensvar.connectors.contract import Created, Edited, Post
from tests.connectors.feeds.feed_server import FeedServer, look
from tests.connectors.feeds.samples import STORY, alert, alert_entry


def created(server: FeedServer, cursor: str | None = None) -> list[Post]:
    return [event.post for event in look(server, cursor)[0][0].events if isinstance(event, Created)]


def test_it_tells_the_story_and_not_the_redirect(server: FeedServer) -> None:
    server.body = alert(alert_entry(1))
    (post,) = created(server)
    assert post.url == STORY
    assert post.native_id == "tidningen.example/nyheter/nordpost-skap?id=7"
    assert post.author.handle == "tidningen.example"
    assert not any("google" in link for link in post.links)


def test_the_marked_keyword_becomes_plain_text(server: FeedServer) -> None:
    server.body = alert(alert_entry(1))
    (post,) = created(server)
    assert post.title == "Nordpost möter kritik för låsta skåp"
    assert post.text == "Kunder hos Nordpost ser luckor som inte öppnas…"


@pytest.mark.parametrize(
    "title",
    [
        "Google Alert - nordpost",
        "Google Alert – nordpost",
        "Google Alert: nordpost",
        "Google-Alert – nordpost",
    ],
)
def test_what_an_alert_brings_is_chosen_and_names_its_keyword(server: FeedServer, title: str) -> None:
    server.body = alert(alert_entry(1), title=title)
    (event,) = look(server)[0][0].events
    assert isinstance(event, Created)
    assert (event.chosen, event.keyword) == (True, "nordpost")


@pytest.mark.parametrize(
    "again",
    [
        alert_entry(1),
        alert_entry(2),
        alert_entry(2, link=STORY + "&utm_source=alert&fbclid=x"),
        alert_entry(2, link=STORY.replace("https://www.", "http://") + "&gclid=1#top"),
        alert_entry(2, link="https://tidningen.example/amp/8", words="Ett annat utdrag."),
    ],
)
def test_the_same_story_is_told_once(server: FeedServer, again: str) -> None:
    server.body = alert(again, alert_entry(1))
    assert len(created(server)) == 1

    server.body = alert(alert_entry(1))
    (first,), _ = look(server)
    server.body = alert(again)
    (second,), _ = look(server, first.cursor)
    assert second.events == ()


def test_another_story_of_the_same_paper_is_another_story(server: FeedServer) -> None:
    other = alert_entry(2, link=STORY.replace("7", "8"), title="Nordpost svarar på kritiken")
    server.body = alert(other, alert_entry(1))
    assert len(created(server)) == 2


def test_the_same_title_on_another_site_is_another_story(server: FeedServer) -> None:
    server.body = alert(alert_entry(2, link="https://kvallsbladet.example/1"), alert_entry(1))
    assert len(created(server)) == 2


def test_a_rewritten_story_is_an_edit(server: FeedServer) -> None:
    server.body = alert(alert_entry(1))
    (first,), _ = look(server)
    server.body = alert(alert_entry(1, words="Nordpost ber om ursäkt."))
    (second,), _ = look(server, first.cursor)
    (event,) = second.events
    assert isinstance(event, Edited)
    assert event.post.text == "Nordpost ber om ursäkt."


def test_a_story_that_is_listed_again_after_others_is_not_news(server: FeedServer) -> None:
    server.body = alert(alert_entry(1))
    (batch,), _ = look(server)
    for number in range(2, 40):
        server.body = alert(
            alert_entry(number, link=f"https://x.example/{number}", title=f"Nordpost {number}")
        )
        (batch,), _ = look(server, batch.cursor)
        assert len(batch.events) == 1
    server.body = alert(alert_entry(99, link=STORY + "&utm_campaign=again"))
    assert created(server, batch.cursor) == []
