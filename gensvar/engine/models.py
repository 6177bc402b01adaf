"""What every row that is work has in common, and leases on things that are not rows."""

from django.db import models


class Work(models.Model):
    """A row that is its own place in the queue: due at an instant, leased while someone works on it.

    `due_at` None = nothing to do. `rung_at` = when the doorbell was last rung for it, so that a sweep
    does not ring twice for a ring that is still on its way.
    """

    due_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    rung_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class Lease(models.Model):
    """Only one process at a time may hold the lease of this name (a stream of a network, the sweep)."""

    name = models.CharField(max_length=300, unique=True)
    holder = models.CharField(max_length=100, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.holder})"


class Part(models.Model):
    """A running part of the desk (web, listener, worker) and when it last said that it is alive."""

    name = models.CharField(max_length=80, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    restarts = models.PositiveIntegerField(default=0)
    trouble = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name
