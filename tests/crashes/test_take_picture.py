"""Killed while keeping evidence: the record was safe all along, and afterwards there is one whole picture."""

import contextlib
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from gensvar.kernel.clock import now
from gensvar.people.models import Workspace
from gensvar.process.case.models import Fact
from gensvar.process.document import files, queries
from gensvar.process.document.crash_points import ALL, FILE_WRITTEN
from gensvar.process.document.models import Capture
from tests import hearing
from tests.crashes.conftest import later
from tests.crashes.processes import WAIT, killed, run, start
from tests.document.conftest import Web, needs_browser, web

__all__ = ["web"]

pytestmark = [pytest.mark.django_db(transaction=True), needs_browser]


@pytest.fixture(autouse=True)
def empty_folder() -> None:
    """Rows are numbered from one again in each of these tests; their files must not meet."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture
def capture(nordpost: Workspace) -> Capture:
    """A capture whose picture is due."""
    at = now()
    hearing.case(hearing.channel(nordpost, at), "Paketet kom aldrig fram.", at)
    return Capture.objects.get()


@pytest.mark.parametrize("point", ALL, ids=lambda point: point.name)
def test_after_a_restart_there_is_one_whole_picture(point: object, capture: Capture) -> None:
    killed("picture", str(capture.pk), crash_at=point.name)  # type: ignore[attr-defined]
    capture.refresh_from_db()
    assert (capture.state, capture.picture) == ("due", "")
    assert queries.unchanged(capture).record
    left = files.path(files.name(capture))
    assert left.exists() == (point is FILE_WRITTEN)

    later(capture)
    run("restart", "captures")
    capture.refresh_from_db()
    assert (capture.state, capture.due_at, capture.lease_until) == ("kept", None, None)
    assert queries.unchanged(capture) == queries.Unchanged(record=True, picture=True)
    assert Fact.objects.filter(name="evidence.kept").count() == 1
    folder = files.path(capture.picture).parent
    assert [each.name for each in folder.iterdir()] == [Path(capture.picture).name]
    assert not left.exists()
    assert folder.is_relative_to(settings.MEDIA_ROOT)


def test_a_worker_that_is_killed_leaves_no_browser_behind(
    nordpost: Workspace, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = web.page("/loop", "<p>Paketet</p><script>for(;;);</script>")
    hearing.case(hearing.channel(nordpost, now()), "Paketet kom aldrig fram.", now(), url=url)
    worker = start("picture", str(Capture.objects.get().pk))
    assert until(lambda: "/loop" in web.asked and len(descendants(worker.pid)) > 3)
    browser = descendants(worker.pid)
    worker.kill()
    worker.communicate(timeout=WAIT)
    assert until(lambda: not any(is_alive(each) for each in browser))


def until(holds: Callable[[], bool]) -> bool:
    """Whether it comes to hold within a while."""
    end = time.monotonic() + WAIT / 2
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


def descendants(pid: int) -> list[int]:
    """The processes below `pid`, as /proc lists them."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *descendants(child)]
    return found


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
