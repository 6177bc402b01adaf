"""Making scores into probabilities: a slope and a shift per answer, found on posts that were not learnt from."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax

from gensvar.reading.judge.columns import ANSWERS

Floats = NDArray[np.floating[Any]]
WANTED = {"kind": 0.9, "sentiment": 0.9, "abuse": 0.95, "urgency": 0.9}
"""How often an answer that is called sure has to be right."""
FLOOR, CEILING = 0.5, 0.95
CAUTION = 0.95
"""How much of the confidence is kept: the lexicons were looked over by people who had read the posts it comes from.

One number for all heads and languages: with it none strays by more than 0.05 (ECE) on posts that nobody had read.
"""


def fitted(head: str, scores: Floats, said: Sequence[str]) -> tuple[float, Floats]:
    """One slope for all answers of a head, and a shift for each (Platt 1999; Guo et al. 2017, vector scaling)."""
    answers = ("no", "yes") if head == "abuse" else ANSWERS[head]
    truth = np.array([answers.index(each) for each in said])
    if head == "abuse":
        scores = np.hstack([np.zeros_like(scores), scores])

    def loss(values: NDArray[np.float64]) -> float:
        logits = scores * np.exp(values[0]) + np.append(0.0, values[1:])
        likely = log_softmax(logits, axis=1)[np.arange(len(truth)), truth]
        return float(-likely.mean() + 1e-3 * np.square(values).sum())

    found = minimize(loss, np.zeros(len(answers)), method="L-BFGS-B").x
    slope = CAUTION * float(np.exp(found[0]))
    shifts = found[1:] if head == "abuse" else np.append(0.0, found[1:])
    return slope, (CAUTION * shifts).astype(np.float32)


def sure_from(head: str, top: Floats, right: NDArray[np.bool_]) -> float:
    """The lowest probability from which answers are right as often as is wanted; CEILING when none is enough."""
    order = np.argsort(-top)
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= WANTED[head])
    lowest = float(top[order][enough[-1]]) if len(enough) else CEILING
    return round(min(max(lowest, FLOOR), CEILING), 3)


def expected_error(top: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """ECE: how far, on average, confidence lies from accuracy, over bins of equal width (Naeini et al. 2015)."""
    which = np.minimum((top * bins).astype(int), bins - 1)
    return float(
        sum(
            (which == one).mean() * abs(top[which == one].mean() - right[which == one].mean())
            for one in range(bins)
            if (which == one).any()
        )
    )
