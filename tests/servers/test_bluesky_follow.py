"""Following the stream of the real Bluesky network: what is heard, and where it goes on."""

import asyncio
import hashlib
import time
from datetime import UTC, datetime, timedelta

import libipld
import pytest

from gensvar.connectors.contract import (
    Account,
    AccountGone,
    Created,
    Deleted,
    Edited,
    Gap,
    TryLater,
)
from tests.servers.atnet import Network
from tests.servers.on_bluesky import EVERYONE, Ear, account_of, bad_line, is_about, settings_of


def test_an_untagged_post_is_heard(atnet: Network) -> None:
    maria, account = atnet.make_account("maria"), account_of(atnet, atnet.make_account("nordpost"))

    async def walk() -> None:
        async with Ear(EVERYONE, account) as ear:
            made = await asyncio.to_thread(
                atnet.post, maria, "Nordpost tappade bort paketet igen", langs=["sv-FI"]
            )
            event = await ear.until(is_about(made["uri"], Created))
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
            gap = await ear.until(lambda event: isinstance(event, Gap))
            made = await asyncio.to_thread(atnet.post, maria, "nu")
            await ear.until(is_about(made["uri"], Created))
        assert isinstance(gap, Gap)
        assert gap.since == yesterday
        assert gap.until > yesterday
        assert ear.batches[0].events == (gap,)

    asyncio.run(walk())


def test_a_stream_that_is_cut_means_try_later(atnet: Network) -> None:
    account = account_of(atnet, atnet.make_account("nordpost"))

    async def cut() -> None:
        async with bad_line(atnet.pds, b"subscribeRepos", after=0.3) as host:
            cut_off = Account(settings_of(atnet, atnet.make_account("maria"), stream=host), account.identity)
            async for _ in EVERYONE.open(cut_off, None):
                pass

    with pytest.raises(TryLater, match="cut"):
        asyncio.run(cut())
