"""One visit: the page gets what our guarded client fetches, and nothing else."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx
from django.utils.translation import gettext as _
from playwright.async_api import Browser, BrowserContext, Page, Request, Route, WebSocketRoute
from playwright.async_api import Error as BrowserError

from gensvar.connectors.contract import ConnectorError, egress
from gensvar.people.language import said
from gensvar.process.document import rules

log = logging.getLogger(__name__)

FIRST_ANSWER = 12.0
LONGEST = 20.0
"""Seconds for a page from its first answer to its picture."""
APPEARS = 6.0
"""Seconds in which the words of the post must be there: single-page applications draw late."""
QUIET = 2_000
LARGEST_ANSWER = 8_000_000
LARGEST_VISIT = 40_000_000
MOST_REQUESTS = 300
WIDTH, HEIGHT, TALLEST = 1000, 1300, 6000

AGENT = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/140.0.0.0 Safari/537.36 Gensvar"
)
_SHOWABLE = ("text/html", "application/xhtml+xml", "text/plain", "image/")
_NOT_PASSED_ON = frozenset({"host", "connection", "content-length", "accept-encoding", "cookie"})
_NOT_HANDED_IN = frozenset(
    {"content-length", "content-encoding", "transfer-encoding", "connection", "set-cookie"}
)
_CARD = "http://card.invalid/"

Draw = Callable[[str], str]


class NoPage(Exception):
    """The page cannot be pictured; the message is a sentence for people."""


@dataclass(slots=True)
class _Budget:
    requests: int = MOST_REQUESTS
    bytes: int = LARGEST_VISIT
    answered: dict[str, httpx.Response] = field(default_factory=dict)


def client() -> httpx.AsyncClient:
    """The client that fetches for the page; every connection of it is judged by the egress guard."""
    return egress.client(
        timeout=8.0,
        longest=FIRST_ANSWER,
        largest=LARGEST_ANSWER,
        headers={"User-Agent": AGENT, "Accept-Language": "en,*;q=0.5"},
    )


async def first_answer(client: httpx.AsyncClient, url: str) -> httpx.Response:
    """The document at `url`, after redirects; raises NoPage. Asked before a browser is started for nothing."""
    try:
        async with asyncio.timeout(FIRST_ANSWER):
            answer = await client.get(url, headers={"Accept": "text/html,*/*;q=0.8"})
    except ConnectorError as error:
        raise NoPage(said(error.why)) from error
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise NoPage(_reason(error)) from error
    if not answer.is_success:
        raise NoPage(_("The page answered %(status)s.") % {"status": answer.status_code})
    if not answer.headers.get("content-type", "text/html").lower().startswith(_SHOWABLE):
        raise NoPage(_("The address leads to a file and not to a page."))
    return answer


def _reason(error: Exception) -> str:
    """Why there was no answer, in words that help; the network's own words go into the log."""
    log.debug("No page: %s", error or type(error).__name__)
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return _("The page did not answer in time.")
    if isinstance(error, httpx.ConnectError):
        return _("The page could not be reached: its server was not found, or does not answer.")
    return _("The page could not be opened.")


async def page(
    browser: Browser, client: httpx.AsyncClient, first: httpx.Response, words: str
) -> tuple[bytes, bool]:
    """The picture of the page that begins with `first`, and whether `words` were seen on it; raises NoPage."""
    budget = _Budget(answered={_bare(str(first.url)): first})
    try:
        async with asyncio.timeout(LONGEST), await _context(browser, scripts=True) as context:
            await context.route("**/*", _from(client, budget))
            page = await _alone(context)
            with contextlib.suppress(BrowserError):  # a page that never stops loading may show enough
                await page.goto(str(first.url), wait_until="load", timeout=LONGEST * 500)
            seen = await _appears(page, rules.sample(words))
            with contextlib.suppress(BrowserError):
                await page.wait_for_load_state("networkidle", timeout=QUIET)
            return await _shot(page), seen
    except (BrowserError, TimeoutError) as error:
        raise NoPage(_("The page did not become ready in time.")) from error


async def card(browser: Browser, html: str) -> bytes:
    """The picture of our own card: no scripts, and nothing is fetched."""

    async def answer(route: Route) -> None:
        if route.request.url == _CARD:
            await route.fulfill(status=200, content_type="text/html; charset=utf-8", body=html)
        else:
            await route.abort()

    async with await _context(browser, scripts=False) as context:
        await context.route("**/*", answer)
        page = await _alone(context)
        await page.goto(_CARD, wait_until="load")
        return await _shot(page)


async def _context(browser: Browser, *, scripts: bool) -> BrowserContext:
    return await browser.new_context(
        viewport={"width": WIDTH if scripts else 800, "height": HEIGHT if scripts else 400},
        java_script_enabled=scripts,
        service_workers="block",
        accept_downloads=False,
        user_agent=AGENT,
        color_scheme="light",
        reduced_motion="reduce",
        permissions=[],
    )


async def _alone(context: BrowserContext) -> Page:
    """The one page of this visit: popups are closed as they come, web sockets never open."""

    async def refuse(socket: WebSocketRoute) -> None:
        await socket.close()

    async def close(popup: Page) -> None:
        with contextlib.suppress(BrowserError):
            await popup.close()

    await context.route_web_socket("**/*", refuse)
    page = await context.new_page()
    context.on("page", close)
    return page


def _from(client: httpx.AsyncClient, budget: _Budget) -> Callable[[Route], Awaitable[None]]:
    async def answer(route: Route) -> None:
        with contextlib.suppress(BrowserError):  # the page may be gone before its answer comes
            try:
                found = await _answer(client, route.request, budget)
            except (ConnectorError, httpx.HTTPError, httpx.InvalidURL):
                await route.abort("accessdenied")
            else:
                headers = {k: v for k, v in found.headers.items() if k.lower() not in _NOT_HANDED_IN}
                await route.fulfill(status=found.status_code, headers=headers, body=found.content)

    return answer


async def _answer(client: httpx.AsyncClient, request: Request, budget: _Budget) -> httpx.Response:
    known = budget.answered.pop(_bare(request.url), None)
    if known is not None:
        return known
    budget.requests -= 1
    if request.method not in ("GET", "HEAD") or budget.requests < 0 or budget.bytes < 0:
        raise httpx.RequestError("not asked for in this visit")
    headers = {k: v for k, v in request.headers.items() if k.lower() not in _NOT_PASSED_ON}
    found = await client.request(request.method, request.url, headers=headers)
    budget.bytes -= len(found.content)
    if found.is_redirect or found.status_code < 200:
        raise httpx.RequestError("a redirect that leads nowhere")
    return found


async def _appears(page: Page, wanted: str) -> bool:
    """Whether the words are on the page within a while."""
    end = asyncio.get_running_loop().time() + APPEARS
    while asyncio.get_running_loop().time() < end:
        with contextlib.suppress(BrowserError):
            text = await page.locator("body").inner_text(timeout=2_000)
            if wanted in rules.squeezed(text):
                return True
        await asyncio.sleep(0.3)
    return False


async def _shot(page: Page) -> bytes:
    """The page from its top, not taller than TALLEST."""
    width = (page.viewport_size or {"width": WIDTH})["width"]
    return await page.screenshot(
        full_page=True,
        clip={"x": 0, "y": 0, "width": width, "height": TALLEST},
        animations="disabled",
        timeout=8_000,
    )


def _bare(url: str) -> str:
    return url.partition("#")[0]
