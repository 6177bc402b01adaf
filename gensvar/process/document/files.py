"""Pictures on the disk: whole or not at all, each below the folder of its workspace."""

import contextlib
import errno
import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from gensvar.process.document.models import Capture

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class NotWritten(Exception):
    """The picture could not be put on the disk; the message is a sentence for people."""


def name(capture: Capture) -> str:
    """Where the picture of this attempt lies, below MEDIA_ROOT; a late attempt writes over nobody's."""
    return f"evidence/{capture.case.workspace_id}/{capture.pk}-{capture.attempts}.png"


def remove(name: str) -> None:
    """Take away a file that no row names."""
    path(name).unlink(missing_ok=True)


def keep_only(name: str) -> None:
    """Take away what earlier attempts at this picture left behind."""
    kept = path(name)
    for other in kept.parent.glob(f"{kept.stem.split('-')[0]}-*.png"):
        if other != kept:
            other.unlink(missing_ok=True)


def write(name: str, content: bytes) -> str:
    """Put `content` at `name` in one step, on the disk and not only on its way there; its SHA-256."""
    place = path(name)
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(place, content)
    except OSError as error:
        raise NotWritten(_sentence(error, place.parent)) from error
    return hashlib.sha256(content).hexdigest()


def _write(place: Path, content: bytes) -> None:
    """A file beside it, forced to the disk, then renamed; and the rename forced to the disk too."""
    handle, beside = tempfile.mkstemp(prefix=".", suffix=".part", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, place)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(beside)
        raise
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def digest(name: str) -> str:
    """The SHA-256 of the file at `name`, "" when it is not there."""
    try:
        with path(name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def path(name: str) -> Path:
    """The file at `name`; ValueError when that would lie outside the folder of pictures."""
    root = Path(settings.MEDIA_ROOT).resolve()
    place = (root / name).resolve()
    if not place.is_relative_to(root):
        raise ValueError(f"{name} lies outside the folder of pictures")
    return place


def _sentence(error: OSError, folder: Path) -> str:
    if error.errno in _FULL:
        return _(
            "The disk that holds %(folder)s is full. The record itself is safe in the database. "
            "Free some space; the picture is taken again by itself."
        ) % {"folder": folder}
    return _(
        "The picture could not be written to %(folder)s (%(reason)s). The record itself is safe in the "
        "database. Give the desk the right to write there; the picture is taken again by itself."
    ) % {"folder": folder, "reason": error.strerror or type(error).__name__}
