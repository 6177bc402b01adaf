"""Following a feed: look, tell what is new, wait as long as the feed asks, look again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime

from gensvar.connectors import links
from gensvar.connectors.contract import Account, Batch, Identity, Refused, TryLater
from gensvar.connectors.feeds import fetch
from gensvar.connectors.feeds.memory import Memory
from gensvar.connectors.feeds.parse import Feed, parse
from gensvar.connectors.feeds.settings import FeedSettings
from gensvar.kernel import clock
from gensvar.kernel.sentence import gettext_noop
from gensvar.kernel.text import one_line, storable

Sleep = Callable[[float], Awaitable[None]]
Now = Callable[[], datetime]
NOT_A_FEED = gettext_noop("There is no feed at this address. Enter the address of an RSS or Atom feed.")


async def connect(settings: FeedSettings) -> Identity:
    """Who we follow: the feed's address and title; Refused when there is no feed."""
    address = settings.address.strip()
    try:
        answer = await fetch.fetch(address, clock.now())
    except TryLater as failure:
        if failure.after == fetch.PATIENCE:  # an answer that will not mend itself while a person waits
            raise Refused(failure.why) from None
        raise
    feed = await _feed(answer)
    if feed is None:
        raise Refused(NOT_A_FEED)
    name = one_line(storable(settings.name) or feed.title or links.site(address), 120)
    return Identity(native_id=links.page(address), handle=name, name=name, url=feed.site)


async def follow(
    account: Account, cursor: str | None, *, sleep: Sleep = asyncio.sleep, now: Now = clock.now
) -> AsyncIterator[Batch]:
    """Batches for ever, one after each look (an empty one is a sign of life).

    At the very first start everything that the feed lists now is news: a list is its own present.
    """
    address = account.settings.address.strip()
    memory = Memory.read(cursor)
    while True:
        answer = await fetch.fetch(address, now(), etag=memory.etag, modified=memory.modified)
        feed = await _feed(answer)
        if answer.body is not None and feed is None:
            raise TryLater(NOT_A_FEED, fetch.PATIENCE)
        memory.etag, memory.modified = answer.etag, answer.modified
        events = memory.take_in(feed) if feed else []
        yield Batch(tuple(events), memory.write())
        await sleep(fetch.wait(answer, memory.ttl).total_seconds())


async def _feed(answer: fetch.Answer) -> Feed | None:
    """Parsed in a thread: two megabytes of XML would hold up every other channel."""
    if answer.body is None:
        return None
    return await asyncio.to_thread(parse, answer.body, answer.address)
