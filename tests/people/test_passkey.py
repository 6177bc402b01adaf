"""A passkey, made and used by a real Chromium with an authenticator of its own (WebAuthn over CDP)."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from gensvar.people.models import Membership
from gensvar.process.document.browser import find
from tests.browser.window import ARGUMENTS, Window
from tests.conftest import PASSWORD
from tests.document.conftest import needs_browser

pytestmark = [
    pytest.mark.django_db(transaction=True),
    needs_browser,
]


@pytest.fixture
def window(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """The window of a browser that keeps passkeys; `touch` is given at once."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright keeps a loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(ARGUMENTS))
        window = Window(browser, live_server.url.replace("127.0.0.1", "localhost"))
        tap = window.page.context.new_cdp_session(window.page)
        tap.send("WebAuthn.enable")
        key = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        tap.send("WebAuthn.addVirtualAuthenticator", {"options": key})
        yield window
        browser.close()


def sign_in(window: Window, name: str) -> None:
    page = window.open("/account/login/")
    page.get_by_label("Name or e-mail").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    window.arrive(page.get_by_role("button", name="Sign in", exact=True))
    expect(page).to_have_url(re.compile("/w/nordpost/"))


def add_passkey(window: Window) -> None:
    page = window.open("/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    window.arrive(page.get_by_role("button", name="Go on"))
    page.get_by_label("What to call it").fill("Laptop")
    page.get_by_label("It can stand in for the password").check()
    window.arrive(page.get_by_role("button", name="Add it"))
    expect(page).to_have_url(re.compile("/account/2fa/recovery-codes/"))


def test_a_passkey_stands_in_for_name_and_password(window: Window, bob: Membership) -> None:
    sign_in(window, "Bob")
    add_passkey(window)
    assert Authenticator.objects.filter(user=bob.user, type=Authenticator.Type.WEBAUTHN).count() == 1

    window.page.context.clear_cookies()
    page = window.open("/account/login/?next=/w/nordpost/people/")
    window.arrive(page.get_by_role("button", name="Use a passkey"))
    page.get_by_role("heading", name="People", exact=True).wait_for()
    assert page.url.endswith("/w/nordpost/people/")


def test_with_a_passkey_the_password_asks_for_it_too(window: Window, bob: Membership) -> None:
    sign_in(window, "Bob")
    add_passkey(window)

    window.page.context.clear_cookies()
    page = window.open("/account/login/")
    page.get_by_label("Name or e-mail").fill("Bob")
    page.get_by_label("Password").fill(PASSWORD)
    window.arrive(page.get_by_role("button", name="Sign in", exact=True))
    expect(page).to_have_url(re.compile("/account/2fa/authenticate/$"))
    window.arrive(page.get_by_role("button", name="Use a passkey"))
    expect(page).to_have_url(re.compile("/w/nordpost/"))


def test_on_a_numeric_address_no_passkey_is_offered(window: Window, live_server: LiveServer) -> None:
    port = live_server.url.rpartition(":")[2]
    page = window.page
    page.goto(f"http://127.0.0.1:{port}/account/login/")
    expect(page.get_by_label("Password")).to_be_visible()
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
