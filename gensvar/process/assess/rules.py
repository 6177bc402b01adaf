"""What of a post stands on the cover of its case, and what a verdict of a machine may do."""

from collections.abc import Iterable, Mapping
from typing import Any

from gensvar.reading.judge import chances

ALONE = frozenset({"complaint", "question"})
"""What a machine may judge alone."""
HALF = 0.5
ASKED = frozenset({"kind", "abuse"})
"""The heads that a person answers; a case is unsure when one of them is."""

LONGEST = 290
"""Code points of an excerpt; the column holds 300."""
IN_SIGHT = 60
"""A match that begins later than this would be cut off in a row of two short lines."""
BEFORE = 40
"""Code points that are kept before such a match, at most."""
CUT = "… "

Spans = list[list[int]]


def excerpt(text: str, spans: Spans) -> tuple[str, Spans]:
    """The stretch of `text` in which the first match can be seen, and the spans as they lie in it."""
    first = spans[0][0] if spans else 0
    if first <= IN_SIGHT:
        return text[:LONGEST], _within(spans, 0, 0)
    begin = _word_after(text, first - BEFORE, first)
    return CUT + text[begin : begin + LONGEST - len(CUT)], _within(spans, begin, len(CUT))


def _word_after(text: str, begin: int, first: int) -> int:
    """Where the first whole word after `begin` starts; `begin` itself when there is none before `first`."""
    gap = text.find(" ", begin, first)
    return gap + 1 if gap >= 0 else begin


def _within(spans: Spans, begin: int, shift: int) -> Spans:
    moved = [[start - begin + shift, end - begin + shift] for start, end in spans if start >= begin]
    return [span for span in moved if span[1] <= LONGEST]


def certainty(scores: Mapping[str, Any], head: str) -> float:
    """The probability of the answer that was given to this question; 0 when it gave none."""
    found = scores.get(head)
    if isinstance(found, int | float):
        return max(found, 1 - found)
    return found[chances.answer_of(found)] if found else 0.0


def unsure_of(said: Iterable[str], scores: Mapping[str, Any], sure_at: Mapping[str, float]) -> frozenset[str]:
    """The heads that are not sure enough: by the model, or by the probability that the workspace asks for.

    Nothing is surely free of abuse while there is a fair chance of a threat.
    """
    moved = {head for head, least in sure_at.items() if certainty(scores, head) < least}
    is_doubted = scores.get("abuse", 0.0) < HALF and may_threaten("", scores)
    return frozenset((set(said) - set(sure_at)) | moved | ({"abuse"} if is_doubted else set()))


def may_threaten(abuse: str, scores: Mapping[str, Any]) -> bool:
    """Whether there is a fair chance of a threat where a machine says something else, or is not sure of one.

    `abuse` is the ground of which it is sure.
    """
    return abuse != "threat" and chances.may_threaten(scores.get("abuse", 0.0), scores.get("ground", {}))


def sure_abuse(abuse: str, unsure: frozenset[str]) -> str:
    """The ground on which a machine is sure that the post is abusive ("" = it is not, or not surely)."""
    return "" if "abuse" in unsure else abuse


def may_judge_alone(kind: str, abuse: str, unsure: frozenset[str]) -> bool:
    """Whether a machine may move the case on: surely a complaint or a question, and surely not abusive.

    Abuse and threats always wait for a person, also where they stand beside a complaint.
    """
    return kind in ALONE and not abuse and unsure.isdisjoint(ASKED)


def answers_right(
    kind: str, abusive: bool | None, said: str, scores: Mapping[str, Any]
) -> list[tuple[str, bool]]:
    """For each head of which a person said something: whether the machine had said the same before."""
    found = [] if kind == "abuse" else [("kind", said == kind)]
    if abusive is not None:
        found.append(("abuse", (scores.get("abuse", 0.0) >= 0.5) == abusive))
    return found


SURELY_NOT_OURS = 0.8
"""From this probability on a machine may set a post aside."""


def is_ours_by_rule(
    *, tagged: bool, own_channel: bool, met: int, grounds: frozenset[str], is_urgent: bool
) -> bool:
    """Whether a person must see the post whatever a head says of whether it is about us.

    So it is when it names our handle or hashtag, stands in a thread of ours, meets several watches, threatens,
    or is urgent or speaks of health or safety.
    """
    return tagged or own_channel or met > 1 or "threat" in grounds or is_urgent


def is_not_about_us(share: float) -> bool:
    """Whether a machine is sure enough to set the post aside."""
    return share >= SURELY_NOT_OURS
