"""What a post is, as its case shows it: what a machine said and why, what people decided, how bad it is."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gensvar.desk import answers
from gensvar.desk.clocks import hour
from gensvar.desk.filtering import followers
from gensvar.desk.marks import Stretch
from gensvar.desk.rows import KIND_SHAPES, Choice, Tag
from gensvar.kernel.sentence import Sentence
from gensvar.kernel.text import showable
from gensvar.people.language import said as translated
from gensvar.process.assess import corrections, queries, rules, topics
from gensvar.process.assess.models import Judgement, Policy, Verdict
from gensvar.process.assess.severity import PERHAPS, Row
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind

URGENT = "high"


def judgement(case: Case, verdict: Verdict | None, at: datetime) -> dict[str, Any]:
    """Everything that the case page says of what the post is."""
    newest = case.judgements.order_by("-at", "-pk").first()
    policy = queries.policy(case.workspace_id)
    is_decided = newest is not None and newest.confidence is None
    return {
        "by": _by(newest, at),
        "kinds": _kinds(case),
        "abusive": Choice("no" if case.abuse else "yes", _("Also abusive"), bool(case.abuse), "abuse"),
        "corrected": [
            (question, _CALLED[question], _answers(question, getattr(case, question)))
            for question in corrections.ANSWERS
        ],
        "says": list(_says(verdict, policy)) if verdict else [],
        "unsure": _unsure(case, verdict, policy) if verdict and not is_decided else "",
        "why": [translated(Sentence(template, **values)) for template, values in verdict.urgent]
        if verdict
        else [],
        "judge": showable(verdict.judge) if verdict else "",
        "may_confirm": verdict is not None and not is_decided,
        "topics": _topics(case),
        "topic_by": _("by machine") if case.topic and not topics.is_said(case) else "",
        "may_set_aside": not case.is_closed and case.answered_at is None,
        "severity": severity_tag(case.severity),
        "severity_why": _weighed(case),
    }


_CALLED = {corrections.SENTIMENT: gettext_lazy("Tone"), corrections.URGENCY: gettext_lazy("Urgency")}
_BESIDE = {**answers.SENTIMENTS, **answers.URGENCIES, "normal": pgettext_lazy("urgency", "normal")}
"""The answers, where the question stands beside them."""


def _answers(question: str, chosen: str) -> list[Choice]:
    """What can be said of tone or urgency, and what stands on the cover."""
    said = corrections.ANSWERS[question]
    return [Choice(each, str(_BESIDE[each]), each == chosen) for each in said]


def _topics(case: Case) -> list[Choice]:
    """What a complaint can be about; one that is on the list no more stays where it was said."""
    if case.kind != Kind.COMPLAINT.value:
        return []
    offered = dict(topics.of(case.workspace))
    names = {"": _("Not said"), **offered, **({case.topic: case.topic} if case.topic not in offered else {})}
    names[""] = _("Not said")
    return [Choice(code, showable(name), case.topic == code) for code, name in names.items()]


def says(verdict: Verdict | None, workspace_id: int) -> list[Tag]:
    """What a machine says of a post that has no case."""
    return list(_says(verdict, queries.policy(workspace_id))) if verdict else []


def _by(newest: Judgement | None, at: datetime) -> str:
    if newest is None:
        return ""
    who = _("machine") if newest.confidence is not None else newest.by_name
    return _("%(name)s, %(time)s") % {"name": who, "time": hour(newest.at, at)}


def _kinds(case: Case) -> list[Choice]:
    tones = {Kind.PRAISE.value: "praise", Kind.ABUSE.value: "abuse"}
    return [
        Choice(value, str(name), case.kind == value, tones.get(value, ""))
        for value, name in Case.Kind.choices
    ]


def _says(verdict: Verdict, policy: Policy) -> Iterator[Tag]:
    """The answers of a machine, each with how sure it is."""
    unsure = queries.unsure(verdict, policy)
    icon, tone = KIND_SHAPES[Kind(verdict.kind)]
    sure = rules.certainty(verdict.scores, "kind")
    yield Tag(_sure(answers.kind(verdict.kind), sure, unsure="kind" in unsure), tone, icon)
    mood = answers.sentiment(verdict.sentiment)
    yield Tag(_sure(mood, rules.certainty(verdict.scores, "sentiment"), unsure="sentiment" in unsure))
    yield Tag(answers.urgency(verdict.urgency), "soon" if verdict.urgency == URGENT else "")
    if verdict.abuse:
        yield Tag(_abuse(verdict, unsure="abuse" in unsure), "abuse", "shield-alert")
    elif "abuse" in unsure:
        yield Tag(_sure(answers.abuse("any"), verdict.scores["abuse"], unsure=True), "abuse", "shield-alert")
    if rules.may_threaten(verdict.abuse, verdict.scores):
        yield Tag(answers.abuse(PERHAPS), "abuse", "shield-alert")


def _abuse(verdict: Verdict, *, unsure: bool) -> str:
    ground = answers.abuse(verdict.abuse)
    if verdict.target in answers.TARGETS:
        aim = {"ground": ground, "target": answers.TARGETS[verdict.target]}
        ground = _("%(ground)s against %(target)s") % aim
    return _sure(ground, rules.certainty(verdict.scores, "abuse"), unsure=unsure)


def _sure(words: str, share: float, *, unsure: bool) -> str:
    pattern = _("%(words)s? %(share)s") if unsure else _("%(words)s %(share)s")
    return pattern % {"words": words, "share": answers.percent(share)}


def _unsure(case: Case, verdict: Verdict, policy: Policy) -> str:
    if case.may_threaten:
        return _("It may be a threat, and the machine cannot tell. Read it first.")
    heads = queries.unsure(verdict, policy) & rules.ASKED
    if heads == rules.ASKED:
        return _("The machine can tell neither what it is nor whether it is abusive. Say it first.")
    if "kind" in heads:
        return _("The machine cannot tell what it is. Say it first.")
    if "abuse" in heads:
        return _("The machine cannot tell whether it is abusive. Say it first.")
    return ""


def severity_tag(severity: int) -> Tag:
    """How bad it is, as a word with a tone."""
    return Tag(answers.severity(severity), answers.SEVERITY_TONES.get(severity, ""))


def _weighed(case: Case) -> str:
    """Which row of the table says how bad it is."""
    _severity, row = queries.severity(case)
    if row is None:
        return _("No row of the table matches, so it is normal.")
    return _("Since it is: %(conditions)s.") % {"conditions": conditions(row)}


def conditions(row: Row) -> str:
    """When a row of the table matches, as one line."""
    parts = [
        _or(answers.kind(kind) for kind in sorted(row.kinds)),
        _or(answers.urgency(urgency) for urgency in sorted(row.urgencies)),
        _or(answers.abuse(ground) for ground in sorted(row.abuses)),
        _("%(followers)s or more") % {"followers": followers(row.reach)} if row.reach else "",
    ]
    return ", ".join(part for part in parts if part) or _("anything")


def _or(words: Iterator[str]) -> str:
    return _(" or ").join(words)


def reasons(verdict: Verdict | None) -> list[Stretch]:
    """The words that decided, with what they speak for; of words that speak for several the first counts.

    Only for what somebody acts upon: what it is, that it is abusive, that it is urgent.
    """
    if verdict is None:
        return []
    said = {"kind": answers.kind(verdict.kind)}
    if verdict.abuse:
        said |= dict.fromkeys(("abuse", "ground"), answers.abuse(verdict.abuse))
    if verdict.urgency == URGENT:
        said["urgency"] = answers.urgency(verdict.urgency)
    told: dict[tuple[int, int], str] = {}
    for start, end, head, _weight in verdict.reasons:
        if head in said:
            told.setdefault((start, end), _("speaks for: %(answer)s") % {"answer": said[head]})
    return [(start, end, words) for (start, end), words in told.items()]
