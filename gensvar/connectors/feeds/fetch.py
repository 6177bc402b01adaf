"""One conditional GET of a feed through the egress guard, and what its answer asks of us."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from gensvar.connectors.contract import Gone, NotAllowed, Refused, TryLater, egress

LARGEST = 2_000_000
USUAL = timedelta(minutes=5)
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=12)
PATIENCE = timedelta(hours=1)
"""How long we leave a feed alone that answers with something else."""
HEADERS = {
    "User-Agent": "Gensvar feed reader",
    "Accept": "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `body` is None when nothing changed; `address` is where the redirects ended."""

    body: bytes | None
    address: str
    etag: str
    modified: str
    max_age: timedelta


async def fetch(address: str, at: datetime, *, etag: str = "", modified: str = "") -> Answer:
    """GET `address`, conditionally; raises TryLater, Refused (not for us), Gone and NotAllowed."""
    conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = {name: value for name, value in conditions.items() if value}
    try:
        async with egress.client(largest=LARGEST, headers=HEADERS) as client:
            answer = await client.get(address, headers=headers)
    except NotAllowed:
        raise
    except (httpx.InvalidURL, httpx.UnsupportedProtocol):
        raise Refused("This is not an address that can be opened.") from None
    except httpx.TooManyRedirects:
        raise TryLater("%(host)s sends us in a circle of redirects.", PATIENCE, host=_host(address)) from None
    except httpx.HTTPError:
        raise TryLater("%(host)s did not answer.", host=_host(address)) from None
    return _read(answer, address, at, etag, modified)


def _read(answer: httpx.Response, address: str, at: datetime, etag: str, modified: str) -> Answer:
    status = answer.status_code
    unchanged = status == httpx.codes.NOT_MODIFIED
    if status != httpx.codes.OK and not unchanged:
        raise _failure(answer, _host(address), at)
    return Answer(
        body=None if unchanged else answer.content,
        address=str(answer.url),
        etag=_header(answer, "ETag") or (etag if unchanged else ""),
        modified=_header(answer, "Last-Modified") or (modified if unchanged else ""),
        max_age=_max_age(answer.headers.get("Cache-Control", "")),
    )


def _failure(answer: httpx.Response, host: str, at: datetime) -> Refused | TryLater:
    status = answer.status_code
    if status == httpx.codes.GONE:
        return Gone(
            "The feed at %(host)s is gone for good (410) and is not asked any more. Remove it, and connect its "
            "new address.",
            host=host,
        )
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        return Refused("The feed at %(host)s is not open to everyone (%(status)s).", host=host, status=status)
    after = retry_after(answer.headers.get("Retry-After", ""), at)
    if status == httpx.codes.NOT_FOUND:
        return TryLater("There is no feed at this address of %(host)s (404).", after or PATIENCE, host=host)
    return TryLater("%(host)s answered with an error (%(status)s).", after, host=host, status=status)


def retry_after(value: str, at: datetime) -> timedelta | None:
    """The wait that a Retry-After header (RFC 9110, 10.2.3: seconds or a date) asks for, within a day."""
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return min(timedelta(seconds=int(value)), timedelta(days=1))
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - at, timedelta(0)), timedelta(days=1))


def wait(answer: Answer, ttl_minutes: int) -> timedelta:
    """How long until the next look: our usual step, or longer when the feed's headers or ttl ask for it."""
    asked = max(answer.max_age, timedelta(minutes=ttl_minutes))
    return min(max(asked, USUAL), LONGEST)


def _max_age(cache_control: str) -> timedelta:
    said = re.search(r"(?:^|[,\s])max-age\s*=\s*\"?([0-9]{1,9})", cache_control.lower())
    if not said or "no-cache" in cache_control.lower() or "no-store" in cache_control.lower():
        return timedelta(0)
    return timedelta(seconds=int(said[1]))


def _header(answer: httpx.Response, name: str) -> str:
    """A validator as the server gave it; one that is absurdly long is not kept."""
    value: str = answer.headers.get(name, "")
    return value if len(value) <= 500 and value.isascii() and value.isprintable() else ""


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or "The server"
    except ValueError:
        return "The server"
