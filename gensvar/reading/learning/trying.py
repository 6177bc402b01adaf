"""Whether a head of one's own is worth using: tried on every fifth correction, which it never learns from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gensvar.reading.learning.example import Example
from gensvar.reading.learning.head import MOST, Head, learn

EVERY = 5
"""The fifth, tenth, fifteenth … correction, by the order in which they came, is kept for the trial."""
ENOUGH = 10
"""Trials from which a comparison counts: 50 corrections."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How right answers are on the corrections kept for the trial, with the head of one's own and without.

    `with_it`, `without`: how many of the `tried` are right. `learnt`: corrections that the head was made from.
    """

    learnt: int
    tried: int
    with_it: int
    without: int

    @property
    def is_better(self) -> bool:
        """The rule: at least ten trials, and more of them right with the head than without it."""
        return self.is_better_from(ENOUGH)

    def is_better_from(self, enough: int) -> bool:
        """The same rule with another least number of trials."""
        return self.tried >= enough and self.with_it > self.without


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
    with_it = sum(int(head.logits(each).argmax()) == each.answer for each in kept)
    without = sum(_said(each) == each.answer for each in kept)
    return head, Figures(len(taught), len(kept), with_it, without)


def _said(example: Example) -> int:
    """What was said before; the first answer where nothing was."""
    return int(np.argmax(example.before))
