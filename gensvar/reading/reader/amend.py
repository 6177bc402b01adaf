"""A verdict with a reader's answer in place of the shipped model's, for the heads that were answered.

Two readers that disagree are unsure: a post that talks a reader into a wrong label gets that label and a person
who looks first, never a label that is acted upon. Where they agree, and the reader is SURE, doubt ends.
"""

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from gensvar.reading.judge.verdict import GROUNDS, Scores, Verdict
from gensvar.reading.reader.answer import CHOICES, LEAST, NOT_ABUSIVE, Answer, Answers

SURE = 0.7
"""From here on a reader that agrees ends the doubt of the shipped model."""


def amended(verdict: Verdict, answers: Answers) -> Verdict:
    """`verdict` with these answers; every head that was not answered stays as it was."""
    for one in answers:
        verdict = _AMENDS[one.head](verdict, one)
    return verdict


def _kind(verdict: Verdict, said: Answer) -> Verdict:
    agrees = verdict.kind == said.choice
    scores = _scores(verdict.kinds, CHOICES["kind"], said, agrees)
    return _settled(replace(verdict, kind=said.choice, kinds=scores), said, ("kind",), agrees)


def _sentiment(verdict: Verdict, said: Answer) -> Verdict:
    agrees = verdict.sentiment == said.choice
    scores = _scores(verdict.sentiments, CHOICES["sentiment"], said, agrees)
    return _settled(replace(verdict, sentiment=said.choice, sentiments=scores), said, ("sentiment",), agrees)


def _urgency(verdict: Verdict, said: Answer) -> Verdict:
    agrees = verdict.urgency == said.choice
    scores = _scores(verdict.urgencies, CHOICES["urgency"], said, agrees)
    return _settled(replace(verdict, urgency=said.choice, urgencies=scores), said, ("urgency",), agrees)


def _abuse(verdict: Verdict, said: Answer) -> Verdict:
    agrees = (verdict.abuse or NOT_ABUSIVE) == said.choice
    if said.choice == NOT_ABUSIVE:
        sure = _sure(1 - verdict.abusive, said, agrees)
        clean = replace(verdict, abuse=None, target=None, abusive=round(1 - sure, 4), grounds={})
        return _settled(clean, said, ABUSE, agrees)
    rude = replace(
        verdict,
        abuse=said.choice,
        target=verdict.target or "nobody",
        abusive=_sure(verdict.abusive, said, verdict.abuse is not None),
        grounds=_scores(verdict.grounds, GROUNDS, said, agrees),
    )
    return _settled(rude, said, ABUSE, agrees)


ABUSE = ("abuse", "ground", "target")


_AMENDS: Mapping[str, Callable[[Verdict, Answer], Verdict]] = {
    "kind": _kind,
    "sentiment": _sentiment,
    "abuse": _abuse,
    "urgency": _urgency,
}


def _sure(before: float, said: Answer, agrees: bool) -> float:
    """How likely an answer is that both gave, or only the reader: of two that disagree, each may be right."""
    return max(before, said.sure) if agrees else LEAST


def _scores(before: Scores, choices: Sequence[str], said: Answer, agrees: bool) -> Scores:
    """What is left beside the choice is shared out as it stood before."""
    sure = _sure(before.get(said.choice, 0.0), said, agrees)
    others = {each: max(before.get(each, 0.0), 1e-6) for each in choices if each != said.choice}
    share = (1 - sure) / sum(others.values())
    return {each: sure if each == said.choice else others[each] * share for each in choices}


def _settled(verdict: Verdict, said: Answer, heads: Sequence[str], agrees: bool) -> Verdict:
    """Doubt and reasons after this answer: the words that spoke for another answer are no reasons any more."""
    if not agrees:
        reasons = tuple(each for each in verdict.reasons if each.head not in heads)
        return replace(verdict, unsure=verdict.unsure | {said.head}, reasons=reasons)
    return replace(verdict, unsure=verdict.unsure - {*heads}) if said.sure >= SURE else verdict
