"""Two workers at one picture, the first of them late: the newer picture counts, and no file is left over."""

from pathlib import Path

import pytest

from gensvar.engine import leases
from gensvar.process.document import actions, browser, files, queries
from gensvar.process.document.models import Capture
from gensvar.process.document.rules import LEASE
from gensvar.process.document.tasks import take_picture
from tests.document.conftest import Evidence


def taken(capture: Capture, *, after: int) -> Capture:
    assert capture.due_at is not None
    held = leases.take(Capture, capture.pk, at=capture.due_at + after * LEASE, lasting=LEASE)
    assert held is not None
    return held


def keep(capture: Capture, content: bytes) -> bool:
    assert capture.lease_until is not None
    name = files.name(capture)
    sha256 = files.write(name, content)
    return actions.picture_taken(
        capture, path=name, sha256=sha256, of="page", browser="b", why="", at=capture.lease_until
    )


def test_a_late_picture_does_not_replace_a_newer_one(evidence: Evidence) -> None:
    capture = evidence()
    late, newer = taken(capture, after=0), taken(capture, after=1)
    assert keep(newer, b"\x89PNG the newer one")
    assert not keep(late, b"\x89PNG a late one")
    kept = Capture.objects.get()
    assert queries.unchanged(kept) == queries.Unchanged(record=True, picture=True)
    assert kept.case.facts.filter(name="evidence.kept").count() == 1


def test_a_late_failure_does_not_take_a_picture_away(evidence: Evidence) -> None:
    capture = evidence()
    late, newer = taken(capture, after=0), taken(capture, after=1)
    keep(newer, b"\x89PNG")
    assert late.lease_until is not None
    actions.picture_missing(late, why="The disk is full.", again_at=late.lease_until, at=late.lease_until)
    kept = Capture.objects.get()
    assert (kept.state, kept.why, kept.due_at) == ("kept", "", None)
    assert not kept.case.facts.filter(name="evidence.picture_missing").exists()


def test_a_late_worker_leaves_no_file(evidence: Evidence, monkeypatch: pytest.MonkeyPatch) -> None:
    capture = evidence()
    newest: list[Path] = []

    def slow(url: str, words: str, card: object) -> browser.Picture:
        held = taken(capture, after=2)
        assert keep(held, b"\x89PNG by another")
        newest.append(files.path(files.name(held)))
        return browser.Picture(b"\x89PNG late", "record", "b", "")

    monkeypatch.setattr(browser, "take", slow)
    take_picture.call(capture.pk)
    assert list(newest[0].parent.glob(f"{capture.pk}-*")) == newest
    assert newest[0].read_bytes() == b"\x89PNG by another"
