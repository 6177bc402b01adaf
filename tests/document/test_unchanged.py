"""Whether evidence is still what it was."""

import pytest
from pytest_django.fixtures import Settings

from gensvar.kernel.clock import now
from gensvar.process.document import actions, files, queries
from gensvar.process.document.models import Capture
from gensvar.process.listen.models import Revision
from tests.document.conftest import Evidence


@pytest.fixture
def kept(evidence: Evidence) -> Capture:
    """A capture with a picture on the disk."""
    capture = evidence()
    name = files.name(capture)
    sha256 = files.write(name, b"\x89PNG a picture")
    actions.picture_taken(capture, path=name, sha256=sha256, of="record", browser="b", why="", at=now())
    return capture


def test_evidence_nobody_touched_is_unchanged(kept: Capture) -> None:
    assert queries.unchanged(kept) == queries.Unchanged(record=True, picture=True)


def test_a_changed_picture_is_noticed(kept: Capture) -> None:
    files.path(kept.picture).write_bytes(b"\x89PNG another picture")
    assert queries.unchanged(kept) == queries.Unchanged(record=True, picture=False)
    assert not queries.unchanged(kept)


def test_a_lost_picture_is_noticed(kept: Capture) -> None:
    files.path(kept.picture).unlink()
    assert queries.unchanged(kept).picture is False


def test_a_changed_record_is_noticed(kept: Capture) -> None:
    Revision.objects.filter(pk=kept.revision_id).update(raw=b"something else")
    assert queries.unchanged(Capture.objects.get()).record is False


def test_a_changed_record_with_its_digest_is_noticed_by_the_capture(kept: Capture) -> None:
    import hashlib

    forged = b"something else"
    Revision.objects.filter(pk=kept.revision_id).update(raw=forged, sha256=hashlib.sha256(forged).hexdigest())
    assert queries.unchanged(Capture.objects.get()).record is False


def test_no_picture_is_no_change(evidence: Evidence, settings: Settings) -> None:
    capture = evidence()
    assert queries.unchanged(capture) == queries.Unchanged(record=True, picture=None)
    assert queries.unchanged(capture)


def test_the_folder_of_a_workspace_is_its_own(kept: Capture) -> None:
    assert kept.picture == f"evidence/{kept.case.workspace_id}/{kept.pk}-0.png"
