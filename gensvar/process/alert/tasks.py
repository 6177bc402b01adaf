"""The doorbell for alerts: take the lease, make the one call, hand its answer to an action."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.tasks import task

from gensvar.connectors.contract import ConnectorError, Refused, TryLater, Unsure
from gensvar.engine import leases
from gensvar.engine.doorbell import Bell
from gensvar.kernel import secrets
from gensvar.kernel.clock import now
from gensvar.people import mail
from gensvar.process.alert import actions, rules
from gensvar.process.alert.crash_points import AFTER_CALL, BEFORE_CALL, CALL_BEGUN
from gensvar.process.alert.models import Dispatch
from gensvar.process.alert.states import Way

log = logging.getLogger(__name__)


@task(queue_name="alerts")
def send(pk: int) -> None:
    """Send one dispatch, at most once."""
    dispatch = leases.take(Dispatch, pk, at=now(), lasting=rules.LEASE)
    if dispatch is None:
        return
    ready = actions.prepare(dispatch, at=now())
    if ready is None:
        return
    BEFORE_CALL.pass_by()
    if actions.sending(ready):
        CALL_BEGUN.pass_by()
        _call(ready)


BELL = Bell(Dispatch, send)


def _call(dispatch: Dispatch) -> None:
    try:
        _hand_over(dispatch)
    except TryLater as error:
        actions.was_delayed(dispatch, error.why, error.after, at=now())
    except Refused as error:
        actions.was_refused(dispatch, error.why, at=now())
    except secrets.LostKey as error:
        actions.was_refused(dispatch, f"{error} Add the address again.", at=now())
    except Unsure as error:
        actions.is_unsure(dispatch, error.why)
    except ConnectorError as error:
        log.warning("Dispatch %s: %s", dispatch.pk, error.why)
        actions.is_unsure(dispatch, error.why)
    else:
        AFTER_CALL.pass_by()
        actions.was_sent(dispatch, at=now())


def _hand_over(dispatch: Dispatch) -> None:
    route = dispatch.route
    if route is None:
        raise Refused(actions.REMOVED)
    address = secrets.unlock(route.locked, settings.SECRET_KEY)
    if route.way == Way.MAIL:
        mail.deliver(_message(dispatch, address))
        return
    from gensvar.process.alert import chat  # apprise and what it brings are for the worker alone

    if route.way == Way.SMS:
        chat.send_sms(address, dispatch.frozen_text)
    else:
        chat.send_chat(address, dispatch.frozen_text)


def _message(dispatch: Dispatch, address: str) -> EmailMessage:
    headers = {"Message-ID": dispatch.key, "Auto-Submitted": "auto-generated"}
    return EmailMessage(dispatch.subject, dispatch.frozen_text, to=[address], headers=headers)
