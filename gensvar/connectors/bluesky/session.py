"""Being signed in: one session per account, kept in memory, renewed when it has run out.

Signing in is allowed some thirty times in five minutes and three hundred times a day, so it is not done
per call. Sessions are kept per process; nothing of them is written down.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakKeyDictionary

import msgspec

from gensvar.connectors.bluesky import xrpc
from gensvar.connectors.bluesky.settings import BlueskySettings, web_address
from gensvar.connectors.bluesky.xrpc import Place, Said
from gensvar.connectors.contract import Refused, TryLater, Unsure
from gensvar.kernel.text import showable

NOT_ACCEPTED = (
    "Bluesky did not accept the app password."
    " Make a new one under Settings › App passwords, and paste it here."
)
NEEDS_ANOTHER = (
    "Bluesky asks for a code sent by e-mail, which it does for an account's own password."
    " Make an app password under Settings › App passwords, and paste it here."
)
_EXPIRED = frozenset({"ExpiredToken", "InvalidToken"})


class Session(msgspec.Struct, frozen=True, rename="camel"):
    """What a server gives to whoever signs in."""

    did: str
    handle: str
    access_jwt: str
    refresh_jwt: str
    did_doc: Any = None


_kept: dict[str, Session] = {}
_locks: "WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, asyncio.Lock]]" = WeakKeyDictionary()


async def sign_in(settings: BlueskySettings) -> Session:
    """A new session, which replaces the one that was kept. Raises Refused (wrong password) and TryLater."""
    body = {"identifier": _identifier(settings.handle), "password": settings.app_password.strip()}
    place = Place(web_address(settings.host), who=body["identifier"])
    try:
        answer = await xrpc.post(place, "com.atproto.server.createSession", body)
    except Said as said:
        raise _why(said) from said
    except Unsure as error:
        raise TryLater("Bluesky did not answer. Try again in a minute.") from error
    session = xrpc.decode(Session, answer)
    _kept[_key(settings)] = session
    return session


async def as_us(settings: BlueskySettings, call: Callable[[Place], Awaitable[bytes]]) -> bytes:
    """`call` made as this account. A session that ran out is renewed, once; then the call is made again."""
    session = await _session(settings)
    try:
        return await call(_place(settings, session))
    except Said as said:
        if said.name not in _EXPIRED and said.status != 401:
            raise
    session = await _renewed(settings, session)
    return await call(_place(settings, session))


async def who(settings: BlueskySettings) -> Session:
    """The session that stands, or a new one."""
    return await _session(settings)


async def _session(settings: BlueskySettings) -> Session:
    async with _lock(_key(settings)):
        return _kept.get(_key(settings)) or await sign_in(settings)


async def _renewed(settings: BlueskySettings, old: Session) -> Session:
    """A fresh session, by the refresh token where it still holds. Somebody else may have been quicker."""
    key = _key(settings)
    async with _lock(key):
        if _kept.get(key, old) is not old:
            return _kept[key]
        try:
            place = Place(web_address(settings.host), old.refresh_jwt, old.did)
            answer = await xrpc.post(place, "com.atproto.server.refreshSession")
        except Said:
            return await sign_in(settings)
        except Unsure as error:
            raise TryLater(error.why) from error
        _kept[key] = xrpc.decode(Session, answer)
        return _kept[key]


def _lock(key: str) -> asyncio.Lock:
    """One at a time per account and event loop, so that ten calls at once sign in once."""
    return _locks.setdefault(asyncio.get_running_loop(), {}).setdefault(key, asyncio.Lock())


def _key(settings: BlueskySettings) -> str:
    parts = (web_address(settings.host), _identifier(settings.handle), settings.app_password)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _identifier(typed: str) -> str:
    """A handle as people paste it: with an @, with spaces, with marks that nobody sees."""
    return showable(typed).strip().removeprefix("@").lower()


def _place(settings: BlueskySettings, session: Session) -> Place:
    """The account's own server, which its DID document names; else the one that it signed in at."""
    return Place(data_server(session.did_doc) or web_address(settings.host), session.access_jwt, session.did)


def data_server(did_doc: Any) -> str:
    """The server that keeps an account's posts, by its DID document; "" when it does not say."""
    services = did_doc.get("service") if isinstance(did_doc, dict) else None
    for each in services if isinstance(services, list) else []:
        if isinstance(each, dict) and str(each.get("id", "")).endswith("#atproto_pds"):
            address = each.get("serviceEndpoint")
            if isinstance(address, str) and address.startswith(("https://", "http://")):
                return address.rstrip("/")
    return ""


def _why(said: Said) -> Refused:
    if said.name == "AuthFactorTokenRequired":
        return Refused(NEEDS_ANOTHER)
    if said.name == "AuthenticationRequired":
        return Refused(NOT_ACCEPTED)
    return said
