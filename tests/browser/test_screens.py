"""Every screen, in both themes and on a phone: nothing that axe-core finds wrong, a picture of each."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Another
from tests.browser.window import PHONE, WIDE, Window

SCREENS = {
    "inbox": "now/",
    "inbox-empty": "unsure/",
    "heard": "heard/",
    "filter": "heard/?filter=open&tagged=no&lang=sv",
    "filtered": "now/?tagged=no&lang=sv&lang=fi&reach=10",
    "filter-empty": "now/?lang=da&words=nowhere",
    "filter-unreadable": "now/?lang=danish",
    "saved": "saved/",
    "watches": "watches/",
    "watch": "watches/1/",
    "watch-new": "watches/new/",
    "watch-try": "watches/try/?query=Nordpost+NOT+paket+NOT+%3DNordposten",
    "watch-try-slip": "watches/try/?query=Nordpost,+(paket",
    "channels": "channels/",
    "connect": "channels/connect/bluesky/",
    "people": "people/",
    "figures": "figures/",
    "how-right": "figures/judge/?kind=80",
    "to-judge": "judge/",
    "judging": "settings/judging/",
    "learning": "settings/learning/",
    "topics": "settings/topics/",
    "aside": "heard/?aside=machine",
    "settings": "settings/",
    "reader": "settings/reader/",
    "profile": "/me/",
    "alerts": "/me/alerts/",
    "not-found": "nowhere/",
}


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_for_everyone(another: Another, name: str) -> None:
    window = another()
    window.open(SCREENS[name])
    if name not in ("profile", "alerts", "not-found"):
        window.until_live()
    assert found_in_all_looks(window, name) == []


def test_alerts_are_for_everyone_at_every_step(another: Another) -> None:
    window = another()
    page = window.open("/me/alerts/")
    page.fill("#id_address", "alice@nordpost.example")
    window.arrive(page.locator("form[action$='/ways/'] button"))
    expect(page.locator("input[name=code]")).to_be_visible()
    page.locator("form[action$='/ways/'] input[name=address]").fill("no address")
    window.arrive(page.locator("form[action$='/ways/'] button"))
    expect(page.locator("#id_address[aria-invalid=true]")).to_be_visible()
    assert found_in_all_looks(window, "alerts-way-wrong") == []
    page.locator("#id_quiet_from").fill("22:00")
    window.arrive(page.locator("#a-rule button.primary"))
    expect(page.locator("#a-rule [role=alert]").first).to_be_visible()
    assert found_in_all_looks(window, "alerts-rule-wrong") == []
    page.locator("#id_quiet_to").fill("07:00")
    window.arrive(page.locator("#a-rule button.primary"))
    expect(page.locator("#a-rules ~ ul")).to_contain_text("everything new")
    window.arrive(page.locator("a[href*='/alerts/rules/']"))
    expect(page.locator("#a-rule button.primary")).to_have_text("Keep the change")
    assert found_in_all_looks(window, "alerts-rule") == []


def test_a_case_is_for_everyone_at_every_step(another: Another) -> None:
    window = another()
    page = window.open("now/")
    page.locator(".case-row.fresh [data-open]").first.click()
    expect(window.next()).to_contain_text("Say what this is")
    assert found_in_all_looks(window, "case-to-judge") == []
    for said in ("#sentiment-neutral", "#urgency-high"):
        page.locator(said).press("Enter")
        expect(page.locator(said)).to_have_attribute("aria-pressed", "true")
        expect(page.locator(said)).to_be_focused()
    window.judge("question")
    page.locator("#start-holding").click()
    expect(page.locator("#promise")).to_be_visible()
    page.locator("details.fold > summary").first.click()
    page.locator(".checks button").first.click()
    page.goto(f"{window.url}{page.locator('#case').get_attribute('data-url')}")
    assert found_in_all_looks(window, "case-to-answer") == []
    page.locator("#drop").click()
    expect(page.locator("#start-holding")).to_be_visible()


def found_in_all_looks(window: Window, name: str) -> list[str]:
    """What is wrong with the page, wide and on a phone, light and dark; a picture of each is kept."""
    wrong = []
    for size, place in (("wide", WIDE), ("phone", PHONE)):
        window.page.set_viewport_size(place)  # type: ignore[arg-type]
        if scrolls_sideways(window):
            wrong.append(f"{size}: wider than the window")
        for scheme in ("light", "dark"):
            window.page.emulate_media(color_scheme=scheme)
            wrong += [f"{size} {scheme}: {one}" for one in window.violations()]
            window.keep(f"{name}-{size}-{scheme}")
    window.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    window.page.emulate_media(color_scheme="light")
    return wrong


def test_signing_in_is_for_everyone(alice: Window, another: Another) -> None:
    for scheme in ("light", "dark"):
        window = another(scheme=scheme)
        window.page.context.clear_cookies()
        window.open("/account/login/")
        assert window.violations() == []
        window.keep(f"sign-in-{scheme}")


def test_the_list_of_keys_is_for_everyone(another: Another) -> None:
    for scheme in ("light", "dark"):
        window = another(scheme=scheme)
        window.open("now/")
        window.press("?")
        expect(window.page.locator("#keys")).to_be_visible()
        assert window.violations() == []
        window.keep(f"keys-{scheme}")
        window.press("Escape")
        expect(window.page.locator("#keys")).to_be_hidden()


def test_targets_are_large_enough(another: Another) -> None:
    window = another()
    page = window.open("now/")
    page.locator("[data-open]").first.click()
    expect(window.next()).to_be_visible()
    small = page.eval_on_selector_all(
        "button, select, input:not([type=hidden]), summary, .rail a, .thumbs a",
        """elements => elements.filter(one => one.checkVisibility())
           .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
           .filter(([, box]) => box.width && (box.height < 24 || box.width < 24)).map(([words]) => words)""",
    )
    assert small == []


def scrolls_sideways(window: Window) -> bool:
    """Whether the page is wider than the window."""
    return bool(window.page.evaluate("document.documentElement.scrollWidth > innerWidth"))
