"""The doorbell: says that a row is due now. Losing a ring costs seconds, since the sweep rings again.

`django.tasks` carries it; with `django-tasks-db` the bell is a table. A desk on many machines can put
Procrastinate's backend in TASKS without touching this file.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.tasks import Task

from gensvar.engine.models import Work

RING_AGAIN = timedelta(seconds=15)
"""How long a ring may be on its way before the sweep rings once more."""


type Look = Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class Bell:
    """Rows of one kind, and the task that answers when one of them is due.

    look: asked before each sweep; makes rows due that waited for something else than time.
    """

    model: type[Work]
    task: Task[Any, Any]
    look: Look | None = None

    def ring(self, *pks: int) -> None:
        """Ring for these rows once the present transaction has been committed."""
        if pks:
            transaction.on_commit(lambda: self._ring(pks))

    def _ring(self, pks: Sequence[int]) -> None:
        with transaction.atomic():  # a hundred rings are one write to the disk, not a hundred
            for pk in pks:
                self.task.enqueue(pk)

    def due(self, at: datetime, most: int = 100) -> list[int]:
        """Rows whose time has come, that nobody holds and for which the bell has not just been rung."""
        free = Q(lease_until=None) | Q(lease_until__lte=at)
        silent = Q(rung_at=None) | Q(rung_at__lte=at - RING_AGAIN)
        rows = self.model._default_manager.filter(free, silent, due_at__lte=at).order_by("due_at")
        return list(rows.values_list("pk", flat=True)[:most])


_bells: list[Bell] = []


def register(bell: Bell) -> None:
    """Let the sweep know of a kind of work (once for each, at start)."""
    _bells.append(bell)


_looks: list[Look] = []


def look_with(look: Look) -> None:
    """Let the sweep ask this too, for what waits and is no row of work (once for each, at start)."""
    _looks.append(look)


def looks() -> Iterable[Look]:
    """Everything that is asked before each sweep, of bells and beside them."""
    return (*_looks, *(bell.look for bell in _bells if bell.look))


def bells() -> Iterable[Bell]:
    """Every kind of work that the sweep looks after."""
    return tuple(_bells)
