"""A passkey, made and used by a real Chromium with an authenticator of its own (WebAuthn over CDP)."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from gensvar.people.models import Membership
from gensvar.process.document.browser import find
from tests.conftest import PASSWORD
from tests.document.conftest import needs_browser

pytestmark = [
    pytest.mark.django_db(transaction=True),
    needs_browser,
]


@pytest.fixture
def page(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page of a browser that keeps passkeys; `touch` is given at once."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright keeps a loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        page = browser.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost")).new_page()
        page.set_default_timeout(20_000)
        tap = page.context.new_cdp_session(page)
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
        yield page
        browser.close()


def sign_in(page: Page, name: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("Name or e-mail").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/w/nordpost/**")


def add_passkey(page: Page) -> None:
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What to call it").fill("Laptop")
    page.get_by_label("It can stand in for the password").check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/account/2fa/recovery-codes/**")


def test_a_passkey_stands_in_for_name_and_password(page: Page, bob: Membership) -> None:
    sign_in(page, "Bob")
    add_passkey(page)
    assert Authenticator.objects.filter(user=bob.user, type=Authenticator.Type.WEBAUTHN).count() == 1

    page.context.clear_cookies()
    page.goto("/account/login/?next=/w/nordpost/people/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="People", exact=True).wait_for()
    assert page.url.endswith("/w/nordpost/people/")


def test_with_a_passkey_the_password_asks_for_it_too(page: Page, bob: Membership) -> None:
    sign_in(page, "Bob")
    add_passkey(page)

    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_label("Name or e-mail").fill("Bob")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/account/2fa/authenticate/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/w/nordpost/**")


def test_on_a_numeric_address_no_passkey_is_offered(page: Page, live_server: LiveServer) -> None:
    port = live_server.url.rpartition(":")[2]
    page.goto(f"http://127.0.0.1:{port}/account/login/", wait_until="networkidle")
    assert page.get_by_label("Password").is_visible()
    assert not page.get_by_role("button", name="Use a passkey").is_visible()
