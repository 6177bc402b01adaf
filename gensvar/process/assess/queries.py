"""What machines said, how a workspace lets them judge, and how bad its cases are."""

from gensvar.people.models import Workspace
from gensvar.process.assess import rules
from gensvar.process.assess.coverage import Trial
from gensvar.process.assess.models import Correction, Judgement, Policy, Verdict
from gensvar.process.assess.severity import TABLE, Row, Traits, from_json, weigh
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Severity
from gensvar.process.listen.models import Mention


def policy(workspace_id: int) -> Policy:
    """How the workspace lets machines judge; an unsaved row with the defaults where nobody changed it."""
    return Policy.objects.filter(workspace=workspace_id).first() or Policy(workspace_id=workspace_id)


def table(of: Policy) -> tuple[Row, ...]:
    """The table of severity that holds there."""
    return TABLE if of.severity is None else from_json(of.severity)


def unsure(verdict: Verdict, of: Policy) -> frozenset[str]:
    """The heads on which the verdict is not sure enough for this workspace."""
    return rules.unsure_of(verdict.unsure, verdict.scores, of.sure_at)


def severity(case: Case) -> tuple[Severity, Row | None]:
    """How bad the case is by what its cover says, and the row of the table that says so."""
    rows = table(policy(case.workspace_id))
    found, number = weigh(rows, traits(case))
    return found, None if number is None else rows[number]


def traits(case: Case) -> Traits:
    """What the table of severity looks at, as the cover says it."""
    return Traits(case.kind, case.urgency, case.abuse, case.followers, case.may_threaten)


MOST_TRIALS = 2000
"""Cases by which a machine is measured, those judged last."""


def trials(workspace_id: int, of: Policy) -> dict[str, list[Trial]]:
    """What people said of cases that a machine had read before, by head; of each case what was said last.

    Whoever says only what a post is, or only that it is abuse, says nothing of the other head. Tone and urgency
    count where they were corrected, or where somebody said that all was read rightly.
    """
    rows = Judgement.objects.filter(case__workspace=workspace_id, confidence=None, verdict__isnull=False)
    found: dict[str, list[Trial]] = {head: [] for head in sorted(rules.ASKED)}
    found |= {question: _corrected(workspace_id, question, of) for question in CORRECTED}
    seen: set[int] = set()
    for row in rows.select_related("verdict").order_by("-pk")[: 2 * MOST_TRIALS]:
        if row.verdict is None or row.case_id in seen or len(seen) == MOST_TRIALS:
            continue
        seen.add(row.case_id)
        in_doubt = unsure(row.verdict, of)
        for head, right in rules.answers_right(row.kind, row.abusive, row.verdict.kind, row.verdict.scores):
            sure = rules.certainty(row.verdict.scores, head)
            found[head].append(Trial(sure, right, believed=head not in in_doubt))
    return found


CORRECTED = (Correction.Question.SENTIMENT.value, Correction.Question.URGENCY.value)
"""What people correct of a verdict beside what the post is."""


def _corrected(workspace_id: int, question: str, of: Policy) -> list[Trial]:
    """The same for the tone or the urgency: of each post what was said last."""
    rows = Correction.objects.filter(workspace=workspace_id, question=question, verdict__isnull=False)
    newest = rows.select_related("verdict").order_by("-pk")[: 2 * MOST_TRIALS]
    last = {row.mention_id: row for row in reversed(newest)}
    return [_trial(row, question, of) for row in list(last.values())[-MOST_TRIALS:]]


def _trial(row: Correction, question: str, of: Policy) -> Trial:
    verdict = row.verdict
    assert verdict is not None  # the query asks for nothing else
    sure = rules.certainty(verdict.scores, question)
    right = getattr(verdict, question) == row.answer
    return Trial(sure, right, believed=question not in unsure(verdict, of))


def newest(case: Case) -> Verdict | None:
    """What was said last of the post that the case is about."""
    first = case.mentions.filter(part=Mention.Part.FOUND).order_by("pk").values("pk")[:1]
    return Verdict.objects.filter(mention__in=first).order_by("-pk").first()


def newest_by_mention(mentions: list[Mention]) -> dict[int, Verdict]:
    """What was said last of each of these, by their number."""
    rows = Verdict.objects.filter(mention__in=[row.pk for row in mentions]).order_by("pk")
    return {verdict.mention_id: verdict for verdict in rows}


def languages(workspace_id: int) -> tuple[str, ...]:
    """The languages in which the workspace listens and works: what the judge chooses from."""
    rows = Workspace.objects.filter(pk=workspace_id).values_list("language", "watches__languages")
    return tuple(dict.fromkeys(code for own, watched in rows for code in (own, *(watched or ()))))
