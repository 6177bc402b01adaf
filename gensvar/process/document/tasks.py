"""The doorbell for pictures: one visit of the browser, outside any transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.tasks import task
from django.utils import translation

from gensvar.engine import leases
from gensvar.engine.doorbell import Bell
from gensvar.kernel.clock import now
from gensvar.process.document import actions, browser, card, files, rules
from gensvar.process.document.crash_points import BEFORE_PICTURE, FILE_WRITTEN
from gensvar.process.document.models import Capture
from gensvar.process.listen.models import Revision


@task(queue_name="captures")
def take_picture(pk: int) -> None:
    """Take the picture for one capture: of the page, or else of a card drawn from the record."""
    capture = leases.take(Capture, pk, at=now(), lasting=rules.LEASE)
    if capture is None:
        return
    with translation.override(capture.case.workspace.language):
        _take(capture)


@dataclass
class Look:
    """Sees a browser come, at the worker's start or later, and takes up again what was given up without one."""

    is_there: bool = False

    def __call__(self, at: datetime) -> None:
        """Look now; costs a few looks at the PATH."""
        was_there, self.is_there = self.is_there, browser.find() is not None
        if self.is_there and not was_there:
            actions.try_again(at=at)


BELL = Bell(Capture, take_picture, Look())


def _take(capture: Capture) -> None:
    BEFORE_PICTURE.pass_by()
    # All that the card shows is read here: while the browser works, the database is out of reach.
    rows = Revision.objects.select_related("mention__workspace", "mention__channel")
    revision = rows.get(pk=capture.revision_id)
    try:
        picture = browser.take(revision.mention.url, revision.text, lambda why: card.draw(revision, why=why))
        name = files.name(capture)
        sha256 = files.write(name, picture.png)
    except (browser.NoBrowser, files.NotWritten) as error:
        again_at = rules.again_at(capture.attempts, now())
        actions.picture_missing(capture, why=str(error), again_at=again_at, at=now())
        return
    FILE_WRITTEN.pass_by()
    kept = actions.picture_taken(
        capture,
        path=name,
        sha256=sha256,
        of=picture.of,
        browser=picture.browser,
        why=picture.why,
        at=now(),
    )
    if kept:
        files.keep_only(name)
    else:
        files.remove(name)
