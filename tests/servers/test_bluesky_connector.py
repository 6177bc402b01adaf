"""The Bluesky connector against the real network: nothing here is pretended."""

import asyncio
import hashlib
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import libipld
import msgspec
import pytest

from gensvar.connectors.bluesky import CONNECTOR, names, session, xrpc
from gensvar.connectors.bluesky.settings import BlueskySettings
from gensvar.connectors.contract import (
    Account,
    AccountGone,
    Batch,
    Created,
    Deleted,
    Edited,
    Event,
    Find,
    Gap,
    Outgoing,
    Refused,
    Reply,
    Sent,
    Thread,
    ThreadView,
    TryLater,
    Unsure,
)
from tests.servers.atnet import Absent, Network, Person, running, wait_for

EVERYONE, NOTIFICATIONS = CONNECTOR.find
REPLY, THREAD = cast(Reply, CONNECTOR.reply), cast(Thread, CONNECTOR.thread)
AT = datetime(2026, 11, 21, 10, 0, 0, 123456, UTC)


@pytest.fixture(scope="module")
def elsewhere(atnet: Network) -> Iterator[Network]:
    """A second network, which knows nothing of the first."""
    try:
        with running() as network:
            yield network
    except Absent as reason:
        pytest.skip(str(reason))


def run[T](what: Awaitable[T]) -> T:
    async def it() -> T:
        return await what

    return asyncio.run(it())


def settings_of(network: Network, person: Person, **other: str) -> BlueskySettings:
    known = {"handle": person.handle, "app_password": person.app_password}
    places = {"host": network.pds, "stream": network.pds, "directory": network.plc}
    return BlueskySettings(**{**known, **places, **other})


def account_of(network: Network, person: Person, **other: str) -> Account:
    settings = settings_of(network, person, **other)
    return Account(settings, run(CONNECTOR.connect(settings)))


def loaded(account: Account, uri: str) -> ThreadView:
    return run(THREAD.load(account, uri))


def sent(account: Account, outgoing: Outgoing) -> Sent:
    return run(REPLY.send(account, outgoing))


def outgoing_to(post: dict[str, str], text: str, key: str = "", **other: Any) -> Outgoing:
    fields = {"text": text, "created_at": AT, "language": "sv", "parent_id": post["uri"]}
    return Outgoing(**{**fields, "key": key or names.tid(datetime.now(UTC)), **other})


class Ear:
    """Listens while the test does something, and keeps what it hears with the moment it was heard."""

    def __init__(self, find: Find, account: Account, cursor: str | None = None) -> None:
        self.batches: list[Batch] = []
        self.heard: list[tuple[float, Event]] = []
        self._source, self._begins = find.open(account, cursor), cursor is None
        self._began = asyncio.Event()

    async def __aenter__(self) -> "Ear":
        self._task = asyncio.create_task(self._listen())
        if self._begins:
            async with asyncio.timeout(15):  # until the connection stands, or says what went wrong
                await self._began.wait()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _listen(self) -> None:
        try:
            async with aclosing(self._source) as source:  # type: ignore[type-var]
                async for batch in source:
                    self.batches.append(batch)
                    self.heard.extend((time.monotonic(), event) for event in batch.events)
                    self._began.set()
        finally:
            self._began.set()

    async def until(self, meets: Callable[[Event], bool], seconds: float = 40) -> Event:
        ends_at = time.monotonic() + seconds
        while time.monotonic() < ends_at:
            for _, event in self.heard:
                if meets(event):
                    return event
            await asyncio.sleep(0.02)
        raise AssertionError(f"not heard within {seconds} s; heard {[event for _, event in self.heard]}")

    @property
    def cursor(self) -> str:
        return self.batches[-1].cursor


def shown(network: Network, who: Person, text: str) -> dict[str, str]:
    """A post that the AppView knows: an answer to one that it does not know notifies nobody."""
    made = network.post(who, text)
    assert wait_for(lambda: network.is_shown(made["uri"]))
    return made


def is_about(uri: str, kind: type[Event]) -> Callable[[Event], bool]:
    def meets(event: Event) -> bool:
        if isinstance(event, Created | Edited):
            return isinstance(event, kind) and event.post.native_id == uri
        return isinstance(event, Deleted) and kind is Deleted and event.native_id == uri

    return meets


def test_it_signs_in_and_learns_who_we_are(atnet: Network) -> None:
    nordpost = atnet.make_account("nordpost")
    who = run(CONNECTOR.connect(settings_of(atnet, nordpost, handle=f" @{nordpost.handle.upper()}\u202c")))
    assert (who.native_id, who.handle) == (nordpost.did, nordpost.handle)


def test_a_wrong_app_password_is_refused_with_what_to_do(atnet: Network) -> None:
    nordpost = atnet.make_account("nordpost")
    with pytest.raises(Refused, match="Make a new one under Settings › App passwords"):
        run(CONNECTOR.connect(settings_of(atnet, nordpost, app_password="abcd-efgh-ijkl-mnop")))


def test_a_server_that_is_not_there_means_try_later(atnet: Network) -> None:
    nordpost = atnet.make_account("nordpost")
    with pytest.raises(TryLater, match="cannot be reached"):
        run(CONNECTOR.connect(settings_of(atnet, nordpost, host="http://127.0.0.1:9")))


def test_an_untagged_post_is_heard(atnet: Network) -> None:
    maria, account = atnet.make_account("maria"), account_of(atnet, atnet.make_account("nordpost"))

    async def walk() -> None:
        async with Ear(EVERYONE, account) as ear:
            made = await asyncio.to_thread(
                atnet.post, maria, "Nordpost tappade bort paketet igen", langs=["sv-FI"]
            )
            event = await ear.until(is_about(made["uri"], Created), 30)
            assert isinstance(event, Created)
            post = event.post
            assert (post.text, post.language) == ("Nordpost tappade bort paketet igen", "sv")
            assert (post.revision, post.author.native_id) == (made["cid"], maria.did)
            assert not event.chosen

    asyncio.run(walk())


def test_the_raw_record_is_the_bytes_that_its_revision_names(atnet: Network) -> None:
    maria, account = atnet.make_account("maria"), account_of(atnet, atnet.make_account("nordpost"))

    async def walk() -> None:
        async with Ear(EVERYONE, account) as ear:
            made = await asyncio.to_thread(atnet.post, maria, "Var är paketet?")
            event = await ear.until(is_about(made["uri"], Created))
        assert isinstance(event, Created)
        digest = libipld.decode_cid(event.post.revision)["hash"]["digest"]
        assert hashlib.sha256(event.post.raw).digest() == digest
        assert libipld.decode_dag_cbor(event.post.raw)["text"] == "Var är paketet?"

    asyncio.run(walk())


def test_what_a_post_speaks_to_links_to_and_answers_is_read(atnet: Network) -> None:
    maria, nordpost = atnet.make_account("maria"), atnet.make_account("nordpost")
    account, text = account_of(atnet, nordpost), f"Hej @{nordpost.handle}, se bilden"
    mention = {"$type": "app.bsky.richtext.facet#mention", "did": nordpost.did}
    link = {"$type": "app.bsky.richtext.facet#link", "uri": "https://example.com/bild"}
    facets = [
        {"index": {"byteStart": 4, "byteEnd": 5 + len(nordpost.handle)}, "features": [mention]},
        {"index": {"byteStart": 0, "byteEnd": 3}, "features": [link]},
    ]

    async def walk() -> None:
        async with Ear(EVERYONE, account) as ear:
            first = await asyncio.to_thread(atnet.post, maria, "Först")
            made = await asyncio.to_thread(atnet.reply, maria, first, text, facets=facets)
            event = await ear.until(is_about(made["uri"], Created))
        assert isinstance(event, Created)
        post = event.post
        assert post.addressed == {nordpost.did, nordpost.handle}
        assert post.links == ("https://example.com/bild",)
        assert (post.parent_id, post.parent_revision) == (first["uri"], first["cid"])
        assert (post.root_id, post.root_revision) == (first["uri"], first["cid"])

    asyncio.run(walk())


def test_edits_deletions_and_accounts_that_go_are_heard(atnet: Network) -> None:
    maria, account = atnet.make_account("maria"), account_of(atnet, atnet.make_account("nordpost"))

    async def walk() -> None:
        async with Ear(EVERYONE, account) as ear:
            made = await asyncio.to_thread(atnet.post, maria, "Nordpost är hopplösa")
            await asyncio.to_thread(atnet.edit, maria, made["uri"], "Nordpost är sena")
            edited = await ear.until(is_about(made["uri"], Edited))
            await asyncio.to_thread(atnet.delete, maria, made["uri"])
            await ear.until(is_about(made["uri"], Deleted))
            await asyncio.to_thread(atnet.deactivate, maria)
            gone = await ear.until(
                lambda event: isinstance(event, AccountGone) and event.author_id == maria.did
            )
        assert isinstance(edited, Edited)
        assert edited.post.text == "Nordpost är sena"
        assert edited.post.revision != made["cid"]
        assert isinstance(gone, AccountGone)
        assert gone.why == "deactivated"

    asyncio.run(walk())


def test_after_a_cut_it_goes_on_where_it_stopped_and_misses_nothing(atnet: Network) -> None:
    maria, account = atnet.make_account("maria"), account_of(atnet, atnet.make_account("nordpost"))

    async def walk() -> None:
        async with Ear(EVERYONE, account) as before:
            first = await asyncio.to_thread(atnet.post, maria, "ett")
            await before.until(is_about(first["uri"], Created))
        missed = [await asyncio.to_thread(atnet.post, maria, f"under tiden {each}") for each in range(120)]
        async with Ear(EVERYONE, account, before.cursor) as after:
            await after.until(is_about(missed[-1]["uri"], Created))
        heard = [event.post.native_id for _, event in after.heard if isinstance(event, Created)]
        assert heard == [each["uri"] for each in missed]
        assert max(len(batch.events) for batch in after.batches) <= 100

    asyncio.run(walk())


def test_what_was_said_before_the_first_post_was_ever_heard_is_not_lost_either(atnet: Network) -> None:
    maria, account = atnet.make_account("maria"), account_of(atnet, atnet.make_account("nordpost"))
    old = atnet.post(maria, "gammalt")

    async def walk() -> None:
        async with Ear(EVERYONE, account) as before:
            pass
        missed = await asyncio.to_thread(atnet.post, maria, "under tiden")
        async with Ear(EVERYONE, account, before.cursor) as after:
            await after.until(is_about(missed["uri"], Created))
        assert not any(isinstance(event, Gap) for _, event in after.heard)

    time.sleep(0.1)
    asyncio.run(walk())
    assert atnet.record(old["uri"])


def test_a_cursor_that_the_network_does_not_know_is_a_gap_and_then_the_present(atnet: Network) -> None:
    maria, account = atnet.make_account("maria"), account_of(atnet, atnet.make_account("nordpost"))
    yesterday = datetime.now(UTC) - timedelta(days=1)

    async def walk() -> None:
        async with Ear(EVERYONE, account, f"99999999@{yesterday.isoformat()}") as ear:
            gap = await ear.until(lambda event: isinstance(event, Gap), 5)
            made = await asyncio.to_thread(atnet.post, maria, "nu")
            await ear.until(is_about(made["uri"], Created))
        assert isinstance(gap, Gap)
        assert gap.since == yesterday
        assert gap.until > yesterday
        assert ear.batches[0].events == (gap,)

    asyncio.run(walk())


def test_mentions_replies_and_quotes_come_as_notifications(atnet: Network) -> None:
    maria, nordpost = atnet.make_account("maria"), atnet.make_account("nordpost")
    account = account_of(atnet, nordpost)
    ours = shown(atnet, nordpost, "Vi har öppet")
    mention = {"$type": "app.bsky.richtext.facet#mention", "did": nordpost.did}
    facets = [{"index": {"byteStart": 0, "byteEnd": 1 + len(nordpost.handle)}, "features": [mention]}]

    async def walk() -> None:
        async with Ear(NOTIFICATIONS, account) as ear:
            tagged = await asyncio.to_thread(
                atnet.post, maria, f"@{nordpost.handle} var är paketet?", facets=facets
            )
            answer = await asyncio.to_thread(atnet.reply, maria, ours, "Inte här")
            embed = {"$type": "app.bsky.embed.record", "record": ours}
            quote = await asyncio.to_thread(atnet.post, maria, "Jaså", embed=embed)
            for made in (tagged, answer, quote):
                event = await ear.until(is_about(made["uri"], Created), 15)
                assert isinstance(event, Created)
                assert event.chosen
                assert event.post.author.handle == maria.handle
                assert event.post.revision == made["cid"]
            quoting = await ear.until(is_about(quote["uri"], Created))
            assert isinstance(quoting, Created)
            assert quoting.post.quotes_id == ours["uri"]

    asyncio.run(walk())


def test_notifications_catch_up_with_what_came_while_we_were_away(atnet: Network) -> None:
    maria, nordpost = atnet.make_account("maria"), atnet.make_account("nordpost")
    account = account_of(atnet, nordpost)
    ours = shown(atnet, nordpost, "Vi har öppet")
    missed = [atnet.reply(maria, ours, f"svar {each}") for each in range(120)]
    assert wait_for(lambda: atnet.is_shown(missed[-1]["uri"]))

    async def walk() -> None:
        an_hour_ago = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
        async with Ear(NOTIFICATIONS, account, an_hour_ago) as ear:
            await ear.until(is_about(missed[-1]["uri"], Created))
        heard = [event.post.native_id for _, event in ear.heard if isinstance(event, Created)]
        assert heard == [each["uri"] for each in missed]

    asyncio.run(walk())


def test_a_thread_comes_with_its_ancestors_answers_and_authors(atnet: Network) -> None:
    maria, jukka, nordpost = (atnet.make_account(each) for each in ("maria", "jukka", "nordpost"))
    account = account_of(atnet, nordpost)
    first = atnet.post(maria, "Paketet är borta")
    second = atnet.reply(jukka, first, "Mitt också")
    third = atnet.reply(maria, second, "Tredje gången")
    assert wait_for(lambda: len(atnet.replies_to(second["uri"])) == 1)
    view = loaded(account, second["uri"])
    assert [each.native_id for each in view.posts] == [first["uri"], second["uri"], third["uri"]]
    assert [each.author.handle for each in view.posts] == [maria.handle, jukka.handle, maria.handle]
    assert view.posts[1].author.followers == 0
    age = datetime.now(UTC) - (view.posts[1].author.created_at or datetime.min.replace(tzinfo=UTC))
    assert age < timedelta(minutes=10)
    assert view.missing == ()


def test_a_deleted_ancestor_is_said_to_be_missing(atnet: Network) -> None:
    maria, account = atnet.make_account("maria"), account_of(atnet, atnet.make_account("nordpost"))
    first = atnet.post(maria, "Paketet är borta")
    second = atnet.reply(maria, first, "Fortfarande")
    atnet.delete(maria, first["uri"])
    assert wait_for(lambda: atnet.is_shown(second["uri"]) and not atnet.is_shown(first["uri"]))
    view = loaded(account, second["uri"])
    assert [each.native_id for each in view.posts] == [second["uri"]]
    assert view.missing == (first["uri"],)


def test_a_deleted_post_is_said_to_be_missing(atnet: Network) -> None:
    maria, account = atnet.make_account("maria"), account_of(atnet, atnet.make_account("nordpost"))
    made = atnet.post(maria, "Ångrar mig")
    atnet.delete(maria, made["uri"])
    assert loaded(account, made["uri"]) == ThreadView((), (made["uri"],))


def test_a_post_that_the_appview_does_not_show_yet_comes_from_where_it_was_written(
    atnet: Network, elsewhere: Network
) -> None:
    """The AppView of another network knows of nothing here: for us it is an AppView that is behind."""
    maria, jukka = atnet.make_account("maria"), atnet.make_account("jukka")
    account = account_of(atnet, atnet.make_account("nordpost"), appview=elsewhere.appview)
    first = atnet.post(maria, "Paketet är borta")
    second = atnet.reply(jukka, first, "Mitt också")
    view = loaded(account, second["uri"])
    assert [each.text for each in view.posts] == ["Paketet är borta", "Mitt också"]
    assert [each.author.handle for each in view.posts] == [maria.handle, jukka.handle]
    assert view.posts[1].author.created_at
    assert view.posts[1].revision == second["cid"]


def test_a_post_on_another_server_comes_from_there(atnet: Network, elsewhere: Network) -> None:
    """Our server has never heard of the author; the directory says where they are."""
    maria = elsewhere.make_account("maria")
    account = account_of(atnet, atnet.make_account("nordpost"), directory=elsewhere.plc)
    first = elsewhere.post(maria, "Paketet är borta")
    view = loaded(account, first["uri"])
    assert [(each.text, each.revision) for each in view.posts] == [("Paketet är borta", first["cid"])]
    assert view.posts[0].author.handle == ""  # the handle leads nowhere from here, so it is not believed


def test_a_reply_stands_in_the_thread(atnet: Network) -> None:
    maria, nordpost = atnet.make_account("maria"), atnet.make_account("nordpost")
    account = account_of(atnet, nordpost)
    first = atnet.post(maria, "Paketet är borta")
    second = atnet.reply(maria, first, "Hallå?")
    text = f"Hej @{maria.handle}, förlåt! Läs på https://example.com/hjälp, det löser sig 👍🏽"
    done = sent(account, outgoing_to(second, text))
    value = atnet.record(done.native_id)["value"]
    assert value["text"] == text
    assert value["createdAt"] == "2026-11-21T10:00:00.123Z"
    assert value["langs"] == ["sv"]
    assert value["reply"] == {"root": first, "parent": second}
    assert _marked(value) == {
        f"@{maria.handle}": maria.did,
        "https://example.com/hjälp": "https://example.com/hjälp",
    }
    assert wait_for(lambda: [each["uri"] for each in atnet.replies_to(second["uri"])] == [done.native_id])


def _marked(value: dict[str, Any]) -> dict[str, str]:
    data = value["text"].encode()
    return {
        data[each["index"]["byteStart"] : each["index"]["byteEnd"]].decode(): each["features"][0].get("did")
        or each["features"][0]["uri"]
        for each in value["facets"]
    }


def test_sending_twice_with_the_same_key_is_one_reply_on_the_network(atnet: Network) -> None:
    maria, nordpost = atnet.make_account("maria"), atnet.make_account("nordpost")
    account = account_of(atnet, nordpost)
    outgoing = outgoing_to(atnet.post(maria, "Paketet är borta"), "Förlåt, vi letar.")
    first, second = sent(account, outgoing), sent(account, outgoing)
    assert first == second
    assert [each["uri"] for each in atnet.posts_of(nordpost.did)] == [first.native_id]


def test_sending_twenty_at_once_with_the_same_key_is_one_reply_on_the_network(atnet: Network) -> None:
    maria, nordpost = atnet.make_account("maria"), atnet.make_account("nordpost")
    account = account_of(atnet, nordpost)
    outgoing = outgoing_to(atnet.post(maria, "Paketet är borta"), "Förlåt, vi letar.")

    async def all_at_once() -> list[Any]:
        return await asyncio.gather(
            *(REPLY.send(account, outgoing) for _ in range(20)), return_exceptions=True
        )

    asyncio.run(all_at_once())
    assert len(atnet.posts_of(nordpost.did)) == 1


def test_an_answer_lost_on_the_way_is_unsure_and_sending_again_is_one_reply(atnet: Network) -> None:
    maria, nordpost = atnet.make_account("maria"), atnet.make_account("nordpost")
    account = account_of(atnet, nordpost)
    outgoing = outgoing_to(atnet.post(maria, "Paketet är borta"), "Förlåt, vi letar.")

    async def over_a_bad_line() -> None:
        async with bad_line(atnet.pds, b"putRecord") as host:
            lossy = Account(settings_of(atnet, nordpost, host=host), account.identity)
            signed_in = await session.sign_in(lossy.settings)
            session._kept[session._key(lossy.settings)] = msgspec.structs.replace(signed_in, did_doc=None)
            await REPLY.send(lossy, outgoing)

    with pytest.raises(Unsure, match="did not answer"):
        asyncio.run(over_a_bad_line())
    assert len(atnet.posts_of(nordpost.did)) == 1
    done = sent(account, outgoing)
    assert [each["uri"] for each in atnet.posts_of(nordpost.did)] == [done.native_id]


def test_a_stream_that_is_cut_means_try_later(atnet: Network) -> None:
    account = account_of(atnet, atnet.make_account("nordpost"))

    async def cut() -> None:
        async with bad_line(atnet.pds, b"subscribeRepos", after=0.3) as host:
            cut_off = Account(settings_of(atnet, atnet.make_account("maria"), stream=host), account.identity)
            async for _ in EVERYONE.open(cut_off, None):
                pass

    with pytest.raises(TryLater, match="cut"):
        asyncio.run(cut())


@asynccontextmanager
async def bad_line(to: str, loses: bytes, after: float = 0.0) -> AsyncIterator[str]:
    """A line to a server that is cut once a request with `loses` in it has been through and acted upon."""
    port = int(to.rpartition(":")[2])

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        request = await reader.read(65536)
        while b"\r\n\r\n" not in request:
            request += await reader.read(65536)
        length = re.search(rb"content-length: (\d+)", request, re.IGNORECASE)
        while length and len(request.partition(b"\r\n\r\n")[2]) < int(length[1]):
            request += await reader.read(65536)
        back.write(request)
        is_lost = loses in request.partition(b"\r\n")[0]
        answer = await there.read(65536)
        while answer and not (is_lost and not after):
            writer.write(answer)
            try:
                answer = await asyncio.wait_for(there.read(65536), after if is_lost else 0.2)
            except TimeoutError:
                break
        writer.close()
        back.close()

    server = await asyncio.start_server(carry, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


def test_three_hundred_graphemes_are_taken_and_one_more_is_refused_before_it_leaves(atnet: Network) -> None:
    maria, nordpost = atnet.make_account("maria"), atnet.make_account("nordpost")
    account = account_of(atnet, nordpost)
    post = atnet.post(maria, "Paketet är borta")
    long = "👍🏽🇫🇮é" + "ö" * 297
    assert sent(account, outgoing_to(post, long)).native_id
    with pytest.raises(Refused, match="300"):
        sent(account, outgoing_to(post, long + "."))


def test_answering_a_post_that_is_gone_is_refused(atnet: Network) -> None:
    maria, account = atnet.make_account("maria"), account_of(atnet, atnet.make_account("nordpost"))
    post = atnet.post(maria, "Ångrar mig")
    atnet.delete(maria, post["uri"])
    with pytest.raises(Refused, match="no longer there"):
        sent(account, outgoing_to(post, "Hej"))


def test_nothing_is_sent_as_somebody_else(atnet: Network) -> None:
    maria, jukka, nordpost = (atnet.make_account(each) for each in ("maria", "jukka", "nordpost"))
    account = Account(settings_of(atnet, jukka), account_of(atnet, nordpost).identity)
    post = atnet.post(maria, "Paketet är borta")
    with pytest.raises(Refused, match="another account"):
        sent(account, outgoing_to(post, "Hej"))
    assert atnet.posts_of(jukka.did) == []


def test_a_session_that_ran_out_is_renewed_without_signing_in(atnet: Network) -> None:
    nordpost = atnet.make_account("nordpost")
    account = account_of(atnet, nordpost)
    (key,) = [key for key, each in session._kept.items() if each.did == nordpost.did]
    old = session._kept[key]
    worn_out = msgspec.structs.replace(old, access_jwt=old.access_jwt[:-4] + "AAAA")
    session._kept[key] = worn_out
    post, left = atnet.post(nordpost, "Vi har öppet"), sign_ins_left(nordpost)
    assert loaded(account, post["uri"]).posts
    assert session._kept[key].access_jwt != worn_out.access_jwt
    assert sign_ins_left(nordpost) == left


def test_many_calls_sign_in_once(atnet: Network) -> None:
    nordpost = atnet.make_account("nordpost")
    account = account_of(atnet, nordpost)
    post = atnet.post(nordpost, "Vi har öppet")
    left = sign_ins_left(nordpost)
    for _ in range(5):
        loaded(account, post["uri"])
    assert sign_ins_left(nordpost) == left


def sign_ins_left(person: Person) -> int:
    """What the network's own header said of it last."""
    (key,) = [key for key in xrpc.LIMITS._windows if person.handle in key and "createSession" in key]
    return xrpc.LIMITS._windows[key].remaining
