"""Opening cases for what was found, and saying what a post is."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gensvar.kernel import columns
from gensvar.people.actor import Actor
from gensvar.people.rules import Right
from gensvar.process.assess import corrections, queries, rules
from gensvar.process.assess.models import Judgement, Verdict
from gensvar.process.case.actions import NotNow
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record, record_many
from gensvar.process.case.models import Case
from gensvar.process.case.rules import answer_due, clock_start
from gensvar.process.case.steps import TRAYS, Kind, Step
from gensvar.process.listen.models import Mention


@transaction.atomic
def open_cases(mention_ids: Sequence[int], *, by: Actor, at: datetime) -> list[Case]:
    """A case for each mention, one for all that an author says in one thread."""
    rows = list(
        Mention.objects.select_related("workspace", "channel", "watch")
        .filter(pk__in=mention_ids, case=None, aside="")
        .order_by("pk")
    )
    threads: dict[tuple[str, str], Case] = _open_already(rows)
    fresh: list[Case] = []
    for row in rows:
        key = (row.thread_key, row.author_id)
        if key not in threads:
            threads[key] = _case(row, at)
            fresh.append(threads[key])
    Case.objects.bulk_create(fresh)
    for row in rows:
        row.case = threads[row.thread_key, row.author_id]
        row.kind = row.case.kind
    columns.write(rows, ["case", "kind"])
    first = _first(rows, fresh)
    opening = {row.pk for row in first}
    more = [row for row in rows if row.pk not in opening]
    record_many(Happened.CASE_OPENED, [(row.case, {"mention": row.pk}) for row in first], by=by, at=at)
    if more:
        record_many(Happened.AUTHOR_ANSWERED, [(row.case, {"mention": row.pk}) for row in more], by=by, at=at)
    return fresh


def _first(rows: Sequence[Mention], fresh: Sequence[Case]) -> list[Mention]:
    """The mention that opened each of the new cases; what its author said besides is more of the same."""
    found: dict[int, Mention] = {}
    new = {case.pk for case in fresh}
    for row in rows:
        if row.case_id in new:
            found.setdefault(row.case_id, row)
    return list(found.values())


def _open_already(rows: Sequence[Mention]) -> dict[tuple[str, str], Case]:
    if not rows:
        return {}
    cases = Case.objects.filter(
        workspace_id=rows[0].workspace_id,
        network=rows[0].network,
        thread_key__in={row.thread_key for row in rows},
    )
    return {(case.thread_key, case.author_id): case for case in cases}


def _case(row: Mention, at: datetime) -> Case:
    started = clock_start(row.posted_at, at)
    due = answer_due(started, row.workspace.answer_minutes)
    return Case(
        workspace=row.workspace,
        step=Step.JUDGE.value,
        tray=TRAYS[Step.JUDGE].value,
        opened_at=at,
        changed_at=at,
        clock_started_at=started,
        answer_due_at=due,
        next_due_at=due,
        network=row.network,
        thread_key=row.thread_key,
        channel_name=row.channel.name,
        **cover(row),
    )


def cover(row: Mention) -> dict[str, object]:
    """What the cover of the dossier copies from the mention that it is about."""
    excerpt, spans = rules.excerpt(row.text or row.title, row.spans if row.text else [])
    return {
        "author_id": row.author_id,
        "author_name": row.author_name,
        "author_handle": row.author_handle,
        "language": row.language,
        "url": row.url,
        "tagged": row.tagged,
        "own_channel": row.own_channel,
        "about": row.watch.kind if row.watch else "",
        "watch_name": row.watch.name if row.watch else "",
        "followers": row.author_followers,
        "excerpt": excerpt,
        "spans": spans,
    }


@transaction.atomic
def refresh_cover(mention: Mention) -> None:
    """Bring the cover up to date after the author became known or the text was edited."""
    case = mention.case
    if case is None or mention.part != Mention.Part.FOUND or mention.author_id != case.author_id:
        return
    if case.mentions.filter(part=Mention.Part.FOUND, pk__lt=mention.pk).exists():
        return  # the cover shows the post that opened the case
    for name, value in cover(mention).items():
        setattr(case, name, value)
    case.save(update_fields=[*cover(mention)])


@transaction.atomic
def judge(case: Case, kind: Kind, *, abusive: bool | None = None, by: Actor, at: datetime) -> Judgement:
    """Say what the post is; the flow moves the case to what comes next. Saying it again corrects it.

    `abusive`: whether it is abusive beside that, None to leave that as it stands. Abuse alone always is.
    """
    by.need(Right.JUDGE, case.workspace_id)
    before, verdict = case.kind, queries.newest(case)
    abusive = True if kind is Kind.ABUSE else abusive
    judgement = Judgement.objects.create(
        case=case,
        kind=kind.value,
        abusive=abusive,
        by_id=by.user_id,
        by_name=by.name,
        at=at,
        verdict=verdict,
    )
    case.kind, case.leaning, case.sure, case.unsure = kind.value, "", None, False
    case.may_threaten, case.changed_at = False, at
    if abusive is not None:
        case.abuse = _ground(case, verdict) if abusive else ""
    case.severity = queries.severity(case)[0]
    case.save(
        update_fields=["kind", "leaning", "sure", "unsure", "may_threaten", "abuse", "severity", "changed_at"]
    )
    case.mentions.filter(part=Mention.Part.FOUND).update(kind=kind.value, abuse=case.abuse, unsure=False)
    data: dict[str, object] = {"kind": kind.value, "before": before}
    if abusive is not None and kind is not Kind.ABUSE:
        data["abusive"] = abusive
    record(Happened.CASE_JUDGED, by=by, at=at, case=case, data=data)
    return judgement


@transaction.atomic
def confirm(case: Case, *, by: Actor, at: datetime) -> Judgement:
    """Say that it is what the machine read."""
    verdict = queries.newest(case)
    if verdict is None:
        raise NotNow(_("No machine has read this post. Say yourself what it is."))
    corrections.agree(case, verdict, by=by, at=at)
    return judge(case, Kind(verdict.kind), abusive=bool(verdict.abuse), by=by, at=at)


@transaction.atomic
def judge_abuse(case: Case, *, abusive: bool, by: Actor, at: datetime) -> Judgement:
    """Say that it is abusive beside whatever else it is, or not: a rude complaint is a complaint.

    What it is stays as it stands; where nobody has said that yet, it is what the machine read, else a complaint.
    """
    verdict = queries.newest(case)
    kind = case.kind if case.kind not in ("", Kind.ABUSE) else verdict.kind if verdict else Kind.COMPLAINT
    return judge(case, Kind(kind), abusive=abusive, by=by, at=at)


def _ground(case: Case, verdict: Verdict | None) -> str:
    """On which ground it is abusive: as it stands, else the likeliest that a machine named, else unnamed."""
    grounds: dict[str, float] = verdict.scores.get("ground", {}) if verdict else {}
    return case.abuse or (max(grounds, key=lambda each: grounds[each]) if grounds else "unnamed")
