"""Evidence as the desk reads it, and whether it is still what it was."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gensvar.process.case.models import Case
from gensvar.process.document import files
from gensvar.process.document.models import Capture


@dataclass(frozen=True, slots=True)
class Evidence:
    """One wording as kept; `sentence` says in words what there is and what is missing."""

    capture: Capture
    sentence: str

    @property
    def picture(self) -> str:
        """The picture's path below MEDIA_ROOT, "" when there is none."""
        return self.capture.picture


def evidence(case: Case) -> list[Evidence]:
    """What was kept in this case, oldest wording first."""
    rows = case.captures.select_related("revision__mention").order_by("kept_at", "pk")
    return [Evidence(row, sentence(row)) for row in rows.defer("revision__raw")]


def sentence(capture: Capture) -> str:
    """How far the keeping of this capture got, for people."""
    if capture.state == Capture.State.DUE:
        return _("The record is kept. A picture is being taken.")
    if capture.state == Capture.State.NO_PICTURE:
        return capture.why or _("The record is kept. There is no picture.")
    if capture.picture_of == "page":
        said = _("The record is kept, with a picture of the page.")
    else:
        said = _("The record is kept, with a picture drawn from it.")
    return f"{said} {capture.why}".strip()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Whether record and picture are still what they were; `picture` is None where there is none."""

    record: bool
    picture: bool | None

    def __bool__(self) -> bool:
        return self.record and self.picture is not False


def unchanged(capture: Capture) -> Unchanged:
    """Read record and picture again, and compare their SHA-256 with what was written down."""
    raw = bytes(capture.revision.raw)
    picture = files.digest(capture.picture) == capture.picture_sha256 if capture.picture else None
    return Unchanged(hashlib.sha256(raw).hexdigest() == capture.sha256, picture)
