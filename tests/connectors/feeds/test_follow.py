"""Following a feed: news once, changes as edits, and no more visits than the feed asks for."""

from datetime import UTC, datetime, timedelta

import pytest

from gensvar.connectors.contract import Created, Edited, Refused, TryLater
from tests.connectors.feeds import samples
from tests.connectors.feeds.feed_server import NOON, FeedServer, look


def test_it_tells_an_rss_entry_whole(server: FeedServer) -> None:
    server.body = samples.RSS
    batches, _ = look(server)
    assert [type(event) for event in batches[0].events] == [Created, Created]
    older, newer = (event.post for event in batches[0].events if isinstance(event, Created))
    assert older.title == "Äldre inlägg"
    assert newer.native_id == "paketbloggen.example/2026/11/skap"
    assert newer.text == "Tredje gången i rad är luckan låst.\n\nSe bilden."
    assert newer.author.name == "Åsa Lind"
    assert newer.language == "sv"
    assert newer.posted_at == datetime(2026, 11, 21, 9, 15, tzinfo=UTC)
    assert newer.links[1:] == ("https://bild.example/1",)


def test_the_raw_record_is_the_entry_byte_for_byte(server: FeedServer) -> None:
    server.body = samples.RSS
    batches, _ = look(server)
    for event in batches[0].events:
        assert isinstance(event, Created)
        assert event.post.raw in samples.RSS
        assert event.post.raw.startswith(b"<item>")
        assert event.post.raw.endswith(b"</item>")
        assert event.post.raw_type == "application/xml"


def test_it_tells_an_atom_feed_and_keeps_answers_with_one_title_apart(server: FeedServer) -> None:
    server.body = samples.ATOM
    posts = [event.post for event in look(server)[0][0].events if isinstance(event, Created)]
    assert [post.text for post in posts] == ["Pakket al een week zoek.", "Bij mij ook niet aangebeld."]
    assert [post.author.name for post in posts] == ["Daan", "Sanne"]
    assert {post.language for post in posts} == {"nl"}
    assert len({post.native_id for post in posts}) == 2


def test_an_ordinary_feed_lets_the_watches_choose(server: FeedServer) -> None:
    server.body = samples.RSS
    assert not any(event.chosen for event in look(server)[0][0].events if isinstance(event, Created))


def test_entries_that_share_one_link_stay_apart(server: FeedServer) -> None:
    items = "".join(
        f"<item><guid>{n}</guid><title>Nyhet {n}</title><link>https://x.example/</link></item>"
        for n in range(3)
    )
    server.body = f'<rss version="2.0"><channel><title>X</title>{items}</channel></rss>'.encode()
    posts = [event.post for event in look(server)[0][0].events if isinstance(event, Created)]
    assert len({post.native_id for post in posts}) == 3


def test_nothing_is_told_twice(server: FeedServer) -> None:
    server.body = samples.RSS
    batches, _ = look(server, times=2)
    assert [len(batch.events) for batch in batches] == [2, 0]
    resumed, _ = look(server, batches[0].cursor)
    assert resumed[0].events == ()


def test_a_new_entry_is_news(server: FeedServer) -> None:
    server.body = samples.RSS.replace(b"<item>\n  <title>Nordposts", b"<!-- --><item>\n  <title>Nordposts")
    first, _ = look(server)
    new = b"<item><title>Ny</title><link>https://paketbloggen.example/ny</link><guid>ny</guid></item>"
    server.body = samples.RSS.replace(b"<item>", new + b"<item>", 1)
    (batch,), _ = look(server, first[0].cursor)
    assert [event.post.title for event in batch.events if isinstance(event, Created)] == ["Ny"]


def test_a_changed_entry_is_an_edit_of_the_same_post(server: FeedServer) -> None:
    server.body = samples.RSS
    first, _ = look(server)
    server.body = samples.RSS.replace("Om frimärken.".encode(), "Om frimärken och paket.".encode())
    (batch,), _ = look(server, first[0].cursor)
    (event,) = batch.events
    assert isinstance(event, Edited)
    assert event.post.native_id == "paketbloggen.example/2026/10/gammalt"
    assert event.post.text == "Om frimärken och paket."
    before = first[0].events[0]
    assert isinstance(before, Created)
    assert event.post.revision != before.post.revision


def test_an_entry_that_moves_keeps_its_name(server: FeedServer) -> None:
    server.body = samples.RSS
    first, _ = look(server)
    server.body = samples.RSS.replace(b"/2026/10/gammalt", b"/arkiv/gammalt").replace(
        b"Om fri", b"Mer om fri"
    )
    (batch,), _ = look(server, first[0].cursor)
    assert [(type(event), event.post.native_id) for event in batch.events if isinstance(event, Edited)] == [
        (Edited, "paketbloggen.example/2026/10/gammalt")
    ]


def test_it_asks_only_for_what_changed(server: FeedServer) -> None:
    server.body, server.headers = (
        samples.RSS,
        {"ETag": '"v1"', "Last-Modified": "Sat, 21 Nov 2026 10:00:00 GMT"},
    )
    batches, _ = look(server, times=3)
    assert [len(batch.events) for batch in batches] == [2, 0, 0]
    assert [asked.get("If-None-Match") for asked in server.asked] == [None, '"v1"', '"v1"']
    assert server.asked[2].get("If-Modified-Since") == "Sat, 21 Nov 2026 10:00:00 GMT"
    look(server, batches[0].cursor)
    assert server.asked[-1].get("If-None-Match") == '"v1"'


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 30 * 60),  # the sample's own ttl
        ({"Cache-Control": "public, max-age=7200"}, 7200),
        ({"Cache-Control": "max-age=1"}, 30 * 60),
        ({"Cache-Control": "max-age=99999999"}, 12 * 3600),
        ({"Cache-Control": "no-cache, max-age=7200"}, 30 * 60),
    ],
)
def test_it_waits_as_long_as_the_feed_asks(server: FeedServer, headers: dict[str, str], seconds: int) -> None:
    server.body, server.headers = samples.RSS, headers
    assert look(server, times=2)[1] == [seconds]


def test_an_unchanged_feed_is_given_the_time_it_asked_for_before(server: FeedServer) -> None:
    server.body, server.headers = samples.RSS, {"ETag": '"v1"'}
    (batch,), _ = look(server)
    assert look(server, batch.cursor, times=2)[1] == [30 * 60]


def test_it_waits_five_minutes_when_nothing_is_said(server: FeedServer) -> None:
    server.body = samples.ATOM
    assert look(server, times=2)[1] == [300]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120), ("Sat, 21 Nov 2026 12:10:00 GMT", 600), ("soon", None), ("-5", None)],
)
def test_a_busy_server_is_left_alone(server: FeedServer, header: str, seconds: int | None) -> None:
    server.status, server.headers = 429, {"Retry-After": header}
    with pytest.raises(TryLater) as failure:
        look(server)
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert failure.value.after == expected
    assert datetime(2026, 11, 21, 12, 0, tzinfo=UTC) == NOON  # the date above is counted from here


def test_a_feed_that_is_gone_says_so(server: FeedServer) -> None:
    server.body = samples.RSS
    first, _ = look(server)
    server.status = 410
    with pytest.raises(Refused, match="gone for good"):
        look(server, first[0].cursor)


def test_a_page_in_place_of_the_feed_is_tried_later(server: FeedServer) -> None:
    server.body = b"<html><body>Back soon</body></html>"
    with pytest.raises(TryLater, match="no feed"):
        look(server)


def test_a_cursor_that_cannot_be_read_is_a_fresh_start(server: FeedServer) -> None:
    server.body = samples.RSS
    for cursor in ("", "{}", "not json", '{"etag":1,"modified":2,"ttl":0,"stories":[[1]]}'):
        assert len(look(server, cursor)[0][0].events) == 2
