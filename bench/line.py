"""One line of a benchmark, and words beside it."""

import json
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path


def say(name: str, value: float, unit: str, n: int) -> None:
    """Print one result. n: how many measurements it was made from."""
    line = {"name": name, "value": round(value, 4), "unit": unit, "n": n, "machine": machine()}
    print(json.dumps(line), flush=True)


def limit(name: str, value: float, unit: str) -> None:
    """Print what `name` must stay under (or at)."""
    say(f"{name}.limit", value, unit, 0)


def words(text: str) -> None:
    """Something for people."""
    print(text, file=sys.stderr, flush=True)


def share(values: Sequence[float], part: float) -> float:
    """The value below which `part` of them lie (the nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, round(part * len(ranked) + 0.5) - 1))]


def machine() -> str:
    """Cores, Python, processor."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {_processor()}"


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()
