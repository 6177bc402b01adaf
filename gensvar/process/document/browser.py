"""The browser: one visit of the system's Chromium for one picture.

Chromium itself has no network: its names resolve to nothing and its proxy does not exist. What a page asks
for is fetched by our own client behind the egress guard and handed to it (`visit.py`). Each picture has a
browser of its own: nothing of one page is left for the next, and a start costs about 0.6 s.
"""

import asyncio
import os
import shutil
import sys
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from django.utils.translation import gettext as _
from playwright.async_api import Browser, BrowserType, async_playwright
from playwright.async_api import Error as BrowserError

from gensvar.kernel import environment
from gensvar.process.document import visit

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
START = 15.0
CARD = 15.0
NICE = 5
"""A third of the share of others when all want the processor; more would outlast the times above."""
LONGEST = START + visit.FIRST_ANSWER + visit.LONGEST + START + CARD
"""Seconds that a picture takes at most, with a page that hangs and a second browser for the card."""

_NO_NETWORK = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://nowhere.invalid:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",  # the same switch since it was renamed
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--dns-prefetch-disable",
    "--no-first-run",
    "--no-pings",
)


class NoBrowser(Exception):
    """No Chromium on this machine, or it does not start; the message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, what it shows (`page` or `record`), which browser drew it, and why it is not better."""

    png: bytes
    of: str
    browser: str
    why: str


def find() -> str | None:
    """The Chromium to use: GENSVAR_CHROMIUM, else the first that is on the PATH."""
    given = environment.CHROMIUM.read()
    if given:
        return shutil.which(given)
    return next((found for found in map(shutil.which, NAMES) if found), None)


def missing() -> str:
    """What to say when there is none."""
    given = environment.CHROMIUM.read()
    if given:
        return _(
            "There is no browser at %(path)s, which GENSVAR_CHROMIUM names, so there is no picture. The record "
            "itself is kept. Mend the setting, or install one: apt-get install chromium"
        ) % {"path": given}
    return _(
        "There is no Chromium on this machine, so there is no picture. The record itself is kept. "
        "Install one: apt-get install chromium"
    )


def take(url: str, words: str, card: "visit.Draw") -> Picture:
    """A picture of the page at `url` (with `words` on it), or else of the card; raises NoBrowser.

    card: draws the card, given the reason for which there is no picture of the page.
    """
    path = find()
    if path is None:
        raise NoBrowser(missing())
    with ThreadPoolExecutor(1, "picture", initializer=_step_aside) as thread:
        try:
            return thread.submit(asyncio.run, _take(path, url, words, card)).result()
        except OSError as error:  # Playwright's own driver does not start
            raise NoBrowser(_did_not(path, error)) from error


def _step_aside() -> None:
    """Pictures can wait, replies and pages cannot: on Linux this thread, and the browser it starts, come last."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


async def _take(path: str, url: str, words: str, card: "visit.Draw") -> Picture:
    async with async_playwright() as playwright:
        why = ""
        if url:
            try:
                return await _page(playwright.chromium, path, url, words)
            except visit.NoPage as error:
                why = str(error)
        async with _launched(playwright.chromium, path) as browser:
            try:
                async with asyncio.timeout(CARD):
                    png = await visit.card(browser, card(why))
            except (TimeoutError, BrowserError) as error:
                raise NoBrowser(_did_not(path, error)) from error
            return Picture(png, "record", _name(browser), why)


async def _page(chromium: BrowserType, path: str, url: str, words: str) -> Picture:
    async with visit.client() as client:
        first = await visit.first_answer(client, url)
        async with _launched(chromium, path) as browser:
            png, shows_words = await visit.page(browser, client, first, words)
            why = "" if shows_words else _("The page opened, but the words of the post were not seen on it.")
            return Picture(png, "page", _name(browser), why)


@asynccontextmanager
async def _launched(chromium: BrowserType, path: str) -> AsyncIterator[Browser]:
    try:
        browser = await chromium.launch(
            executable_path=path,
            chromium_sandbox=os.geteuid() != 0,  # Chromium's own sandbox cannot be had as root
            args=list(_NO_NETWORK),
            timeout=START * 1000,
        )
    except BrowserError as error:
        raise NoBrowser(_did_not(path, error)) from error
    try:
        yield browser
    finally:
        with suppress(BrowserError, TimeoutError):
            async with asyncio.timeout(5):
                await browser.close()


def _name(browser: Browser) -> str:
    return f"Chromium {browser.version}"[:120]


def _did_not(path: str, error: Exception) -> str:
    reason = str(error).strip().split("\n")[0][:200] or type(error).__name__
    return _(
        "The browser at %(path)s did not do its work (%(reason)s), so there is no picture yet. The record itself "
        "is kept. Run 'gensvar doctor', or install it anew: apt-get install --reinstall chromium"
    ) % {"path": path, "reason": reason}
