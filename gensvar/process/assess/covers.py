"""What a verdict says, laid on mentions and on the covers of cases; what a person said is never laid over."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gensvar.kernel import columns
from gensvar.people.actor import Actor
from gensvar.process.assess import corrections, queries, rules
from gensvar.process.assess.corrections import ANSWERS, SENTIMENT, URGENCY
from gensvar.process.assess.models import Judgement, Policy, Verdict
from gensvar.process.assess.severity import Row, weigh
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Step
from gensvar.process.listen.models import Mention
from gensvar.reading.judge.verdict import URGENCIES

WORST = ("", "spam", "obscene", "insult", "unnamed", "hate", "threat")
"""Grounds, the worst last."""
READ = frozenset({Mention.Part.FOUND.value, Mention.Part.ANSWER.value})
"""What is read: posts about us, and what their authors answer."""


def lay_all(pairs: Sequence[tuple[Mention, Verdict]], *, by: Actor) -> Policy:
    """Copy what was said onto mentions and covers; no case moves on by that."""
    policy = queries.policy(by.workspace_id)
    table = queries.table(policy)
    cases = {row.case_id: row.case for row, _ in pairs if row.case}
    decided = set(Judgement.objects.filter(case__in=cases, confidence=None).values_list("case_id", flat=True))
    people = corrections.said([key for key in cases if key is not None])
    firsts = first_posts([key for key in cases if key is not None])
    for row, verdict in pairs:
        row.case = cases.get(row.case_id)
        is_subject = row.case is not None and firsts.get(row.case.pk) == row.pk
        is_decided = row.case_id in decided
        lay(verdict, row, policy, is_subject=is_subject, is_decided=is_decided, people=people, table=table)
    columns.write([row for row, _ in pairs], MENTION_COLUMNS)
    columns.write([case for case in cases.values() if case], CASE_COLUMNS)
    return policy


MENTION_COLUMNS = ["kind", "sentiment", "abuse", "urgency", "unsure", "language"]
CASE_COLUMNS = [
    "kind",
    "leaning",
    "sure",
    "sentiment",
    "abuse",
    "urgency",
    "unsure",
    "may_threaten",
    "severity",
    "language",
]


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
    people: corrections.Said,
    table: Sequence[Row],
) -> None:
    """What `verdict` says, as columns of the mention and of the cover of its case; saves nothing."""
    unsure = queries.unsure(verdict, policy)
    abuse = rules.sure_abuse(verdict.abuse, unsure)
    said = {question for question in ANSWERS if _is_said(people, question, row)}
    for question in ANSWERS.keys() - said if is_subject else ANSWERS:
        setattr(row, question, getattr(verdict, question))
    row.language = row.language or verdict.language
    if not is_decided or row.part != Mention.Part.FOUND:
        row.abuse, row.unsure = abuse, not unsure.isdisjoint(rules.ASKED)
        row.kind = "" if "kind" in unsure else verdict.kind
    case = row.case
    if case is None:
        return
    if SENTIMENT not in said:
        case.sentiment = verdict.sentiment
    if URGENCY not in said:
        case.urgency = verdict.urgency if is_subject else max(case.urgency, verdict.urgency, key=_pressing)
    if is_subject:
        case.language = row.language
    if not is_subject or not is_decided:
        threatens = rules.may_threaten(abuse, verdict.scores)
        case.may_threaten = threatens or (case.may_threaten and not is_subject)
    if not is_decided:
        _lay_open(case, row, verdict, abuse, is_subject=is_subject)
    worst = max(case.abuse, abuse if not is_subject else "", key=WORST.index)
    case.severity = weigh(table, replace(queries.traits(case), abuse=worst))[0]


def _lay_open(case: Case, row: Mention, verdict: Verdict, abuse: str, *, is_subject: bool) -> None:
    """On a cover on which no person has decided. Abuse that was once said there stays until one has."""
    case.abuse = max(case.abuse, abuse, key=WORST.index)
    if is_subject:
        case.unsure = row.unsure
        if case.step == Step.JUDGE.value:
            case.kind, case.leaning = row.kind, "" if row.kind else verdict.kind
            case.sure = rules.certainty(verdict.scores, "kind")


def _is_said(people: corrections.Said, question: str, row: Mention) -> bool:
    """Whether a person said it of the case when this post had been heard; what comes later speaks for itself."""
    at = people.get((row.case_id, question))
    return at is not None and row.heard_at <= at


def _pressing(urgency: str) -> int:
    return URGENCIES.index(urgency) if urgency in URGENCIES else -1
