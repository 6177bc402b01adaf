"""Feeds that mean harm: shown as text, bounded, never opened, never run."""

import time
from pathlib import Path

import pytest

from gensvar.connectors.contract import Created, Post
from gensvar.connectors.feeds.parse import parse
from gensvar.kernel.text import LONGEST
from tests.connectors.feeds.feed_server import FeedServer, look

ADDRESS = "https://feed.example/rss"


def item(inside: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>T</title>'
        f"<item>{inside}</item></channel></rss>"
    ).encode("utf-8", "surrogatepass")


def only_post(body: bytes) -> Post:
    feed = parse(body, ADDRESS)
    assert feed is not None
    (entry,) = feed.entries
    return entry.post


def test_an_entity_bomb_does_not_go_off() -> None:
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "haha">' for n in range(12)
    )
    body = (
        f'<?xml version="1.0"?><!DOCTYPE rss [{laughs}]><rss version="2.0"><channel><title>T</title>'
        "<item><title>&l11;</title><guid>1</guid></item></channel></rss>"
    ).encode()
    began = time.process_time()
    feed = parse(body, ADDRESS)
    assert time.process_time() - began < 2
    assert feed is None or all(len(entry.post.title) <= 500 for entry in feed.entries)


def test_one_long_entity_said_often_does_not_fill_the_memory() -> None:
    body = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]><rss version="2.0"><channel>'
        f"<title>T</title><item><title>x</title><description>{'&a;' * 50_000}</description></item>"
        "</channel></rss>"
    ).encode()
    began = time.process_time()
    feed = parse(body, ADDRESS)
    assert time.process_time() - began < 10
    assert feed is None or all(len(entry.post.text) <= LONGEST for entry in feed.entries)


def test_a_file_of_this_machine_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("opensesame")
    body = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY f SYSTEM "file://{secret}">]><rss version="2.0">'
        "<channel><title>T</title><item><title>x &f;</title><guid>1</guid></item></channel></rss>"
    ).encode()
    feed = parse(body, ADDRESS)
    assert "opensesame" not in repr(feed)


def test_bytes_that_name_a_file_are_not_opened(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(item("<title>x</title>"))
    assert parse(str(tmp_path / "feed.xml").encode(), ADDRESS) is None


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://[x",
    ],
)
def test_a_link_that_is_no_web_page_is_dropped(link: str) -> None:
    post = only_post(item(f"<title>x</title><link>{link}</link><guid isPermaLink='false'>g1</guid>"))
    assert post.url == ""
    assert post.links == ()
    assert post.native_id.startswith("feed.example#")


def test_a_harmful_link_behind_googles_redirect_is_dropped() -> None:
    post = only_post(item("<title>x</title><link>https://www.google.com/url?url=javascript:alert(1)</link>"))
    assert post.url == ""


def test_scripts_are_not_even_text() -> None:
    post = only_post(
        item(
            "<title>Hej &lt;script&gt;alert(1)&lt;/script&gt; du</title><description><![CDATA["
            "<p onclick=x>Hej<script>alert(2)</script><style>p{}</style><a href='javascript:3'>länk</a>"
            "</p>]]></description>"
        )
    )
    assert post.title == "Hej du"
    assert post.text == "Hejlänk"
    assert post.links == ()


def test_an_entry_of_300_kb_is_cut_but_its_record_is_whole() -> None:
    post = only_post(item(f"<title>x</title><description>{'Nordpost! ' * 30_000}</description>"))
    assert len(post.text) == LONGEST
    assert post.text.endswith("…")
    assert len(post.raw) > 300_000


@pytest.mark.parametrize(
    "inside", ["<p" * 30_000, "<!--" * 15_000, "&#" * 30_000, "<![" * 20_000, "<a href='" * 7_000]
)
def test_markup_that_never_closes_does_not_hold_us_up(inside: str) -> None:
    began = time.process_time()
    only_post(item(f"<title>x</title><description><![CDATA[{inside}]]></description>"))
    assert time.process_time() - began < 5


def test_what_no_database_can_hold_is_replaced() -> None:
    post = only_post(item("<title>a&#0;b\x00c &#xD800; \u202ed</title><description>x\x00y</description>"))
    assert "\x00" not in post.title + post.text
    (post.title + post.text).encode("utf-8")


def test_an_impossible_date_is_no_date() -> None:
    for date in ("Sat, 99 Nov 99999 99:99:99", "0000-00-00", "yesterday", "9" * 400):
        assert only_post(item(f"<title>x</title><guid>1</guid><pubDate>{date}</pubDate>")).posted_at is None


def test_ten_thousand_entries_are_bounded(server: FeedServer) -> None:
    many = "".join(f"<item><title>t{n}</title><guid>{n}</guid></item>" for n in range(10_000))
    server.body = f'<rss version="2.0"><channel><title>T</title>{many}</channel></rss>'.encode()
    (batch,), _ = look(server)
    assert len(batch.events) == 500


def test_a_feed_cut_off_in_the_middle_gives_what_is_whole(server: FeedServer) -> None:
    whole = item("<title>hel</title><guid>1</guid>")
    server.body = whole.replace(b"</channel></rss>", b"<item><title>halv")
    (batch,), _ = look(server)
    assert "hel" in [event.post.title for event in batch.events if isinstance(event, Created)]


@pytest.mark.parametrize(
    "body",
    [
        b"<rss" * 1000,
        b"<?xml version='1.0' encoding='nonsense'?><rss/>",
        b"<rss version='2.0'><channel><item>" * 300,
    ],
)
def test_what_no_parser_likes_is_a_feed_or_none_and_never_a_crash(body: bytes) -> None:
    feed = parse(body, ADDRESS)
    assert feed is None or len(feed.entries) <= 500
