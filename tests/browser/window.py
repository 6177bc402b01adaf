"""A browser window of one person, in front of a running desk."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "artefacts" / "screens"
PASSWORD = "tall-birch-by-the-quay"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Window:
    """One person's window. What the browser complains about is kept in `complaints`."""

    browser: Browser
    url: str
    scheme: str = "light"
    size: Any = field(default_factory=lambda: WIDE)
    state: Any = None
    script: bool = True
    slug: str = "nordpost"
    complaints: list[str] = field(default_factory=list)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        context = self.browser.new_context(
            viewport=self.size,
            color_scheme=self.scheme,  # type: ignore[arg-type]  # "light" or "dark"
            storage_state=self.state,
            java_script_enabled=self.script,
            locale="en-GB",
            timezone_id="Europe/Stockholm",
        )
        self.page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)

    def _listen(self, message: Any) -> None:
        # Taking a screenshot makes Playwright add a style of its own, which the policy of the desk refuses.
        if message.type == "error" and "inline style" not in message.text:
            self.complaints.append(message.text)

    def open(self, path: str) -> Page:
        """Go to `path`, of the workspace unless it begins with a slash."""
        self.page.goto(self.url + (path if path.startswith("/") else f"/w/{self.slug}/{path}"))
        return self.page

    def until_live(self) -> None:
        """Wait until the page hears what happens."""
        if self.size == WIDE:
            expect(self.page.locator("#pulse")).to_have_attribute("data-state", "open")

    def row(self, words: str) -> Any:
        """The row of the list that says `words`."""
        return self.page.locator(".case-row", has_text=words)

    def next(self) -> Any:
        """The sentence that says what is next."""
        return self.page.locator("#strip .next")

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def keep(self, name: str) -> None:
        """Keep a picture of the window in `artefacts/screens/`."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENS / f"{name}.png")

    def violations(self) -> list[str]:
        """What axe-core finds wrong with the page, one line each."""
        found = Axe().run(self.page)["violations"]
        return [
            f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']][:3]}" for one in found
        ]

    def signed_in(self) -> Any:
        """What makes another window the same person."""
        return self.page.context.storage_state()

    def close(self) -> None:
        """Close the window."""
        self.page.context.close()


def sign_up_by_link(window: Window, link: str, name: str) -> None:
    """Come in by an invitation."""
    window.page.goto(link)
    window.page.get_by_label("Your name").fill(name)
    window.page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    window.page.locator("button.primary").click()
    window.page.wait_for_url(re.compile("/w/"))
