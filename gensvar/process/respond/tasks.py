"""The doorbell for replies: take the lease, make the one call, hand its answer to an action."""

import logging

from asgiref.sync import async_to_sync
from django.tasks import task
from django.utils import translation
from django.utils.translation import gettext as _

from gensvar.connectors import registry
from gensvar.connectors.contract import ConnectorError, Outgoing, Refused, Reply, TryLater
from gensvar.engine import leases
from gensvar.engine.doorbell import Bell
from gensvar.kernel.clock import now
from gensvar.kernel.secrets import LostKey
from gensvar.people.language import said
from gensvar.process.listen.actions import account
from gensvar.process.respond import actions, models, rules
from gensvar.process.respond.crash_points import AFTER_CALL, BEFORE_CALL
from gensvar.process.respond.states import State

log = logging.getLogger(__name__)


@task(queue_name="default")
def send_reply(pk: int) -> None:
    """Send one approved reply, exactly once."""
    reply = leases.take(models.Reply, pk, at=now(), lasting=rules.LEASE)
    if reply is None:
        return
    with translation.override(reply.case.workspace.language):  # what is kept is kept in one language
        _send(reply)


BELL = Bell(models.Reply, send_reply)


def _send(reply: models.Reply) -> None:
    can = registry.get(reply.channel.connector).reply
    if not isinstance(can, Reply):
        return
    if reply.state == State.SENDING.value and not rules.may_send_again(can.once):
        actions.is_unsure(reply, _("The desk stopped while this was being sent."), at=now())
        return
    if actions.sending(reply):
        _call(reply, can)


def _call(reply: models.Reply, can: Reply) -> None:
    BEFORE_CALL.pass_by()
    try:
        sent = async_to_sync(can.send)(account(reply.channel), outgoing(reply))
    except TryLater as error:
        actions.was_delayed(reply, said(error.why), error.after, at=now())
    except Refused as error:
        actions.was_refused(reply, said(error.why), at=now())
    except LostKey as error:
        actions.was_refused(reply, _("%(why)s Connect the channel again.") % {"why": error}, at=now())
    except ConnectorError as error:
        _no_answer(reply, can, error)
    else:
        AFTER_CALL.pass_by()
        actions.was_sent(reply, sent, at=now())


def _no_answer(reply: models.Reply, can: Reply, error: ConnectorError) -> None:
    log.warning("Reply %s: %s", reply.pk, error.why)
    if rules.may_send_again(can.once):
        actions.was_delayed(reply, said(error.why), None, at=now())
    else:
        actions.is_unsure(reply, said(error.why), at=now())


def outgoing(reply: models.Reply) -> Outgoing:
    """The reply as frozen at approval, in the connector's words."""
    mention = reply.mention
    assert reply.frozen_at is not None  # a constraint of the table holds this
    return Outgoing(
        text=reply.frozen_text,
        created_at=reply.frozen_at,
        key=reply.key,
        language=reply.language,
        parent_id=mention.native_id,
        parent_revision=mention.revision,
        root_id=mention.root_id,
        root_revision=mention.root_revision,
    )
