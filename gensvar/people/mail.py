"""Mails to people: plain text, sent by whoever stands at the edge, never inside a transaction."""

import contextlib
import logging
import smtplib

from django.core.mail import EmailMessage, mailers
from django.utils import translation
from django.utils.translation import gettext as _

from gensvar.connectors.contract import ConnectorError, Refused, TryLater, Unsure
from gensvar.people.models import Invitation

log = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, url: str) -> bool:
    """Mail the link to the invited person, in the language of the workspace; whether a server took it."""
    with translation.override(invitation.workspace.language):
        message = _invitation(invitation, url)
    try:
        deliver(message)
    except ConnectorError as error:
        log.warning("The invitation %s was not mailed: %s", invitation.pk, error)
        return False
    return True


def deliver(message: EmailMessage) -> None:
    """Hand one mail to the mail server, once.

    Raises TryLater (nothing was sent), Refused (and never will be), or Unsure (the server fell silent
    while it had the mail).
    """
    server = mailers.default
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as error:
        raise TryLater(f"The mail server cannot be reached: {error}") from error
    try:
        server.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _refusal(code, said) from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unsure(f"The mail server fell silent: {error}") from error
    except ValueError as error:  # a line break in a header, or an address that is none
        raise Refused(f"This mail cannot be written: {error}") from error
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):  # what it took stays taken
            server.close()


def _refusal(code: int, said: bytes | str) -> ConnectorError:
    """An answer of the mail server: 4xx asks to come again, 5xx is final (RFC 5321, 4.2.1)."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    why = f"The mail server says: {code} {words[:200]}"
    return TryLater(why) if 400 <= code < 500 else Refused(why)


def _invitation(invitation: Invitation, url: str) -> EmailMessage:
    words = {"who": invitation.invited_by.name, "workspace": invitation.workspace.name, "url": url}
    subject = _("%(who)s invites you to %(workspace)s") % words
    body = (
        _(
            "%(who)s invites you to answer people at %(workspace)s.\n\n"
            "Open this link and choose a name and a password:\n%(url)s\n\n"
            "It works once, for seven days. If you do not know %(who)s, do nothing.\n"
        )
        % words
    )
    return EmailMessage(" ".join(subject.split()), body, to=[invitation.email])
