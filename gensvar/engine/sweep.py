"""The sweep: rings for whatever is due and was not heard, so that no work waits for a lost ring."""

from datetime import datetime

from django.db import transaction

from gensvar.engine.doorbell import bells


def sweep(at: datetime) -> int:
    """Ring for every due row; the number of rings."""
    rings = 0
    for bell in bells():
        if bell.look:
            bell.look(at)
        with transaction.atomic():
            due = bell.due(at)
            if due:
                bell.model._default_manager.filter(pk__in=due).update(rung_at=at)
            bell.ring(*due)
        rings += len(due)
    return rings
