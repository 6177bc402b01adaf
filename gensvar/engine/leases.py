"""Taking a lease: one conditional UPDATE, and the question whether exactly one row changed."""

from datetime import datetime, timedelta

from django.db.models import F, Q

from gensvar.engine.models import Lease, Work


def take[W: Work](model: type[W], pk: int, *, at: datetime, lasting: timedelta) -> W | None:
    """The row, ours until `at` + `lasting`; None when it is not due or somebody else holds it."""
    free = Q(lease_until=None) | Q(lease_until__lte=at)
    taken = model._default_manager.filter(free, pk=pk, due_at__lte=at).update(
        lease_until=at + lasting, attempts=F("attempts") + 1
    )
    return model._default_manager.get(pk=pk) if taken else None


def holds(row: Work) -> Q:
    """The condition that `row`'s lease is still the one we took: guards the write that ends the work."""
    return Q(pk=row.pk, lease_until=row.lease_until, attempts=row.attempts)


def take_name(name: str, holder: str, *, at: datetime, lasting: timedelta) -> bool:
    """Whether `holder` now has the lease called `name` (taken, or kept when it was ours)."""
    Lease.objects.get_or_create(name=name)
    free = Q(until=None) | Q(until__lte=at) | Q(holder=holder)
    return Lease.objects.filter(free, name=name).update(holder=holder, until=at + lasting) == 1


def give_back(name: str, holder: str) -> None:
    """Let go of the lease, so that another need not wait for its end."""
    Lease.objects.filter(name=name, holder=holder).update(until=None, holder="")
