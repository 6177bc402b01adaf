"""The sweep: rings for whatever is due and was not heard, so that no work waits for a lost ring."""

from datetime import datetime

from django.db import transaction

from gensvar.engine.doorbell import bells, looks


def sweep(at: datetime) -> int:
    """Ring for every due row; the number of rings."""
    rings = 0
    for look in looks():
        look(at)
    for bell in bells():
        with transaction.atomic():
            due = bell.due(at)
            if due:
                bell.model._default_manager.filter(pk__in=due).update(rung_at=at)
            bell.ring(*due)
        rings += len(due)
    return rings
