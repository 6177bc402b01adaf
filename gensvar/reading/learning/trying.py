"""Whether a head of one's own is worth using: tried on every fifth correction, which it never learns from."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from gensvar.reading.judge.chances import lean
from gensvar.reading.learning.example import Example
from gensvar.reading.learning.head import MOST, Head, learn

EVERY = 5
"""The fifth, tenth, fifteenth … correction, by the order in which they came, is kept for the trial."""
ENOUGH = 10
"""Trials from which a comparison counts: 50 corrections."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How right answers are on the corrections kept for the trial, with the head of one's own and without.

    `with_it`, `without`: how many of the `tried` are right; `f1_with`, `f1_without`: their macro-F1.
    `learnt`: corrections that the head was made from.
    """

    learnt: int
    tried: int
    with_it: int
    without: int
    f1_with: float
    f1_without: float

    @property
    def is_better(self) -> bool:
        """The rule: at least ten trials, and a better macro-F1 with the head than without it."""
        return self.is_better_from(ENOUGH)

    def is_better_from(self, enough: int) -> bool:
        """The same rule with another least number of trials."""
        return self.tried >= enough and self.f1_with > self.f1_without


def macro_f1(right: Sequence[int], said: Sequence[int]) -> float:
    """How right answers are when each answer counts the same, however rare it is, from 0 to 1.

    The mean of F1 over the answers that are right somewhere. right, said: numbers of answers, post by post.
    """
    pairs = list(zip(right, said, strict=True))
    given = sorted(set(right))
    return fmean(_f1(pairs, answer) for answer in given) if given else 0.0


def _f1(pairs: Sequence[tuple[int, int]], answer: int) -> float:
    """2 x hits / (times it was right + times it was said)."""
    hits = sum(right == said == answer for right, said in pairs)
    return 2 * hits / sum((right == answer) + (said == answer) for right, said in pairs)


def is_kept_for_trial(number: int) -> bool:
    """Whether the correction that came as `number` (from 1) is one that the head never learns from."""
    return number % EVERY == 0


def attempt(came: Sequence[tuple[int, Example]], answers: Sequence[str]) -> tuple[Head, Figures] | None:
    """Learn from these corrections and try the head on those kept back; None when there is nothing to learn.

    came: which number the correction came as (from 1, for ever: one that is taken back leaves its number
    empty, so that no other changes sides), oldest first.
    """
    newest = came[-MOST:]
    taught = [each for number, each in newest if not is_kept_for_trial(number)]
    kept = [each for number, each in newest if is_kept_for_trial(number)]
    if len({each.answer for each in taught}) < 2:
        return None
    head = learn(taught, answers)
    return head, _figures(len(taught), kept, head)


def _figures(learnt: int, kept: Sequence[Example], head: Head) -> Figures:
    right = [each.answer for each in kept]
    leaning = lean(head.answers)
    with_it = [int((head.logits(each) + leaning).argmax()) for each in kept]
    without = [int((each.before + leaning).argmax()) for each in kept]
    return Figures(
        learnt,
        len(kept),
        sum(one == said for one, said in zip(right, with_it, strict=True)),
        sum(one == said for one, said in zip(right, without, strict=True)),
        macro_f1(right, with_it),
        macro_f1(right, without),
    )
