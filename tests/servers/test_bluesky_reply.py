"""Answering on the real Bluesky network: in the thread, and once."""

import asyncio
from typing import Any

import msgspec
import pytest

from gensvar.connectors.bluesky import session
from gensvar.connectors.contract import (
    Account,
    Refused,
    Unsure,
)
from tests.servers.atnet import Network, wait_for
from tests.servers.on_bluesky import REPLY, account_of, bad_line, outgoing_to, sent, settings_of


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
