"""Time as people read it: how much is left, how long ago, at what hour."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gensvar.process.case.models import Case
from gensvar.process.case.rules import time_left

TONES = {"calm": "", "amber": "soon", "late": "late"}


@dataclass(frozen=True, slots=True)
class Time:
    """A clock as number, word and shape. `share` = percent of the time that is left; `due` None = no clock."""

    number: str
    word: str
    tone: str
    share: int = 0
    due: datetime | None = None
    since: datetime | None = None
    exact: str = ""

    @property
    def due_second(self) -> str:
        """`due` as seconds since 1970, for the script that lets the clock run."""
        return str(int(self.due.timestamp())) if self.due else ""

    @property
    def since_second(self) -> str:
        """`since` likewise."""
        return str(int(self.since.timestamp())) if self.since else ""


NO_TIME = Time(number="–", word="", tone="none")


def clock(since: datetime, due: datetime | None, at: datetime) -> Time:
    """The clock that runs from `since` to `due`, read at `at`."""
    if due is None:
        return NO_TIME
    left = time_left(since, due, at)
    return Time(
        number=_late(left.minutes) if left.mood == "late" else span(left.minutes),
        word=pgettext("time", "late") if left.mood == "late" else pgettext("time", "left"),
        tone=TONES[left.mood],
        share=round(left.share * 100),
        due=due,
        since=since,
        exact=_("Due %(time)s") % {"time": exact(due)},
    )


def _late(minutes: int) -> str:
    """How late; within the first minute that is no number yet."""
    return span(-minutes) if minutes else pgettext("time", "just")


def case_clock(case: Case, at: datetime) -> Time:
    """The clock that a list shows: the next deadline of the case, or how it stands without one."""
    if case.next_due_at is None:
        return since(case.closed_at or case.changed_at, at)
    return clock(case.clock_started_at, case.next_due_at, at)


def since(when: datetime, at: datetime) -> Time:
    """How long ago something was, where no clock runs."""
    minutes = max(int((at - when).total_seconds() // 60), 0)
    if not minutes:
        return Time(number=_("just now"), word="", tone="none")
    return Time(number=span(minutes), word=pgettext("time", "ago"), tone="none")


def span(minutes: int) -> str:
    """A length of time in its largest sensible unit: 38 min, 5 h, 3 d."""
    if minutes < 120:
        return f"{minutes} " + pgettext("time", "min")
    if minutes < 2880:
        return f"{minutes // 60} " + pgettext("time", "h")
    return f"{minutes // 1440} " + pgettext("time", "d")


def ago(then: datetime, at: datetime) -> str:
    """How long before `at` something was."""
    minutes = max(int((at - then).total_seconds() // 60), 0)
    return _("%(span)s ago") % {"span": span(minutes)} if minutes else _("just now")


def exact(then: datetime) -> str:
    """The exact time in the viewer's zone and format."""
    return formats.date_format(timezone.localtime(then), "DATETIME_FORMAT")


def hour(then: datetime, at: datetime) -> str:
    """The time of day, with the date when it is another day."""
    local = timezone.localtime(then)
    if local.date() == timezone.localtime(at).date():
        return formats.time_format(local, "H:i")
    return formats.date_format(local, "j M")
