"""A browser window of one person, in front of a running desk."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect

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

PATIENCE = 60_000
"""Milliseconds. Generous, since the machine of a test may be busy: what is there at once costs nothing."""

expect.set_options(timeout=PATIENCE)


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
        self.page.set_default_timeout(PATIENCE)
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

    def arrive(self, what: Locator) -> Page:
        """Click what leads to another page, and wait until that page stands: a click alone waits for none."""
        with self.page.expect_navigation():
            what.click()
        return self.page

    def go(self, key: str, place: str) -> Page:
        """Go by `g` and `key`; again, where a busy machine let more than a moment pass between the two."""
        for patience in (10_000, 10_000, PATIENCE):
            self.press("g", key)
            try:
                self.page.wait_for_url(f"**/{place}", timeout=patience)
            except TimeoutError:
                continue
            return self.page
        raise AssertionError(f"g {key} does not lead to {place}, but to {self.page.url}")

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

    def judge(self, kind: str) -> None:
        """Say what the open case is, and wait until the person is heard: a machine may have said the same."""
        self.page.locator(f"#kind-{kind}").click()
        self.until_judged(kind)

    def until_judged(self, kind: str) -> None:
        """Wait until the open case says that Alice judged it so."""
        expect(self.page.locator("#judgement h3")).to_contain_text("Alice")
        expect(self.page.locator(f"#kind-{kind}")).to_have_attribute("aria-pressed", "true")

    def write(self, text: str) -> None:
        """Type into the reply, and wait until the desk has all of it: the first words may be saved alone."""
        expect(self.page.locator("#reply")).to_be_focused()
        self.page.keyboard.type(text)
        expect(self.page.locator("#reply")).to_have_js_property("defaultValue", text)
        expect(self.page.locator("#saved")).to_contain_text("Saved")

    def choose(self, what: str, **which: Any) -> None:
        """Choose from a list as a person does: with the focus on it, so that no news replaces it meanwhile."""
        self.page.locator(what).focus()
        self.page.locator(what).select_option(**which)

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
    window.arrive(window.page.locator("button.primary"))
    expect(window.page).to_have_url(re.compile("/w/"))
