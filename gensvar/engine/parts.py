"""The running parts of the desk: each says that it is alive, and why it was started again."""

from datetime import datetime, timedelta

from gensvar.engine.models import Part

SILENT_AFTER = timedelta(seconds=30)
BEAT_EVERY = timedelta(seconds=5)
_last: dict[str, datetime] = {}


def beat(name: str, *, at: datetime) -> None:
    """Say that part `name` is alive (written at most every BEAT_EVERY)."""
    last = _last.get(name)
    if last is not None and at - last < BEAT_EVERY:
        return
    if last is None:
        Part.objects.update_or_create(name=name, defaults={"started_at": at, "seen_at": at})
    else:
        Part.objects.filter(name=name).update(seen_at=at)
    _last[name] = at


def restarted(name: str, why: str, *, at: datetime) -> None:
    """Note that the part died and is started again."""
    part, _ = Part.objects.get_or_create(name=name, defaults={"started_at": at, "seen_at": at})
    part.restarts, part.trouble = part.restarts + 1, why
    part.save(update_fields=["restarts", "trouble"])


def silent(at: datetime) -> list[Part]:
    """Parts that have not been heard of for a while."""
    return list(Part.objects.filter(seen_at__lt=at - SILENT_AFTER).order_by("name"))
