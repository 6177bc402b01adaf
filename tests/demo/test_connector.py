"""The pretend internet behind the contract: like any network."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gensvar.connectors.contract import (
    Account,
    Batch,
    Created,
    Deleted,
    Edited,
    Gap,
    Missed,
    Once,
    Outgoing,
    Page,
    Refused,
    Reply,
)
from gensvar.demo import script
from gensvar.demo.connector import CONNECTOR, DemoSettings, connect, earlier, follow, load_thread, send
from gensvar.demo.internet import Internet

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
REPLY = Outgoing("Vi tittar på det, Maria.", NOON, "key1", "sv", "sv-maria", "1")


@pytest.fixture
def account(tmp_path: Path) -> Account:
    settings = DemoSettings(place=str(tmp_path / "internet.sqlite3"))
    Internet(Path(settings.place), NOON).close()
    return Account(settings, asyncio.run(connect(settings)))


def hear(account: Account, cursor: str | None, until: datetime) -> list[Batch]:
    """All batches up to `until`, at which the network falls silent."""
    batches: list[Batch] = []

    class Silent(Exception):
        pass

    async def sleep(_: float) -> None:
        raise Silent

    async def run() -> None:
        async for batch in follow(account, cursor, sleep=sleep, now=lambda: until):
            batches.append(batch)

    with pytest.raises(Silent):
        asyncio.run(run())
    return batches


def events(batches: list[Batch]) -> list[object]:
    return [event for batch in batches for event in batch.events]


def test_it_hears_everything_from_the_beginning(account: Account) -> None:
    heard = events(hear(account, None, NOON))
    assert len(heard) == sum(line.ago is not None for line in script.lines())
    maria = next(
        each.post for each in heard if isinstance(each, Created) and each.post.native_id == "sv-maria"
    )
    assert maria.author.followers == 214
    assert maria.author.created_at == datetime(2019, 4, 2, tzinfo=UTC)
    assert (maria.language, maria.root_id, maria.parent_id) == ("sv", "", "")
    assert maria.url == "https://torget.example/@mariaekdahl/sv-maria"
    assert b"mammas medicin" in maria.raw


def test_only_what_tags_the_company_is_chosen(account: Account) -> None:
    heard = events(hear(account, None, NOON + timedelta(minutes=30)))
    chosen = {each.post.native_id for each in heard if isinstance(each, Created) and each.chosen}
    assert chosen == {line.id for line in script.lines() if line.is_tagged}


def test_a_cursor_resumes_exactly_there(account: Account) -> None:
    late = NOON + timedelta(minutes=10)
    first = hear(account, None, NOON)
    rest = hear(account, first[-1].cursor, late)
    whole = events(hear(account, None, late))
    assert events(first) + events(rest) == whole
    assert hear(account, rest[-1].cursor, late) == []


def test_edits_and_deletions_are_events(account: Account) -> None:
    heard = events(hear(account, None, NOON + timedelta(minutes=30)))
    edited = next(each.post for each in heard if isinstance(each, Edited) and each.post.native_id == "nl-06")
    assert edited.revision == "2"
    assert "Update: ze zijn allemaal dood." in edited.text
    gone = next(each for each in heard if isinstance(each, Deleted))
    assert gone.native_id in {line.id for line in script.lines() if line.deleted_after is not None}


@pytest.mark.parametrize("cursor", ["", "another:12", "nonsense", ":::"])
def test_a_cursor_of_another_internet_is_a_gap_first(account: Account, cursor: str) -> None:
    heard = events(hear(account, cursor, NOON))
    assert isinstance(heard[0], Gap)
    assert isinstance(heard[1], Created)


def test_a_reply_is_sent_once_and_heard_as_ours(account: Account) -> None:
    sent = asyncio.run(send(account, REPLY))
    assert asyncio.run(send(account, REPLY)) == sent
    assert asyncio.run(send(account, replace(REPLY, text="Annat"))) == sent
    heard = events(hear(account, None, NOON + timedelta(minutes=30)))
    ours = [
        each.post for each in heard if isinstance(each, Created) and each.post.author.native_id == "nordpost"
    ]
    assert [(post.native_id, post.text) for post in ours] == [(sent.native_id, REPLY.text)]
    assert (ours[0].root_id, ours[0].parent_id) == ("sv-maria", "sv-maria")


def test_the_thread_shows_the_reply(account: Account) -> None:
    sent = asyncio.run(send(account, REPLY))
    view = asyncio.run(load_thread(account, "sv-maria"))
    assert view.posts[0].native_id == "sv-maria"
    assert sent.native_id in {post.native_id for post in view.posts}


def test_what_cannot_be_said_is_refused(account: Account) -> None:
    for wrong in (
        replace(REPLY, text="x" * 301),
        replace(REPLY, parent_id="sv-11"),
        replace(REPLY, parent_id="?"),
    ):
        with pytest.raises(Refused):
            asyncio.run(send(account, wrong))
    with pytest.raises(Refused):
        asyncio.run(load_thread(account, "?"))


def test_a_place_that_holds_no_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("somebody's letter\n" * 100)
    for place in (tmp_path, tmp_path / "file" / "below", tmp_path / "file"):
        with pytest.raises(Refused, match="cannot be kept"):
            asyncio.run(connect(DemoSettings(place=str(place))))


def test_it_says_what_it_offers() -> None:
    assert isinstance(CONNECTOR.reply, Reply)
    assert (CONNECTOR.reply.once, CONNECTOR.reply.limit) == (Once.BY_KEY, 300)
    assert CONNECTOR.reply.key(NOON) != CONNECTOR.reply.key(NOON)
    assert CONNECTOR.thread is not None


def test_what_was_missed_is_remembered_page_by_page(account: Account) -> None:
    """NOON lies in the past, so all of the script has been told by now."""
    told = {event.post.native_id for event in events(hear(account, None, NOON)) if isinstance(event, Created)}
    pages = [page_of(account, "")]
    while (place := pages[-1].place) is not None:
        pages.append(page_of(account, place))
    found = [event.post.native_id for page in pages for event in page.events if isinstance(event, Created)]
    assert told
    assert told <= set(found)
    assert len(found) == len(set(found))
    assert len(pages) > 1


def page_of(account: Account, place: str) -> Page:
    missed = Missed(NOON - timedelta(days=2), NOON + timedelta(hours=1))
    return asyncio.run(earlier(account, missed, place))
