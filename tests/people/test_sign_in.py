"""Signing in: by password, with a code from an app, with a passkey; and what does not let anyone in."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from gensvar.people.models import Membership, User
from tests.conftest import PASSWORD, person

SignIn = Callable[[User | Membership], Client]


@pytest.fixture(autouse=True)
def _no_wrong_passwords_yet() -> None:
    cache.clear()


def ask(login: str, password: str = PASSWORD, browser: Client | None = None, **other: str) -> HttpResponse:
    browser = browser or Client()
    return browser.post("/account/login/", {"login": login, "password": password, **other})  # type: ignore[return-value]


def show_again(browser: Client) -> None:
    """Give the password once more, as one must before changing how one signs in."""
    assert browser.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def code(secret: str, at: float | None = None) -> str:
    """The six digits that an authenticator app shows (RFC 6238: HMAC-SHA-1, 30 s)."""
    step = struct.pack(">Q", int((time.time() if at is None else at) // 30))
    digest = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    at_byte = digest[-1] & 15
    number = struct.unpack(">I", digest[at_byte : at_byte + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def test_the_test_computes_codes_as_the_standard_does() -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert code(secret, at=59) == "287082"  # RFC 6238, appendix B, last six digits
    assert code(secret, at=1111111109) == "081804"


@pytest.mark.parametrize("login", ["Bob", "bob", "  BOB  ", "bob@example.org", "BOB@example.org"])
def test_one_signs_in_with_name_or_address_and_password(login: str, bob: Membership) -> None:
    answer = ask(login)
    assert (answer.status_code, answer["location"]) == (302, "/")


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Åsa Öberg", "åsa  öberg", "ÅSA ÖBERG", "A\u030asa O\u0308berg"])
def test_letters_beyond_english_do_not_lock_out(typed: str) -> None:
    person("Åsa Öberg")
    assert ask(typed).status_code == 302


def test_a_wrong_password_and_an_unknown_name_read_the_same(bob: Membership) -> None:
    wrong, unknown = ask("Bob", "wrong"), ask("Nobody", "wrong")
    assert wrong.status_code == unknown.status_code == 200
    sentence = b"This name and password do not belong together. Nothing was changed; try again."
    assert sentence in wrong.content
    assert sentence in unknown.content


def test_guessing_is_stopped_after_five_wrong_passwords(bob: Membership) -> None:
    for _attempt in range(5):
        ask("Bob", "wrong")
    browser = Client()
    answer = ask("Bob", browser=browser)
    assert b"Too many wrong passwords from here" in answer.content
    assert not is_in(browser)


def test_another_spelling_of_the_name_is_the_same_guess(bob: Membership) -> None:
    for spelling in ("Bob", "BOB", " bob", "b\u200bob", "\uff22ob"):
        ask(spelling, "wrong")
    assert b"Too many wrong passwords" in ask("Bob").content


def test_a_closed_account_does_not_come_in(bob: Membership) -> None:
    User.objects.filter(pk=bob.user_id).update(is_active=False)
    browser = Client()
    ask("Bob", browser=browser)
    assert not is_in(browser)


@pytest.mark.django_db
def test_nobody_signs_up(mallory: User) -> None:
    form = {"username": "eve", "password1": PASSWORD, "password2": PASSWORD}
    for answer in (Client().get("/account/signup/"), Client().post("/account/signup/", form)):
        assert b"People come in by invitation" in answer.content
    assert list(User.objects.all()) == [mallory]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
    ],
)
def test_sign_in_does_not_lead_elsewhere(elsewhere: str, bob: Membership) -> None:
    assert ask("Bob", next=elsewhere)["location"] == "/"


def test_sign_in_leads_back_to_where_one_was_going(bob: Membership) -> None:
    browser = Client()
    asked = browser.get("/w/nordpost/people/?x=1")
    assert asked["location"] == "/account/login/?next=%2Fw%2Fnordpost%2Fpeople%2F%3Fx%3D1"
    assert (
        ask("Bob", browser=browser, next="/w/nordpost/people/?x=1")["location"] == "/w/nordpost/people/?x=1"
    )


def test_a_page_that_asks_by_script_is_sent_to_sign_in_as_a_whole(bob: Membership) -> None:
    answer = Client().get(
        "/w/nordpost/views/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/w/nordpost/now/"},
    )
    assert answer["HX-Redirect"] == "/account/login/?next=%2Fw%2Fnordpost%2Fnow%2F"


def test_looking_at_the_sign_out_page_signs_nobody_out(bob: Membership, sign_in: SignIn) -> None:
    browser = sign_in(bob)
    browser.get("/account/logout/")
    assert is_in(browser)
    browser.post("/account/logout/")
    assert not is_in(browser)


def test_the_desk_speaks_the_language_of_the_person_also_after_sign_out(bob: Membership) -> None:
    User.objects.filter(pk=bob.user_id).update(language="sv")
    browser = Client()
    ask("Bob", browser=browser)
    browser.post("/account/logout/")
    assert browser.get("/account/login/")["content-language"] == "sv"


def test_a_password_is_changed_with_the_old_one(bob: Membership) -> None:
    browser = Client()
    ask("Bob", browser=browser)
    new = "a-quiet-rowing-boat"
    wrong = {"oldpassword": "wrong", "password1": new, "password2": new}
    assert browser.post("/account/password/change/", wrong).status_code == 200
    assert User.objects.get(pk=bob.user_id).check_password(PASSWORD)
    browser.post("/account/password/change/", wrong | {"oldpassword": PASSWORD})
    assert User.objects.get(pk=bob.user_id).check_password(new)
    assert is_in(browser)


def test_a_forgotten_password_is_renewed_by_a_link_that_works_once(bob: Membership) -> None:
    Client().post("/account/password/reset/", {"email": "bob@example.org"})
    (sent,) = mail.outbox
    assert sent.to == ["bob@example.org"]
    found = re.search(r"https?://\S+", str(sent.body))
    assert found
    path, new = urlsplit(found.group()).path, "a-quiet-rowing-boat"
    browser = Client()
    form = browser.get(path, follow=True)
    browser.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert User.objects.get(pk=bob.user_id).check_password(new)
    assert b"This link works no more" in Client().get(path, follow=True).content


@pytest.fixture
def secret(bob: Membership) -> str:
    """Bob has turned on codes from an app; this is what the app keeps."""
    browser = Client()
    ask("Bob", browser=browser)
    show_again(browser)
    shown = browser.get("/account/2fa/totp/activate/").context["form"].secret
    answer = browser.post("/account/2fa/totp/activate/", {"code": code(shown)})
    assert answer.status_code == 302
    cache.clear()  # a code counts once; the tests sign in within the same 30 seconds
    return str(shown)


def test_with_an_app_the_password_alone_does_not_let_in(secret: str) -> None:
    browser = Client()
    assert ask("Bob", browser=browser)["location"] == "/account/2fa/authenticate/"
    assert browser.get("/w/nordpost/people/").status_code == 302
    assert not is_in(browser)


def test_the_code_of_the_app_lets_in_once(secret: str) -> None:
    browser, thief = Client(), Client()
    right = code(secret)
    for one in (browser, thief):
        ask("Bob", browser=one)
    assert browser.post("/account/2fa/authenticate/", {"code": right})["location"] == "/"
    assert is_in(browser)
    thief.post("/account/2fa/authenticate/", {"code": right})
    assert not is_in(thief)


def test_a_wrong_code_does_not_let_in(secret: str) -> None:
    browser = Client()
    ask("Bob", browser=browser)
    wrong = f"{(int(code(secret)) + 1) % 1_000_000:06d}"
    assert browser.post("/account/2fa/authenticate/", {"code": wrong}).status_code == 200
    assert not is_in(browser)


def test_a_wrong_code_does_not_turn_the_app_on(bob: Membership) -> None:
    browser = Client()
    ask("Bob", browser=browser)
    show_again(browser)
    browser.get("/account/2fa/totp/activate/")
    browser.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert not Authenticator.objects.exists()


def test_how_one_signs_in_changes_only_after_showing_that_it_is_oneself(
    bob: Membership, sign_in: SignIn
) -> None:
    browser = sign_in(bob)
    asked = browser.get("/account/2fa/totp/activate/", follow=True)
    assert b"Is it still you?" in asked.content
    assert (
        b"This is not your password"
        in browser.post("/account/reauthenticate/", {"password": "wrong"}).content
    )
    assert browser.post("/account/2fa/totp/activate/", {"code": "000000"}).status_code == 302
    assert not Authenticator.objects.exists()


def test_a_spare_code_lets_in_once(secret: str, bob: Membership) -> None:
    kept = Authenticator.objects.get(user=bob.user, type=Authenticator.Type.RECOVERY_CODES)
    spare = kept.wrap().get_unused_codes()[0]
    for expected in (True, False):
        browser = Client()
        ask("Bob", browser=browser)
        browser.post("/account/2fa/authenticate/", {"code": spare})
        assert is_in(browser) is expected


def test_the_secret_of_the_app_is_kept_locked(secret: str) -> None:
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)
    assert kept.wrap().validate_code(code(secret))


@pytest.mark.parametrize(
    "path",
    [
        "/me/",
        "/account/password/change/",
        "/account/2fa/",
        "/account/2fa/totp/activate/",
        "/account/2fa/webauthn/",
        "/account/2fa/webauthn/add/",
        "/account/2fa/recovery-codes/generate/",
        "/account/reauthenticate/",
        "/account/email/",
        "/account/logout/",
    ],
)
def test_every_page_of_sign_in_is_drawn_in_our_frame(path: str, secret: str, bob: Membership) -> None:
    browser = Client()
    ask("Bob", browser=browser)
    browser.post("/account/2fa/authenticate/", {"code": code(secret)})
    show_again(browser)
    answer = browser.get(path, follow=True)
    assert answer.status_code == 200
    assert b'<div class="bare">' in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/account/login/", "/account/password/reset/", "/account/password/reset/done/"]
)
def test_signed_out_pages_are_drawn_in_our_frame(path: str) -> None:
    assert b'<div class="bare">' in Client().get(path).content
