"""Killed while keeping evidence: the record was safe all along, and afterwards there is one whole picture."""

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
from tests.crashes.processes import killed, run
from tests.document.conftest import needs_browser

pytestmark = [pytest.mark.django_db(transaction=True), needs_browser]


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
    assert files.path(files.name(capture)).exists() == (point is FILE_WRITTEN)

    later(capture)
    run("restart", "captures")
    capture.refresh_from_db()
    assert (capture.state, capture.due_at, capture.lease_until) == ("kept", None, None)
    assert queries.unchanged(capture) == queries.Unchanged(record=True, picture=True)
    assert Fact.objects.filter(name="evidence.kept").count() == 1
    folder = files.path(capture.picture).parent
    assert [each.name for each in folder.iterdir()] == [Path(capture.picture).name]
    assert folder.is_relative_to(settings.MEDIA_ROOT)
