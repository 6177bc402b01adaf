"""The doorbell for threads: load what stands around a mention, and who wrote it."""

from datetime import timedelta

from asgiref.sync import async_to_sync
from django.tasks import task

from gensvar.connectors import registry
from gensvar.connectors.contract import ConnectorError, Refused
from gensvar.engine import leases
from gensvar.engine.doorbell import Bell
from gensvar.kernel.clock import now
from gensvar.kernel.secrets import LostKey
from gensvar.process.listen import actions
from gensvar.process.listen.models import ThreadLoad

LEASE = timedelta(seconds=45)
AGAIN = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=5))


@task(queue_name="polls")
def load_thread(pk: int) -> None:
    """Load the thread around one mention; a failure is tried again a few times, then said."""
    load = leases.take(ThreadLoad, pk, at=now(), lasting=LEASE)
    if load is None:
        return
    can = registry.get(load.mention.channel.connector).thread
    if can is None:
        actions.thread_failed(load, "", None)
        return
    try:
        view = async_to_sync(can.load)(actions.account(load.mention.channel), load.mention.native_id)
    except Refused as error:
        actions.thread_failed(load, error.why, None)
    except LostKey as error:
        actions.thread_failed(load, str(error), None)
    except ConnectorError as error:
        waits = AGAIN[load.attempts - 1] if load.attempts <= len(AGAIN) else None
        actions.thread_failed(load, error.why, now() + waits if waits else None)
    else:
        actions.keep_thread(load, view.posts, at=now())


BELL = Bell(ThreadLoad, load_thread)
