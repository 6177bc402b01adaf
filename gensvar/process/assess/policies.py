"""How a workspace lets machines judge: whether alone, from when they are sure, and how bad what is."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gensvar.kernel import columns
from gensvar.people.actor import Actor
from gensvar.people.models import Workspace
from gensvar.people.rules import Right
from gensvar.process.assess import corrections, queries, rules
from gensvar.process.assess.covers import CASE_COLUMNS, MENTION_COLUMNS, READ, first_posts, lay
from gensvar.process.assess.models import Judgement, Policy
from gensvar.process.assess.severity import TABLE, Row, from_json, to_json, weigh
from gensvar.process.case.actions import NotNow
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Step
from gensvar.process.listen.models import Mention

MOST_CASES = 5000
"""Open cases that are weighed anew at once, the newest; older ones follow when something happens in them."""

LEAST, MOST = 0.5, 0.99
"""Between these a workspace may say from when an answer is sure."""


@transaction.atomic
def let_judge_alone(workspace: Workspace, alone: str, *, by: Actor, at: datetime) -> None:
    """Say whether a machine that is sure of a complaint or a question moves the case on."""
    by.need(Right.ADMINISTER, workspace.pk)
    policy = _held(workspace)
    if alone in Policy.Alone.values and alone != policy.alone:
        policy.alone = alone
        policy.save()
        _tell("alone", by, at)


@transaction.atomic
def be_sure_at(workspace: Workspace, sure_at: Mapping[str, float | None], *, by: Actor, at: datetime) -> None:
    """Say from which probability an answer is sure (None: where the model draws the line).

    What waits for a person is marked anew; nothing is judged by it.
    """
    by.need(Right.ADMINISTER, workspace.pk)
    if any(least is not None and not LEAST <= least <= MOST for least in sure_at.values()):
        raise NotNow(_("Write a share from 50 to 99. Nothing was changed."))
    policy = _held(workspace)
    heads = {head: sure_at.get(head) for head in rules.ASKED}
    policy.sure_at = {head: least for head, least in heads.items() if least is not None}
    policy.save()
    _mark_anew(policy)
    _tell("sure_at", by, at)


@transaction.atomic
def change_table(workspace: Workspace, rows: Sequence[Row], *, by: Actor, at: datetime) -> None:
    """Another table of severity; open cases are weighed by it at once. The one of before can be put back."""
    by.need(Right.ADMINISTER, workspace.pk)
    policy = _held(workspace)
    policy.severity_before = [policy.severity]
    policy.severity = None if tuple(rows) == TABLE else to_json(rows)
    policy.save()
    _weigh_anew(policy)
    _tell("severity", by, at)


def undo_table(workspace: Workspace, *, by: Actor, at: datetime) -> None:
    """Put back the table of before the last change; doing it twice brings the change back."""
    policy = queries.policy(workspace.pk)
    if not policy.severity_before:
        raise NotNow(_("Nobody has changed the table, so there is nothing to undo."))
    before = policy.severity_before[0]
    change_table(workspace, TABLE if before is None else from_json(before), by=by, at=at)


def _held(workspace: Workspace) -> Policy:
    Policy.objects.get_or_create(workspace=workspace)
    return Policy.objects.select_for_update().get(workspace=workspace)


def _tell(what: str, by: Actor, at: datetime) -> None:
    record(Happened.POLICY_CHANGED, by=by, at=at, data={"what": what})


def _weigh_anew(policy: Policy) -> None:
    rows = queries.table(policy)
    cases = Case.objects.filter(workspace=policy.workspace_id, closed_at=None).order_by("-pk")[:MOST_CASES]
    changed = []
    for case in cases:
        severity, _row = weigh(rows, queries.traits(case))
        if severity != case.severity:
            case.severity = severity
            changed.append(case)
    columns.write(changed, ["severity"])


def _mark_anew(policy: Policy) -> None:
    """Lay the newest verdict of each case that waits for a person once more."""
    waiting = Case.objects.filter(workspace=policy.workspace_id, step=Step.JUDGE.value)
    decided = Judgement.objects.filter(confidence=None).values("case")
    cases = {case.pk: case for case in waiting.exclude(pk__in=decided).order_by("-pk")[:MOST_CASES]}
    for case in cases.values():
        case.abuse, case.may_threaten = "", False
    rows = list(Mention.objects.filter(case__in=cases, part__in=READ).order_by("pk"))
    firsts, verdicts = first_posts(cases), queries.newest_by_mention(rows)
    table, people = queries.table(policy), corrections.said(cases)
    for row in rows:
        if (verdict := verdicts.get(row.pk)) and row.case_id in cases:
            row.case = cases[row.case_id]
            is_subject = firsts.get(row.case_id) == row.pk
            lay(verdict, row, policy, is_subject=is_subject, is_decided=False, people=people, table=table)
    columns.write(rows, MENTION_COLUMNS)
    columns.write(cases.values(), CASE_COLUMNS)
