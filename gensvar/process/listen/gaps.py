"""Gaps as work: noticed, tried again, or left open; filling them page by page is in `fill`."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gensvar.connectors import contract
from gensvar.engine import leases
from gensvar.people.actor import machine
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record
from gensvar.process.listen.models import Channel, Gap, Source


@transaction.atomic
def notice(source: Source, channels: Iterable[Channel], missed: contract.Gap, *, at: datetime) -> int:
    """Keep a gap as due work and tell every workspace that hears this source; the number of new gaps."""
    gap, is_new = Gap.objects.get_or_create(
        source=source,
        until=missed.until,
        defaults={
            "since": missed.since,
            "why": missed.why,
            "noticed_at": at,
            "due_at": at,
            "rung_at": at,
        },
    )
    if is_new:
        _tell(Happened.GAP_NOTICED, gap, channels, at)
    return int(is_new)


@transaction.atomic
def was_filled(gap: Gap, channels: Iterable[Channel], *, at: datetime) -> None:
    """Nothing more can be had of it."""
    gap.due_at, gap.filled_at, gap.place = None, at, ""
    gap.save()
    _tell(Happened.GAP_FILLED, gap, channels, at)


@transaction.atomic
def try_again(gap: Gap, why: str, again_at: datetime) -> None:
    """The network could not be asked: the same page is asked for later."""
    leases.finish(gap, trouble=why, due_at=again_at)


@transaction.atomic
def leave_open(gap: Gap, channels: Iterable[Channel], why: str, *, at: datetime) -> None:
    """It cannot be filled (any further), and people are told why."""
    if leases.finish(gap, trouble=why):
        _tell(Happened.GAP_LEFT_OPEN, gap, channels, at)


def _tell(what: Happened, gap: Gap, channels: Iterable[Channel], at: datetime) -> None:
    for workspace in sorted({channel.workspace_id for channel in channels}):
        record(what, by=machine(workspace), at=at, data={"gap": gap.pk})
