"""Feeds (RSS and Atom): news, blogs, forums, review sites and Google Alerts; read only, answered by hand."""

import hashlib

from gensvar.connectors.contract import Account, Connector, Find, HandOff, Hears
from gensvar.connectors.feeds.fetch import LONGEST, SHORTEST
from gensvar.connectors.feeds.follow import connect, follow
from gensvar.connectors.feeds.settings import FeedSettings


def source(account: Account) -> str:
    """Accounts that follow the same feed share one look at it. A hash, since an address may hold a secret."""
    address = account.settings.address.strip()
    return f"feed {hashlib.sha256(address.encode('utf-8', 'replace')).hexdigest()[:32]}"


CONNECTOR = Connector(
    key="feeds",
    name="Feed",
    about="News, blogs, forums and Google Alerts that offer an RSS or Atom feed.",
    settings=FeedSettings,
    connect=connect,
    find=(Find(key="entries", hears=Hears.EVERYTHING, source=source, open=follow, quiet=LONGEST + SHORTEST),),
    reply=HandOff("Open the page, answer there yourself, and paste the link to your answer here."),
)
