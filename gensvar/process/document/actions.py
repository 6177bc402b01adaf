"""Keeping evidence: a capture for every wording, and what became of its picture."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gensvar.engine import leases
from gensvar.people.actor import Actor, machine
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record
from gensvar.process.case.models import Case
from gensvar.process.document import rules
from gensvar.process.document.models import Capture
from gensvar.process.listen.models import Revision


@transaction.atomic
def capture(mention_ids: Sequence[int], *, by: Actor, at: datetime) -> list[Capture]:
    """Make evidence of every wording of these mentions that is not evidence yet; pictures become due."""
    rows = Revision.objects.filter(
        mention__in=mention_ids, capture=None, mention__case__isnull=False
    ).select_related("mention__case")
    return Capture.objects.bulk_create(_capture(row, at) for row in rows)


def _capture(row: Revision, at: datetime) -> Capture:
    assert row.mention.case is not None  # the query leaves the others out
    return Capture(
        case=row.mention.case,
        revision=row,
        sha256=row.sha256,
        kept_at=row.received_at,
        due_at=at,
        rung_at=at,
    )


@transaction.atomic
def picture_taken(
    capture: Capture, *, path: str, sha256: str, of: str, browser: str, why: str, at: datetime
) -> bool:
    """Note the picture: its file, its SHA-256, and whether it shows the `page` or the `record`.

    False when another worker has taken the capture over: its picture counts, and this file is of no use.
    """
    kept = leases.finish(
        capture,
        state=Capture.State.KEPT,
        picture=path,
        picture_sha256=sha256,
        picture_of=of,
        browser=browser,
        why=why,
        pictured_at=at,
    )
    if kept:
        _tell(capture, Happened.EVIDENCE_KEPT, at, {"picture_of": of})
    return kept


@transaction.atomic
def picture_missing(capture: Capture, *, why: str, again_at: datetime | None, at: datetime) -> None:
    """Note why there is no picture; it is tried again at `again_at`, or not at all (None)."""
    is_news = capture.why != why
    ours = leases.finish(capture, state=Capture.State.NO_PICTURE, why=why, due_at=again_at)
    if ours and is_news:
        _tell(capture, Happened.PICTURE_MISSING, at, {"why": why})


@transaction.atomic
def try_again(*, at: datetime) -> int:
    """There is a browser now: what was given up without a picture is due again; how many."""
    given_up = Capture.objects.filter(
        state=Capture.State.NO_PICTURE, due_at=None, lease_until=None, attempts__gt=len(rules.WAITS)
    )
    return given_up.update(due_at=at, rung_at=None, attempts=0)


def _tell(capture: Capture, fact: Happened, at: datetime, data: dict[str, str]) -> None:
    case: Case = capture.case
    record(fact, by=machine(case.workspace_id), at=at, case=case, data={"capture": capture.pk, **data})
