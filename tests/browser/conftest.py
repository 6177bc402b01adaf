"""A whole desk in processes of its own on the pretend internet, and a real Chromium in front of it."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.window import ARGUMENTS, PASSWORD, Window, sign_up_by_link
from tests.start.desk import Desk, desk

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACE = 0.4
"""Seconds between two posts of the pretend internet; its people answer within about two seconds then."""

Another = Callable[..., Window]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The Chromium of the system."""
    path = os.environ.get("GENSVAR_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no Chromium here; apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """`gensvar up` on an empty data folder, with the pretend internet among its networks."""
    folder = tmp_path_factory.mktemp("desk")
    settings = {"GENSVAR_CONNECTORS": "gensvar.demo.connector", "GENSVAR_UNDO_SECONDS": "3"}
    with desk(folder, **settings) as running:
        running.start()
        running.wait_until_open()
        yield running


@pytest.fixture(scope="package")
def alice(house: Desk, chromium: Browser) -> Iterator[Window]:
    """The administrator's window: the three questions are answered, the pretend internet is connected."""
    window = Window(chromium, house.url)
    page = window.open("/")
    window.keep("01-set-up")
    page.get_by_label("Your name").fill("Alice Berg")
    page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    page.get_by_label("The company's name").fill("Nordpost")
    page.get_by_label("What to watch").fill("Nordpost")
    window.arrive(page.locator("button.primary"))
    expect(page).to_have_url(re.compile("/w/nordpost/channels/"))
    window.keep("02-channels-empty")
    window.open("channels/connect/demo/")
    page.get_by_label("File").fill(str(house.data / "internet.db"))
    page.get_by_label("Pace").fill(str(PACE))
    window.arrive(page.locator("button.primary"))
    expect(page).to_have_url(re.compile("/channels/$"))
    window.open("heard/")
    page.locator(".case-row").nth(20).wait_for()
    yield window
    window.close()


@pytest.fixture(scope="package")
def bob(alice: Window, house: Desk, chromium: Browser) -> Iterator[Window]:
    """The window of an agent who came by an invitation of Alice."""
    page = alice.open("people/")
    page.get_by_label("Role").select_option("agent")
    alice.arrive(page.get_by_role("button", name="Invite"))
    link = re.search(r"/join/\w+/", page.locator("input[readonly]").first.input_value())
    assert link
    window = Window(chromium, house.url)
    sign_up_by_link(window, house.url + link.group(), "Bob Nyman")
    yield window
    window.close()


@pytest.fixture
def another(alice: Window, chromium: Browser) -> Iterator[Another]:
    """More windows of Alice: `another(scheme="dark", size=PHONE, script=False)`, or of who `state` says."""
    opened: list[Window] = []

    def open_one(**how: Any) -> Window:
        opened.append(Window(chromium, alice.url, **{"state": alice.signed_in(), **how}))
        return opened[-1]

    yield open_one
    for window in opened:
        window.close()
