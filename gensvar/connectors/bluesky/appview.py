"""Asking what the network shows: through the account's own server, or a reading server that was set."""

from collections.abc import Iterable
from typing import Any

import msgspec

from gensvar.connectors.bluesky import xrpc
from gensvar.connectors.bluesky.names import WEB, is_did
from gensvar.connectors.bluesky.records import instant
from gensvar.connectors.bluesky.session import as_us
from gensvar.connectors.bluesky.settings import BlueskySettings, web_address
from gensvar.connectors.bluesky.xrpc import Place
from gensvar.connectors.contract import Author
from gensvar.kernel.text import storable

_AT_ONCE = 25
"""Profiles of one call (app.bsky.actor.getProfiles)."""
_LONGEST_NAME = 640
_LONGEST_BIO = 2560


class Profiles(msgspec.Struct):
    """The answer of getProfiles."""

    profiles: list[Any] = []


async def read(settings: BlueskySettings, method: str, *, spare: int = 0, **parameters: Any) -> bytes:
    """The answer of a query to the AppView. Raises TryLater, Refused (`Said`)."""
    if settings.appview:
        return await xrpc.get(Place(web_address(settings.appview)), method, spare=spare, **parameters)
    return await as_us(settings, lambda place: xrpc.get(place, method, spare=spare, **parameters))


async def profiles(settings: BlueskySettings, dids: Iterable[str]) -> dict[str, Author]:
    """Authors with all that is public about them, by DID: at most the first 25."""
    asked = list(dict.fromkeys(dids))[:_AT_ONCE]
    answer = await read(settings, "app.bsky.actor.getProfiles", actors=asked)
    found = [to_author(each) for each in xrpc.decode(Profiles, answer).profiles]
    return {each.native_id: each for each in found if each is not None}


def to_author(view: Any) -> Author | None:
    """An author as a profile view shows them (basic or detailed); None when it is not one."""
    if not isinstance(view, dict) or not is_did(view.get("did")):
        return None
    handle = _text(view, "handle", 253)
    followers = view.get("followersCount")
    return Author(
        native_id=view["did"],
        handle="" if handle == "handle.invalid" else handle,
        name=_text(view, "displayName", _LONGEST_NAME),
        url=f"{WEB}/{view['did']}",
        followers=followers if isinstance(followers, int) and 0 <= followers < 2**31 else None,
        created_at=instant(view.get("createdAt")),
        bio=_text(view, "description", _LONGEST_BIO),
    )


def _text(of: dict[str, Any], key: str, longest: int) -> str:
    found = of.get(key)
    return storable(found, longest) if isinstance(found, str) else ""
