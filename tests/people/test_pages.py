"""Set-up, people, profile and sign-in in a real Chromium: axe-core finds nothing, nothing is cut off."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from gensvar.kernel import clock
from gensvar.people import actions
from gensvar.people.models import Membership
from gensvar.people.rules import Role
from gensvar.process.document.browser import find
from tests.browser.window import ARGUMENTS, PHONE, WIDE, Window
from tests.conftest import PASSWORD
from tests.document.conftest import needs_browser

pytestmark = [
    pytest.mark.django_db(transaction=True),
    needs_browser,
]


@pytest.fixture
def window(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright keeps a loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(ARGUMENTS))
        yield Window(browser, live_server.url.replace("127.0.0.1", "localhost"))
        browser.close()


def wrong_on(window: Window, name: str) -> list[str]:
    """What is wrong with the page as it stands, light and dark, wide and on a phone; pictures are kept."""
    found = []
    for scheme in ("light", "dark"):
        window.page.emulate_media(color_scheme=scheme)
        found += [f"{name} {scheme}: {one}" for one in window.violations()]
    window.page.emulate_media(color_scheme="light")
    window.keep(f"people-{name}")
    window.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    if window.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{name}: wider than a phone")
    window.keep(f"people-{name}-phone")
    window.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    return found


def sign_in(window: Window, path: str, name: str) -> None:
    page = window.open(path)
    page.get_by_label("Name or e-mail").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    window.arrive(page.get_by_role("button", name="Sign in", exact=True))


def test_set_up_is_for_everyone(window: Window) -> None:
    page = window.open("/")
    wrong = wrong_on(window, "set-up")
    window.arrive(page.get_by_role("button", name="Open the desk"))
    page.locator(".errorlist").first.wait_for()
    wrong += wrong_on(window, "set-up-errors")
    assert wrong == []
    page.get_by_label("Your name").fill("Alice")
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_label("The company's name").fill("Nordpost")
    page.get_by_label("What to watch").fill("Nordpost")
    with page.expect_navigation():
        window.press("Enter")
    expect(page).to_have_url(re.compile("/w/nordpost/channels/$"))
    assert Membership.objects.get().user.time_zone == "Europe/Stockholm", "the browser knows where it is"
    assert [one for one in window.complaints if "422" not in one] == []  # 422: the empty form, on purpose


def test_the_doors_are_for_everyone(window: Window, dora: Membership, at: datetime) -> None:
    link = actions.invite(
        dora.workspace, email="", role=Role.AGENT, team=None, by=dora.actor(), at=clock.now()
    )
    old = actions.invite(dora.workspace, email="", role=Role.AGENT, team=None, by=dora.actor(), at=at)
    actions.withdraw(old, by=dora.actor(), at=at)
    pages = {
        "join": f"/join/{link.token}/",
        "join-over": f"/join/{old.token}/",
        "forgotten": "/account/password/reset/",
        "forgotten-sent": "/account/password/reset/done/",
        "by-invitation": "/account/signup/",
    }
    wrong = []
    for name, path in pages.items():
        window.open(path)
        wrong += wrong_on(window, name)
    sign_in(window, "/account/login/", "Nobody")
    window.page.get_by_role("alert").wait_for()
    assert wrong + wrong_on(window, "sign-in-wrong") == []


def test_people_are_for_everyone(window: Window, dora: Membership, bob: Membership) -> None:
    team = actions.add_team(dora.workspace, "Parcels", by=dora.actor(), at=clock.now())
    actions.invite(
        dora.workspace, email="eva@example.org", role=Role.LEAD, team=team, by=dora.actor(), at=clock.now()
    )
    sign_in(window, "/account/login/?next=/w/nordpost/people/", "Dora")
    window.page.get_by_role("heading", name="People", exact=True).wait_for()
    wrong = wrong_on(window, "people")
    for name, path in {
        "member": f"people/{bob.pk}/",
        "remove": f"people/{bob.pk}/remove/",
        "team": f"teams/{team.pk}/",
        "leave": "leave/",
        "me": "/me/",
        "new-workspace": "/me/new-workspace/",
        "sign-out": "/account/logout/",
    }.items():
        window.open(path)
        wrong += wrong_on(window, name)
    assert wrong == []
    assert window.complaints == []


def test_the_second_step_is_for_everyone(window: Window, bob: Membership) -> None:
    sign_in(window, "/account/login/?next=/account/2fa/", "Bob")
    window.page.get_by_role("heading", name="A second step").wait_for()
    wrong = wrong_on(window, "second-step")
    window.open("/account/reauthenticate/?next=/account/2fa/")
    wrong += wrong_on(window, "still-you")
    window.page.get_by_label("Password").fill(PASSWORD)
    window.arrive(window.page.get_by_role("button", name="Go on"))
    expect(window.page).to_have_url(re.compile("/account/2fa/$"))
    for name, path in {
        "app": "/account/2fa/totp/activate/",
        "passkey": "/account/2fa/webauthn/add/",
        "passkeys": "/account/2fa/webauthn/",
        "password": "/account/password/change/",
    }.items():
        window.open(path)
        wrong += wrong_on(window, name)
    assert wrong == []
