"""The doorbell for pictures: one visit of the browser, outside any transaction."""

from django.tasks import task

from gensvar.engine import leases
from gensvar.engine.doorbell import Bell
from gensvar.kernel.clock import now
from gensvar.process.document import actions, rules
from gensvar.process.document.models import Capture


@task(queue_name="captures")
def take_picture(pk: int) -> None:
    """Take the picture for one capture."""
    capture = leases.take(Capture, pk, at=now(), lasting=rules.LEASE)
    if capture is None:
        return
    actions.picture_missing(capture, why="", again_at=None, at=now())


BELL = Bell(Capture, take_picture)
