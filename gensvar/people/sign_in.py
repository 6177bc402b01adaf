"""How people sign in: allauth's flows with our rules; nobody signs up without set-up or an invitation."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from gensvar.kernel import secrets
from gensvar.people.models import User
from gensvar.people.rules import sign_in_name

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WRONG = _("This name and password do not belong together. Nothing was changed; try again.")
SILENT = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})
"""What one sees anyway needs no message."""


class Adapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth carries no types
    """Nobody signs up by himself: set-up and invitations are the ways in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "incorrect_password": _("This is not your password. Nothing was changed; try again."),
        "too_many_login_attempts": _(
            "Too many wrong passwords from here. Nothing was changed; wait five minutes and try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see `people.actions.set_up` and `accept_as_new`."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Whether `url` stays on the very host that was asked."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Compare the name as `sign_in_name` writes it, so that case and spacing do not matter."""
        if name := credentials.get("username"):
            credentials["username"] = sign_in_name(name)
        user: User | None = super().authenticate(request, **credentials)
        return user

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Remember the person's language in this browser, for pages that belong to no one."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        keep_language(response, user)
        return response

    def add_message(
        self, request: HttpRequest, level: int, message_template: str = "", *args: Any, **kw: Any
    ) -> None:
        """Say only what the person would not see otherwise."""
        if message_template not in SILENT:
            super().add_message(request, level, message_template, *args, **kw)


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc] # allauth carries no types
    """Keeps the secrets of authenticator apps locked with the desk's key."""

    def encrypt(self, text: str) -> str:
        """`text` as the database keeps it."""
        return secrets.lock(text, str(settings.SECRET_KEY))

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` was given."""
        return secrets.unlock(encrypted_text, str(settings.SECRET_KEY))


def sign_in(request: HttpRequest, user: User) -> None:
    """Sign in someone who has just chosen a password, as if they had typed it."""
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="password", username=user.username)


def keep_language(response: HttpResponse, user: User) -> None:
    """Let pages without a signed-in person speak this person's language in this browser."""
    if user.language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
