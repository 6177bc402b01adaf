"""The lowest point of a smooth function: limited-memory BFGS, the same steps every time.

Nocedal & Wright, Numerical Optimization (2nd ed.), algorithms 7.4 and 7.5, with halving of the step.
"""

from collections import deque
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Slope = Callable[[Vector], tuple[float, Vector]]

KEPT = 8
"""Steps that are remembered."""
MOST_STEPS = 25
"""More make a head slower, not better."""
SHORTEST = 1e-3
"""It has arrived when the slope is this share of the first."""
DESCENT = 1e-4
HALVINGS = 12


def lowest(slope: Slope, start: Vector) -> Vector:
    """Where the function is lowest, from `start` on. slope: value and gradient at a point."""
    here = start
    value, down = slope(here)
    enough = SHORTEST * float(np.linalg.norm(down))
    kept: deque[tuple[Vector, Vector, float]] = deque(maxlen=KEPT)
    for _ in range(MOST_STEPS):
        if float(np.linalg.norm(down)) <= enough:
            break
        way = _direction(down, kept)
        found = _step(slope, here, value, way, float(down @ way), first=not kept)
        if found is None:
            break
        there, value, next_down = found
        _keep(kept, there - here, next_down - down)
        here, down = there, next_down
    return here


def _keep(kept: deque[tuple[Vector, Vector, float]], step: Vector, change: Vector) -> None:
    curve = float(step @ change)
    if curve > 0:
        kept.append((step, change, curve))


def _direction(down: Vector, kept: deque[tuple[Vector, Vector, float]]) -> Vector:
    way = -down
    shares = []
    for step, change, curve in reversed(kept):
        share = float(step @ way) / curve
        shares.append(share)
        way -= np.float32(share) * change
    if kept:
        _, change, curve = kept[-1]
        way *= np.float32(curve / float(change @ change))
    for (step, change, curve), share in zip(kept, reversed(shares), strict=True):
        way += np.float32(share - float(change @ way) / curve) * step
    return way


def _step(
    slope: Slope, here: Vector, value: float, way: Vector, fall: float, *, first: bool
) -> tuple[Vector, float, Vector] | None:
    """One step down along `way`; None when none is lower."""
    size = min(1.0, 1.0 / float(np.linalg.norm(way))) if first else 1.0
    for _ in range(HALVINGS):
        there = here + np.float32(size) * way
        new, down = slope(there)
        if new <= value + DESCENT * size * fall:
            return there, new, down
        size /= 2
    return None
