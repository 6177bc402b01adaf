"""What is said to us on the real Bluesky network."""

import asyncio
from datetime import UTC, datetime, timedelta

from gensvar.connectors.contract import (
    Created,
)
from tests.servers.atnet import Network, wait_for
from tests.servers.on_bluesky import NOTIFICATIONS, Ear, account_of, is_about, shown


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
                event = await ear.until(is_about(made["uri"], Created))
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
