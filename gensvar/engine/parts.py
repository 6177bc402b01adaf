"""The running parts of the desk: each says that it is alive, and why it was started again."""

from datetime import datetime, timedelta

from gensvar.engine.models import Part

SILENT_AFTER = timedelta(seconds=30)
BEAT_EVERY = timedelta(seconds=5)


class Pulse:
    """How one running part says that it is alive."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._last: datetime | None = None

    def beat(self, *, at: datetime) -> None:
        """Say so (written at most every BEAT_EVERY)."""
        if self._last is not None and at - self._last < BEAT_EVERY:
            return
        if self._last is None:
            Part.objects.update_or_create(name=self.name, defaults={"started_at": at, "seen_at": at})
        else:
            Part.objects.filter(name=self.name).update(seen_at=at)
        self._last = at


def restarted(name: str, why: str, *, at: datetime) -> None:
    """Note that the part died and is started again."""
    part, _ = Part.objects.get_or_create(name=name, defaults={"started_at": at, "seen_at": at})
    part.restarts, part.trouble = part.restarts + 1, why
    part.save(update_fields=["restarts", "trouble"])


def silent(at: datetime) -> list[Part]:
    """Parts that have not been heard of for a while."""
    return list(Part.objects.filter(seen_at__lt=at - SILENT_AFTER).order_by("name"))
