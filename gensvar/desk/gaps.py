"""Gaps as people read them: when nothing was heard, why, and how far the desk has come in fetching it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gensvar.desk.clocks import hour, span
from gensvar.kernel.sentence import Sentence
from gensvar.people.language import said
from gensvar.process.listen.models import Gap


@dataclass(frozen=True, slots=True)
class Shown:
    """One gap on a channel's panel. `tone` and `icon` go with `state`; `words` are whole sentences."""

    when: str
    state: str
    tone: str
    icon: str
    words: str
    is_moving: bool


def shown(gaps: Sequence[Gap], at: datetime) -> list[Shown]:
    """Gaps with their state in words."""
    return [_shown(gap, at) for gap in gaps]


def _shown(gap: Gap, at: datetime) -> Shown:
    state, tone, icon = _state(gap)
    covers = said(Sentence(gap.covers)) if gap.filled_at else ""
    sentences = (said(Sentence(gap.why)), _progress(gap), covers, _trouble(gap, at))
    return Shown(
        when=stretch(gap.since, gap.until),
        state=state,
        tone=tone,
        icon=icon,
        words=" ".join(sentence for sentence in sentences if sentence),
        is_moving=gap.due_at is not None,
    )


def _state(gap: Gap) -> tuple[str, str, str]:
    if gap.filled_at and gap.is_whole:
        return _("filled"), "good", "check"
    if gap.filled_at:
        return _("filled in part"), "soon", "check"
    if gap.due_at is None:
        return _("stays open"), "late", "triangle-alert"
    if gap.trouble:
        return _("will be tried again"), "soon", "hourglass"
    return (_("being filled") if gap.place else _("waiting")), "soon", "hourglass"


def _progress(gap: Gap) -> str:
    """How much was read and kept so far."""
    if not gap.looked and not gap.filled_at:
        return ""
    words = ngettext(
        "%(looked)s post read, %(found)s kept.", "%(looked)s posts read, %(found)s kept.", gap.looked
    )
    return words % {
        "looked": formats.number_format(gap.looked, force_grouping=True),
        "found": formats.number_format(gap.found, force_grouping=True),
    }


def _trouble(gap: Gap, at: datetime) -> str:
    if not gap.trouble:
        return ""
    trouble = said(Sentence(gap.trouble))
    if gap.due_at is None:
        return trouble
    again = hour(max(gap.due_at, at), at)
    return f"{trouble} " + _("Next try: %(time)s.") % {"time": again}


def stretch(since: datetime | None, until: datetime) -> str:
    """From when to when, and how long that is; the day once when it is one day."""
    if since is None:
        return _("until %(until)s") % {"until": _moment(until)}
    is_one_day = timezone.localtime(since).date() == timezone.localtime(until).date()
    end = formats.time_format(timezone.localtime(until), "H:i") if is_one_day else _moment(until)
    long = span(max(int((until - since).total_seconds() // 60), 1))
    return _("%(since)s – %(until)s (%(span)s)") % {"since": _moment(since), "until": end, "span": long}


def _moment(then: datetime) -> str:
    return formats.date_format(timezone.localtime(then), "j M H:i")
