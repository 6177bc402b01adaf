"""Leases: taken, and given back with what came of the work, each by one conditional UPDATE.

A worker that outlives its lease (a pause, a call that hung) may find the row taken by another, done, or due
anew. So what it wants to write is written only while the row still carries the lease that it took.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

from gensvar.engine.models import Lease, Work

log = logging.getLogger(__name__)


def take[W: Work](model: type[W], pk: int, *, at: datetime, lasting: timedelta) -> W | None:
    """The row, ours until `at` + `lasting`; None when it is not due or somebody else holds it."""
    free = Q(lease_until=None) | Q(lease_until__lte=at)
    taken = model._default_manager.filter(free, pk=pk, due_at__lte=at).update(
        lease_until=at + lasting, attempts=F("attempts") + 1
    )
    return model._default_manager.get(pk=pk) if taken else None


def finish(row: Work, **changes: Any) -> bool:
    """End the work on `row` with these columns; False, and nothing is written, when its lease is no longer ours.

    The row is not due any more, unless `changes` says when.
    """
    return note(row, **{"due_at": None, "lease_until": None, **changes})


def note(row: Work, **changes: Any) -> bool:
    """Write these columns in the midst of the work; False, and nothing, when the lease is no longer ours."""
    ours = type(row)._default_manager.filter(pk=row.pk, lease_until=row.lease_until, attempts=row.attempts)
    if not ours.update(**changes):
        log.warning("%s %s outlived its lease; what it brought is not written.", type(row).__name__, row.pk)
        return False
    for name, value in changes.items():
        setattr(row, name, value)
    return True


def take_name(name: str, holder: str, *, at: datetime, lasting: timedelta) -> bool:
    """Whether `holder` now has the lease called `name` (taken, or kept when it was ours)."""
    Lease.objects.get_or_create(name=name)
    free = Q(until=None) | Q(until__lte=at) | Q(holder=holder)
    return Lease.objects.filter(free, name=name).update(holder=holder, until=at + lasting) == 1


def has_name(name: str, holder: str, *, at: datetime) -> bool:
    """Whether `holder` has the lease called `name` still: a process that was stopped for a while may not."""
    return Lease.objects.filter(name=name, holder=holder, until__gt=at).exists()


def give_back(name: str, holder: str) -> None:
    """Let go of the lease, so that another need not wait for its end."""
    Lease.objects.filter(name=name, holder=holder).update(until=None, holder="")
