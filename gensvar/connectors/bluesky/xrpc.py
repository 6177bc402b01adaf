"""One call to a Bluesky server, with its limits obeyed and its errors put into our words.

Written on httpx and not on the SDK's client, which hands back models: the bytes as they came would be
lost, and so would the difference between "never left" and "left, and no answer came".
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
import msgspec

from gensvar.connectors.contract import Refused, TryLater, Unsure, egress
from gensvar.connectors.contract.limits import WHEN_NOT_SAID, Limits, wait_asked
from gensvar.kernel import clock
from gensvar.kernel.text import one_line

SECONDS = 10.0
LARGEST = 5_000_000
LIMITS = Limits()
_GATEWAY = (502, 504)
"""A server in between had no answer from the one that acts: it may have acted."""

_NOT_OFFERED = ("GET", 501)
"""The server does not know the question: asking again will not help."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a call goes: a server, and as whom ("" = nobody)."""

    host: str
    token: str = ""
    who: str = ""


class Said(Refused):
    """A refusal with the network's own name for it, for those who know what to do about it."""

    def __init__(self, name: str, why: str, status: int) -> None:
        super().__init__(why)
        self.name = name
        self.status = status


class Problem(msgspec.Struct):
    """An error as servers write it."""

    error: Any = ""
    message: Any = ""


async def get(place: Place, method: str, *, spare: int = 0, **parameters: Any) -> bytes:
    """The answer of a query. Raises TryLater or Refused (`Said`)."""
    try:
        return await _call(place, "GET", method, spare=spare, params=parameters)
    except Unsure as error:
        raise TryLater(error.why) from error


async def post(place: Place, method: str, body: dict[str, Any] | None = None) -> bytes:
    """The answer of a procedure. Raises TryLater, Refused (`Said`), Unsure."""
    return await _call(place, "POST", method, json=body)


def decode[T](kind: type[T], answer: bytes) -> T:
    """`answer` as `kind`; TryLater when the server wrote nonsense."""
    try:
        return msgspec.json.decode(answer, type=kind)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise TryLater("Bluesky answered with something that cannot be read.") from error


async def _call(place: Place, verb: str, method: str, *, spare: int = 0, **content: Any) -> bytes:
    key = f"{place.host} {place.who} {method}"
    _hold_back(LIMITS.wait(key, clock.now(), spare=spare))
    LIMITS.spend(key)
    headers = {"Authorization": f"Bearer {place.token}"} if place.token else {}
    async with egress.client(timeout=SECONDS, largest=LARGEST, headers=headers) as client:
        answer = await sent(client, verb, f"{place.host}/xrpc/{method}", **content)
    LIMITS.hear(key, answer.status_code, answer.headers, clock.now())
    if answer.is_success:
        return answer.content
    raise _failure(answer, verb, clock.now())


async def sent(client: httpx.AsyncClient, verb: str, url: str, **content: Any) -> httpx.Response:
    """Whatever was answered. TryLater when nothing left us, Unsure when it left and no answer came."""
    try:
        return await client.request(verb, url, follow_redirects=False, **content)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise TryLater("Bluesky cannot be reached at the moment.") from error
    except httpx.HTTPError as error:
        raise Unsure("Bluesky did not answer.") from error


def _hold_back(wait: timedelta | None) -> None:
    if wait is not None:
        raise TryLater("Bluesky asks us to slow down.", wait)


def _failure(answer: httpx.Response, verb: str, at: datetime) -> Exception:
    status = answer.status_code
    if status == 429:
        return TryLater("Bluesky asks us to slow down.", wait_asked(answer.headers, at) or WHEN_NOT_SAID)
    if status in _GATEWAY and verb == "POST":
        return Unsure("Bluesky did not answer.")
    if status >= 500 and (verb, status) != _NOT_OFFERED:
        return TryLater("Bluesky has trouble of its own at the moment.", wait_asked(answer.headers, at))
    problem = _problem(answer.content)
    name, message = str(problem.error)[:100], one_line(str(problem.message), 300)
    return Said(name, f"Bluesky refused: {message or name or status}", status)


def _problem(content: bytes) -> Problem:
    try:
        return msgspec.json.decode(content, type=Problem)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return Problem()
