"""Mails about people: plain text, sent by whoever stands at the edge, never inside a transaction."""

import logging
import smtplib

from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from gensvar.people.models import Invitation

log = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, url: str) -> bool:
    """Mail the link to the invited person, in the language of the workspace; whether a server took it."""
    with translation.override(invitation.workspace.language):
        message = _invitation(invitation, url)
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        log.warning("The invitation %s was not mailed: %s", invitation.pk, error)
        return False
    return True


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
