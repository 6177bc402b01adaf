"""When there can be no picture: the case says why and what to do, the record is safe, and it is tried again."""

import contextlib
import os
import resource
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from gensvar.engine.sweep import sweep
from gensvar.kernel.clock import now
from gensvar.process.case import queries as cases
from gensvar.process.document import actions, browser, files, queries
from gensvar.process.document.models import Capture
from gensvar.process.document.tasks import BELL, Look, take_picture
from tests.document.conftest import Evidence, needs_browser


def tried(capture: Capture) -> Capture:
    take_picture.call(capture.pk)
    capture.refresh_from_db()
    return capture


@pytest.mark.usefixtures("no_browser")
def test_without_chromium_the_case_says_what_to_install(evidence: Evidence) -> None:
    capture = tried(evidence())
    assert capture.state == "no_picture"
    assert "apt-get install chromium" in queries.evidence(capture.case)[0].sentence
    last = cases.journal(capture.case)[-1]
    assert (last.name, last.data["why"]) == ("evidence.picture_missing", capture.why)


@pytest.mark.usefixtures("no_browser")
def test_without_chromium_it_is_tried_again_later(evidence: Evidence) -> None:
    capture = tried(evidence())
    assert capture.due_at is not None
    assert timedelta(seconds=15) < capture.due_at - now() <= timedelta(seconds=20)
    assert capture.lease_until is None


@pytest.mark.usefixtures("no_browser")
def test_the_same_reason_is_told_once(evidence: Evidence) -> None:
    capture = tried(evidence())
    Capture.objects.filter(pk=capture.pk).update(due_at=now())
    assert tried(capture).attempts == 2
    told = [fact for fact in cases.journal(capture.case) if fact.name == "evidence.picture_missing"]
    assert len(told) == 1


@needs_browser
def test_a_browser_that_came_later_takes_the_picture(evidence: Evidence) -> None:
    capture = evidence()
    actions.picture_missing(capture, why="There is no Chromium.", again_at=now(), at=now())
    assert tried(capture).state == "kept"


@pytest.fixture
def given_up(evidence: Evidence, no_browser: None) -> Capture:
    """A capture that was tried as often as is enough, on a machine without a browser."""
    capture = evidence()
    while capture.due_at is not None:
        Capture.objects.filter(pk=capture.pk).update(due_at=now())
        capture = tried(capture)
    return capture


def test_what_was_given_up_is_due_again_when_a_browser_comes(
    given_up: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, at = Look(), now()
    look(at)
    given_up.refresh_from_db()
    assert given_up.due_at is None
    monkeypatch.setenv("GENSVAR_CHROMIUM", "/bin/sh")
    look(at)
    given_up.refresh_from_db()
    assert given_up.attempts == 0
    assert given_up.due_at == at


def test_a_browser_that_stays_is_news_once(given_up: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENSVAR_CHROMIUM", "/bin/sh")
    look = Look()
    look(now())
    Capture.objects.update(due_at=None, attempts=99)
    look(now())
    assert Capture.objects.get().due_at is None


def test_what_never_had_a_try_or_has_one_left_is_left_alone(evidence: Evidence) -> None:
    capture, at = evidence(), now()
    actions.picture_missing(capture, why="No page.", again_at=None, at=at)
    assert actions.try_again(at=at) == 0


def test_the_sweep_looks(given_up: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENSVAR_CHROMIUM", "/bin/sh")
    monkeypatch.setattr(BELL.look, "is_there", False)
    sweep(now())
    given_up.refresh_from_db()
    assert given_up.due_at is not None


def test_a_browser_that_does_not_start_is_named(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setenv("GENSVAR_CHROMIUM", str(broken))
    capture = tried(evidence())
    assert capture.state == "no_picture"
    assert str(broken) in capture.why


def test_a_setting_that_names_no_browser_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENSVAR_CHROMIUM", "/nowhere/chromium")
    assert browser.find() is None
    assert "GENSVAR_CHROMIUM" in browser.missing()


@pytest.fixture
def full_disk(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A disk of 16 KB for the pictures; needs the right to mount."""
    place = tmp_path / "full"
    place.mkdir()
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(place)], capture_output=True, check=False
        ).returncode
    )
    if not mounted:
        pytest.skip("a full disk is made with mount, which needs root")
    settings.MEDIA_ROOT = place
    yield place
    subprocess.run(["umount", str(place)], check=True)


@needs_browser
def test_a_full_disk_is_said_and_leaves_no_half_file(evidence: Evidence, full_disk: Path) -> None:
    capture = tried(evidence())
    assert capture.state == "no_picture"
    assert "is full" in capture.why
    assert str(full_disk) in capture.why
    assert [each for each in full_disk.rglob("*") if each.is_file()] == []
    assert capture.due_at is not None


@needs_browser
def test_after_space_was_made_the_picture_is_taken(evidence: Evidence, full_disk: Path) -> None:
    capture = tried(evidence())
    subprocess.run(["mount", "-o", "remount,size=4m", str(full_disk)], check=True)
    Capture.objects.filter(pk=capture.pk).update(due_at=now())
    capture = tried(capture)
    assert (capture.state, capture.why) == ("kept", "")
    assert queries.unchanged(capture)


@contextlib.contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let this process write no file beyond `size` bytes, as on a disk that fills up while writing."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_that_stops_half_way_is_not_left_behind(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    files.write("evidence/1/1.png", b"whole")
    with largest_file(10_000), pytest.raises(files.NotWritten, match="is full"):
        files.write("evidence/1/1.png", b"x" * 50_000)
    assert [each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()] == [b"whole"]


def test_a_picture_never_lands_outside_its_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    with pytest.raises(ValueError, match="outside"):
        files.write("../elsewhere.png", b"x")
