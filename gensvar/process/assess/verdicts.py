"""Posts are read by the judge: each wording gets a verdict, and what it says stands on mention and cover."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from gensvar.kernel import columns
from gensvar.kernel.sentence import Sentence
from gensvar.people.actor import Actor
from gensvar.process.assess import heads, machine, queries, rules
from gensvar.process.assess.models import Judgement, Policy, Verdict
from gensvar.process.assess.severity import Row, Traits, weigh
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record_many
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Step
from gensvar.process.listen.filter import language
from gensvar.process.listen.models import Mention, Revision
from gensvar.reading.judge import verdict as said

WORST = ("", "spam", "obscene", "insult", "unnamed", "hate", "threat")
"""Grounds, the worst last."""
READ = frozenset({Mention.Part.FOUND.value, Mention.Part.ANSWER.value})
"""What is read: posts about us, and what their authors answer."""


@transaction.atomic
def read(mention_ids: Sequence[int], *, by: Actor, at: datetime) -> list[Verdict]:
    """Have the judge say what these posts are, and lay it on their covers; nothing where there is no judge.

    Reading a wording twice changes nothing. A decision of a person is never overwritten.
    """
    if machine.judge() is None:
        return []
    rows = _rows(mention_ids)
    unread = [row for row in rows if not _verdict(row)]
    texts = [said.Text(row.words, row.language) for row in unread]
    name, answers = machine.verdicts(texts, queries.languages(by.workspace_id))
    own = heads.in_use(by.workspace_id) if answers else {}
    fresh = [
        _kept(row, name, *heads.answered(own, text, answer), at=at)
        for row, text, answer in zip(unread, texts, answers, strict=False)
    ]
    Verdict.objects.bulk_create(fresh)
    new = {verdict.mention_id: verdict for verdict in fresh}
    pairs = [(row, verdict) for row in rows if (verdict := new.get(row.pk) or _waiting(row))]
    return _lay(pairs, by=by, at=at)


def _rows(mention_ids: Sequence[int]) -> list[Mention]:
    wordings = Prefetch("revisions", Revision.objects.defer("raw").order_by("-received_at", "-pk"))
    rows = Mention.objects.filter(pk__in=mention_ids, part__in=READ, folded_under=None)
    rows = rows.select_related("case").prefetch_related(wordings, "revisions__verdicts")
    return list(rows.order_by("pk"))


def _verdict(row: Mention) -> Verdict | None:
    """What was said of the newest wording."""
    return max(_wording(row).verdicts.all(), key=lambda each: each.pk, default=None)


def _wording(row: Mention) -> Revision:
    wordings = list(row.revisions.all())
    return next((each for each in wordings if each.revision == row.revision), wordings[0])


def _waiting(row: Mention) -> Verdict | None:
    """A verdict from before the post had a case (somebody took it up): it is laid on the cover now."""
    if row.case is None or row.case.sentiment or row.part != Mention.Part.FOUND:
        return None
    return _verdict(row)


def _kept(
    row: Mention, name: str, answer: said.Verdict, shipped: Mapping[str, Any], *, at: datetime
) -> Verdict:
    """A row of what was said. shipped: what the judge had said of the heads that others changed."""
    return Verdict(
        mention=row,
        revision=_wording(row),
        judge=name[:200],
        at=at,
        language=language(answer.language),
        kind=answer.kind,
        sentiment=answer.sentiment,
        abuse=answer.abuse or "",
        target=answer.target or "",
        urgency=answer.urgency,
        scores={
            "kind": answer.kinds,
            "sentiment": answer.sentiments,
            "abuse": answer.abusive,
            "ground": answer.grounds,
            "urgency": answer.urgencies,
            **({"shipped": shipped} if shipped else {}),
        },
        reasons=[[each.start, each.end, each.head, round(each.weight, 3)] for each in answer.reasons],
        unsure=sorted(answer.unsure),
        urgent=[
            [each.template, {name: str(value) for name, value in each.values.items()}]
            for each in answer.urgent
        ],
    )


def _lay(pairs: Sequence[tuple[Mention, Verdict]], *, by: Actor, at: datetime) -> list[Verdict]:
    """Copy what was said onto mentions and covers, and tell it of the cases."""
    if not pairs:
        return []
    policy = _lay_quietly(pairs, by=by)
    told = [(row.case, _told(row, verdict, policy)) for row, verdict in pairs if row.case]
    record_many(Happened.VERDICT_GIVEN, told, by=by, at=at)
    return [verdict for _, verdict in pairs]


def _lay_quietly(pairs: Sequence[tuple[Mention, Verdict]], *, by: Actor) -> Policy:
    """Copy what was said onto mentions and covers; no case moves on by that."""
    policy = queries.policy(by.workspace_id)
    table = queries.table(policy)
    cases = {row.case_id: row.case for row, _ in pairs if row.case}
    decided = set(Judgement.objects.filter(case__in=cases, confidence=None).values_list("case_id", flat=True))
    firsts = first_posts([key for key in cases if key is not None])
    for row, verdict in pairs:
        row.case = cases.get(row.case_id)
        is_subject = row.case is not None and firsts.get(row.case.pk) == row.pk
        lay(verdict, row, policy, is_subject=is_subject, is_decided=row.case_id in decided, table=table)
    columns.write([row for row, _ in pairs], MENTION_COLUMNS)
    columns.write([case for case in cases.values() if case], CASE_COLUMNS)
    return policy


MENTION_COLUMNS = ["kind", "sentiment", "abuse", "urgency", "unsure", "language"]
CASE_COLUMNS = ["kind", "sure", "sentiment", "abuse", "urgency", "unsure", "severity", "language"]


def first_posts(cases: Iterable[int]) -> dict[int, int]:
    """The post that each of these cases is about."""
    rows = Mention.objects.filter(case__in=list(cases), part=Mention.Part.FOUND).order_by("-pk")
    return dict(rows.values_list("case_id", "pk"))


def lay(
    verdict: Verdict,
    row: Mention,
    policy: Policy,
    *,
    is_subject: bool,
    is_decided: bool,
    table: Sequence[Row],
) -> None:
    """What `verdict` says, as columns of the mention and of the cover of its case; saves nothing."""
    unsure = queries.unsure(verdict, policy)
    abuse = rules.sure_abuse(verdict.abuse, unsure)
    row.sentiment, row.urgency = verdict.sentiment, verdict.urgency
    row.language = row.language or verdict.language
    if not is_decided or row.part != Mention.Part.FOUND:
        row.abuse, row.unsure = abuse, not unsure.isdisjoint(rules.ASKED)
        row.kind = "" if "kind" in unsure else verdict.kind
    case = row.case
    if case is None:
        return
    case.sentiment = verdict.sentiment
    case.urgency = verdict.urgency if is_subject else max(case.urgency, verdict.urgency, key=_pressing)
    if is_subject:
        case.language = row.language
    if not is_decided:
        _lay_open(case, row, verdict, abuse, is_subject=is_subject)
    worst = max(case.abuse, abuse if not is_subject else "", key=WORST.index)
    case.severity = weigh(table, Traits(case.kind, case.urgency, worst, case.followers))[0]


def _lay_open(case: Case, row: Mention, verdict: Verdict, abuse: str, *, is_subject: bool) -> None:
    """On a cover on which no person has decided. Abuse that was once said there stays until one has."""
    case.abuse = max(case.abuse, abuse, key=WORST.index)
    if is_subject:
        case.unsure = row.unsure
        if case.step == Step.JUDGE.value:
            case.kind = row.kind
            case.sure = rules.certainty(verdict.scores, "kind") if row.kind else None


def _pressing(urgency: str) -> int:
    return said.URGENCIES.index(urgency) if urgency in said.URGENCIES else -1


def _told(row: Mention, verdict: Verdict, policy: Policy) -> dict[str, object]:
    """What the journal keeps: enough to read it without the row."""
    unsure = queries.unsure(verdict, policy)
    return {
        "mention": row.pk,
        "verdict": verdict.pk,
        "kind": verdict.kind,
        "sure": round(rules.certainty(verdict.scores, "kind"), 3),
        "abuse": rules.sure_abuse(verdict.abuse, unsure),
        "unsure": sorted(unsure & rules.ASKED),
        "alone": policy.alone == Policy.Alone.SURE
        and rules.may_judge_alone(verdict.kind, verdict.abuse, unsure),
    }


@transaction.atomic
def judge_alone(sure: Mapping[int, int], *, by: Actor, at: datetime) -> list[Judgement]:
    """Let what a machine is sure of stand as judgements; `sure`: verdicts by case.

    Only at the first look at what opened a case that still waits: what is said or edited later takes no doubt
    away.
    """
    waiting = Case.objects.filter(pk__in=sure, step=Step.JUDGE.value, abuse="", unsure=False)
    cases = {case.pk: case for case in waiting.select_for_update()}
    for case in _looked_at_before(cases, sure):
        cases.pop(case, None)
    verdicts = Verdict.objects.in_bulk([sure[case] for case in cases])
    made = [_judgement(case, verdicts[sure[case.pk]], by, at) for case in cases.values()]
    Judgement.objects.bulk_create(made)
    told = [
        (one.case, {"kind": one.kind, "before": "", "sure": round(one.confidence or 0.0, 3)}) for one in made
    ]
    if told:
        record_many(Happened.CASE_JUDGED, told, by=by, at=at)
    return made


def _looked_at_before(cases: Iterable[int], sure: Mapping[int, int]) -> list[int]:
    """Cases of which something else was read before, or that somebody has judged."""
    pks = list(cases)
    read_before = Verdict.objects.filter(mention__case__in=pks).exclude(pk__in=list(sure.values()))
    judged = Judgement.objects.filter(case__in=pks)
    return [
        *read_before.values_list("mention__case", flat=True),
        *judged.values_list("case", flat=True),
    ]


def _judgement(case: Case, verdict: Verdict, by: Actor, at: datetime) -> Judgement:
    confidence = rules.certainty(verdict.scores, "kind")
    return Judgement(
        case=case, kind=verdict.kind, by_name=by.name, at=at, confidence=confidence, verdict=verdict
    )


def value(row: Verdict) -> said.Verdict:
    """A kept verdict as plain values again."""
    scores = row.scores
    words = row.mention.words
    return said.Verdict(
        language=row.language,
        kind=row.kind,
        sentiment=row.sentiment,
        abuse=row.abuse or None,
        target=row.target or None,
        urgency=row.urgency,
        kinds=scores.get("kind", {}),
        sentiments=scores.get("sentiment", {}),
        abusive=scores.get("abuse", 0.0),
        grounds=scores.get("ground", {}),
        urgencies=scores.get("urgency", {}),
        unsure=frozenset(row.unsure),
        reasons=tuple(
            said.Reason(start, end, words[start:end], head, weight)
            for start, end, head, weight in row.reasons
        ),
        urgent=tuple(Sentence(template, **values) for template, values in row.urgent),
    )


def _shipped(first: Verdict) -> dict[str, Any]:
    """What the judge itself had said, from which heads of a workspace's own learn."""
    scores: dict[str, Any] = first.scores
    said_now = {head: scores[head] for head in ("kind", "abuse") if head in scores}
    return {**said_now, **scores.get("shipped", {})}


@transaction.atomic
def amend(first: Verdict, second: said.Verdict, name: str, *, by: Actor, at: datetime) -> Verdict | None:
    """Keep what another reader made of a verdict beside it, and lay that on the covers; None when it is outdated.

    It is what a machine says from then on. No case moves on by it, nobody is alerted, and a decision of a person
    is not overwritten.
    """
    held = Case.objects.select_for_update().filter(mentions=first.mention_id)
    list(held)  # a person who judges it in this very moment comes before or after this, never in between
    rows = [row for row in _rows([first.mention_id]) if _wording(row).pk == first.revision_id]
    if not rows:
        return None
    fresh = _kept(rows[0], name, second, _shipped(first), at=at)
    Verdict.objects.bulk_create([fresh], ignore_conflicts=True)
    kept = Verdict.objects.get(revision=first.revision_id, judge=fresh.judge)
    _lay_quietly([(rows[0], kept)], by=by)
    return kept
