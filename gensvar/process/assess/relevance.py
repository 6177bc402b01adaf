"""Is this post about us at all: rules first, then what the desk has taught for each watch.

A post that a machine sets aside opens no case and raises no alarm. It stays with what was heard, is counted on
the page of its watch, and one key brings it back.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from gensvar.kernel import columns
from gensvar.people.actor import Actor
from gensvar.people.rules import Right
from gensvar.process.assess import corrections, heads, lessons, rules
from gensvar.process.assess.lessons import ABOUT
from gensvar.process.assess.models import Correction, Verdict
from gensvar.process.case.actions import NotNow, close
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record_many
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Outcome
from gensvar.process.listen.actions import take_up
from gensvar.process.listen.models import Mention, Watch
from gensvar.reading.judge import cues
from gensvar.reading.learning.head import Head

SAFETY = cues.WHY["safety"].template
"""How a verdict says that health or safety is spoken of."""


def asked(mention_ids: Sequence[int], workspace_id: int) -> list[int]:
    """The posts of which a head may say that they are not about us: only these need to be read first."""
    watches = _watches(heads.in_use(workspace_id))
    if not watches:
        return []
    rows = Mention.objects.filter(pk__in=mention_ids, watch__in=watches, case=None, aside="")
    return list(rows.exclude(corrections__question=ABOUT).values_list("pk", flat=True))


def _watches(in_use: dict[str, Head]) -> list[int]:
    return [int(name.partition(":")[2]) for name in in_use if name.startswith(ABOUT)]


@transaction.atomic
def set_aside(mention_ids: Sequence[int], *, by: Actor, at: datetime) -> list[Mention]:
    """Set aside what the heads of its watches are sure is not about us, where no rule says that it is."""
    own = heads.in_use(by.workspace_id)
    rows = Mention.objects.select_related("watch").prefetch_related("also").filter(pk__in=mention_ids)
    verdicts = {one.mention_id: one for one in Verdict.objects.filter(mention__in=mention_ids).order_by("pk")}
    done = [row for row in rows.order_by("pk") if _is_not_ours(row, verdicts.get(row.pk), own)]
    for row in done:
        row.aside = Mention.Aside.MACHINE
    columns.write(done, ["aside"])
    told = [(None, {"mention": row.pk, "watch": row.watch_id}) for row in done]
    record_many(Happened.MENTION_SET_ASIDE, told, by=by, at=at)
    return done


def _is_not_ours(row: Mention, verdict: Verdict | None, own: dict[str, Head]) -> bool:
    head = own.get(heads.name(ABOUT, row.watch)) if row.watch else None
    if head is None or verdict is None or _by_rule(row, verdict):
        return False
    language = row.language or verdict.language
    return rules.is_not_about_us(heads.of_post(head, row.words, language)["no"])


def _by_rule(row: Mention, verdict: Verdict) -> bool:
    return rules.is_ours_by_rule(
        tagged=row.tagged,
        own_channel=row.own_channel,
        met=1 + len(row.also.all()),
        grounds=frozenset({verdict.abuse} - {""}),
        is_urgent=verdict.urgency == "high" or SAFETY in {template for template, _values in verdict.urgent},
    )


@transaction.atomic
def correct(case: Case, *, by: Actor, at: datetime) -> None:
    """Say that the post of this case is not about us: the case ends, and the watch that found it learns."""
    by.need(Right.JUDGE, case.workspace_id)
    row = corrections.subject(case)
    if row is None or case.answered_at or case.is_closed:
        raise NotNow(_("This case is answered or closed already. Nothing was changed."))
    case.mentions.filter(part=Mention.Part.FOUND).update(aside=Mention.Aside.PERSON)
    say(row, "no", by=by, at=at)
    close(case, Outcome.NOTHING, by=by, at=at)


@transaction.atomic
def bring_back(mention: Mention, *, by: Actor, at: datetime) -> None:
    """Say that a post that was set aside is about us: it becomes a case now, and the watch learns from it."""
    by.need(Right.JUDGE, mention.workspace_id)
    if mention.aside:
        Mention.objects.filter(pk=mention.pk).update(aside="")
        mention.aside = ""
        say(mention, "yes", by=by, at=at)
    take_up(mention, by=by, at=at)


def undo(case: Case, *, by: Actor, at: datetime) -> None:
    """The case was opened again: its posts are about us after all."""
    row = case.mentions.filter(aside=Mention.Aside.PERSON).select_related("watch").order_by("pk").first()
    if row is not None:
        case.mentions.filter(aside=Mention.Aside.PERSON).update(aside="")
        say(row, "yes", by=by, at=at)


def say(mention: Mention, answer: str, *, by: Actor, at: datetime) -> Correction:
    """Keep what a person said of whether the post is about us."""
    kept = corrections.keep(mention, ABOUT, answer, watch=mention.watch, by=by, at=at)
    corrections.tell(kept, mention.case, by=by, at=at)
    return kept


def confirm(case: Case, *, by: Actor, at: datetime) -> None:
    """A person judged the post, so it is about us: the watch learns that too, once."""
    row = corrections.subject(case)
    if row is None or row.watch is None or row.aside:
        return
    if not heads.wants_to_know(row.watch) or lessons.newest(row, ABOUT):
        return
    say(row, "yes", by=by, at=at)


def counted(workspace_id: int) -> dict[int, int]:
    """How many posts a machine has set aside, by watch."""
    rows = Mention.objects.filter(workspace=workspace_id, aside=Mention.Aside.MACHINE, watch__isnull=False)
    return dict(rows.order_by().values_list("watch").annotate(number=Count("pk")))


def learn(watch_id: int, *, at: datetime) -> None:
    """One more answer for this watch."""
    watch = Watch.objects.get(pk=watch_id)
    heads.taught(watch.workspace_id, ABOUT, watch, at=at)
