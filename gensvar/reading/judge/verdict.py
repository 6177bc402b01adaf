"""What is said of a post, and why: plain values without behaviour."""

from typing import NamedTuple

import msgspec

from gensvar.kernel.sentence import Sentence

KINDS = ("complaint", "question", "praise", "other")
SENTIMENTS = ("negative", "neutral", "positive")
GROUNDS = ("insult", "hate", "threat", "obscene", "spam")
TARGETS = ("company", "staff", "group", "customer", "nobody")
URGENCIES = ("low", "normal", "high")
HEADS = ("kind", "sentiment", "abuse", "ground", "target", "urgency")


class Text(NamedTuple):
    """A post as the judge reads it."""

    text: str
    language: str = ""
    """What the network or the channel says it is (ISO 639-1), "" when it says nothing: a hint, not a fact."""


class Reason(NamedTuple):
    """A stretch of the post that weighed in favour of what was decided. Offsets in code points."""

    start: int
    end: int
    text: str
    head: str
    """For which question: one of HEADS."""
    weight: float
    """How much, in logits; the reasons of a head stand with the largest first."""


Scores = dict[str, float]
"""Calibrated probabilities of the answers to one question; they sum to 1."""


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What one post is."""

    language: str
    kind: str
    sentiment: str
    abuse: str | None
    """The likeliest ground when the post is more likely abusive than not."""
    target: str | None
    """Whom the abuse is aimed at; None without abuse."""
    urgency: str
    kinds: Scores
    sentiments: Scores
    abusive: float
    """Calibrated probability that the post is abusive at all."""
    grounds: Scores
    """Given that it is abusive; empty where that is unlikely (less than `chances.FAIR`)."""
    urgencies: Scores
    unsure: frozenset[str] = frozenset()
    """The heads whose answer is not sure enough to act upon: a person looks first."""
    reasons: tuple[Reason, ...] = ()
    urgent: tuple[Sentence, ...] = ()
    """Rules that raised or lowered the urgency, in words."""
