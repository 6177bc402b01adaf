"""Bluesky: every public post as it is written, what is said to us, threads, and answers that stand once."""

from collections.abc import AsyncIterator
from datetime import timedelta

from gensvar.connectors.bluesky import (
    appview,
    earlier,
    firehose,
    jetstream,
    names,
    notifications,
    reply,
    session,
    text,
    thread,
)
from gensvar.connectors.bluesky.settings import BlueskySettings, is_jetstream, stream_address, web_address
from gensvar.connectors.contract import (
    Account,
    Batch,
    Connector,
    ConnectorError,
    Find,
    Hears,
    Identity,
    Once,
    Reply,
    Thread,
)


async def connect(settings: BlueskySettings) -> Identity:
    """Sign in and learn who we are. Raises Refused (wrong app password) and TryLater."""
    signed_in = await session.sign_in(settings)
    name = await _own_name(settings, signed_in.did)
    url = f"{names.WEB}/{signed_in.handle}"
    return Identity(native_id=signed_in.did, handle=signed_in.handle, name=name, url=url)


async def _own_name(settings: BlueskySettings, did: str) -> str:
    """The name on our profile. A new account has none, and signing in does not fail for want of it."""
    try:
        known = await appview.profiles(settings, [did])
    except ConnectorError:
        return ""
    return known[did].name if did in known else ""


def everyone(account: Account, cursor: str | None) -> AsyncIterator[Batch]:
    """Every post of the network that the stream carries."""
    follow = jetstream.follow if is_jetstream(account.settings) else firehose.follow
    return follow(stream_address(account.settings), cursor)


def _stream(account: Account) -> str:
    return f"bluesky {stream_address(account.settings)}"


def _notifications(account: Account) -> str:
    return f"bluesky {web_address(account.settings.host)} notifications {account.identity.native_id}"


CONNECTOR = Connector(
    key="bluesky",
    name="Bluesky",
    about="Hears every public post as it is written, and answers in the thread.",
    settings=BlueskySettings,
    connect=connect,
    find=(
        Find(
            key="everyone",
            hears=Hears.EVERYTHING,
            source=_stream,
            open=everyone,
            backfill=earlier.EARLIER,
        ),
        Find(
            key="notifications",
            hears=Hears.CHOSEN,
            source=_notifications,
            open=notifications.follow,
            backfill=notifications.EARLIER,
            quiet=timedelta(minutes=3),
        ),
    ),
    thread=Thread(load=thread.load),
    reply=Reply(send=reply.send, key=names.tid, once=Once.BY_KEY, limit=text.LIMIT, length=text.length),
    account_page="https://bsky.app/settings/app-passwords",
)
