"""How right a machine is against how much it dares to answer, from what people said afterwards; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 50
"""Judgements from which a curve says something."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One answer of a machine that a person judged afterwards: how sure it was, and whether it was right.

    `believed`: it counted as sure by the line that holds now.
    """

    sure: float
    right: bool
    believed: bool = True


@dataclass(frozen=True, slots=True)
class Point:
    """Were the machine to answer from `least` on: the share that it answers, how many, and how right it is."""

    least: float
    coverage: float
    number: int
    accuracy: float | None


def at(trials: Sequence[Trial], least: float) -> Point:
    """What it would have meant to trust answers from this probability on; no accuracy where it answers none."""
    return _point(least, [trial for trial in trials if trial.sure >= least], len(trials))


def now(trials: Sequence[Trial]) -> Point:
    """What the line that holds now means; `least` is the least sure answer above it."""
    believed = [trial for trial in trials if trial.believed]
    return _point(min((trial.sure for trial in believed), default=1.0), believed, len(trials))


def _point(least: float, answered: Sequence[Trial], all_: int) -> Point:
    right = sum(trial.right for trial in answered)
    return Point(
        least,
        len(answered) / all_ if all_ else 0.0,
        len(answered),
        right / len(answered) if answered else None,
    )


def curve(trials: Sequence[Trial], levels: Sequence[float] = ()) -> list[Point]:
    """A point for each probability that occurs (or each of `levels`), from the least sure to the surest."""
    return [at(trials, least) for least in (levels or sorted({trial.sure for trial in trials}))]
