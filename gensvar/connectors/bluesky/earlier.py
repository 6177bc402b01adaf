"""Filling a gap of the stream for everyone: from the records of the host that was followed, or by search.

A host that is small enough is read through, which leaves nothing unknown but edits and deletions. Jetstream
keeps no records, and a relay has too many: there, search finds what holds a watched word.
"""

from dataclasses import replace
from datetime import timedelta

from gensvar.connectors.bluesky import repositories, search
from gensvar.connectors.bluesky.settings import is_jetstream, stream_host
from gensvar.connectors.contract import Account, Backfill, Missed, Page

REACH = timedelta(days=30)
_HOST, _SEARCH = "host", "search"


async def load(account: Account, missed: Missed, place: str) -> Page:
    """One page of what was said in the gap. Raises TryLater."""
    way, _, rest = place.partition(" ")
    if way == _HOST:
        return _named(_HOST, await repositories.read_on(stream_host(account.settings), missed, rest))
    if not place and not is_jetstream(account.settings):
        begun = await repositories.begin(stream_host(account.settings), missed)
        if begun is not None:
            return _named(_HOST, begun)
    return _named(_SEARCH, await search.load(account, missed, rest))


def _named(way: str, page: Page) -> Page:
    return replace(page, place=f"{way} {page.place}") if page.place else page


EARLIER = Backfill(load=load, reach=REACH)
