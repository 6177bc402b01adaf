"""All benchmarks, one after the other; each subject in a process of its own, bounded in time.

`python -m bench soak` runs the long one instead, on both databases.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench import database
from bench.line import words

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 300.0
"""Seconds that one subject may take."""


LONGEST_SOAK = 3_600.0


def main(wanted: list[str]) -> int:
    """Run them all (or the soak); 1 when a subject did not come to its end."""
    if wanted == ["soak"]:
        return _on_both(("soak",), LONGEST_SOAK)
    if wanted:
        words("Say python -m bench, or python -m bench soak.")
        return 2
    began = time.monotonic()
    done = [
        _run(subject, {}) for subject in ("live", "alerts", "second_start", "matching", "lines", "judging")
    ]
    with database.sqlite() as env:
        done.append(_run("watching", env))
    failed = _on_both(("inbox", "intake", "verdict"), LONGEST)
    words(f"All of it took {time.monotonic() - began:.0f} s.")
    return 0 if all(done) and not failed else 1


def _on_both(subjects: Sequence[str], longest: float) -> int:
    """Run these on an empty database of each kind; 1 when one did not come to its end."""
    done = []
    for open_one in (database.sqlite, database.postgresql):
        for subject in subjects:
            with open_one() as env:
                done.append(env is None or _run(subject, env, longest))
    return 0 if all(done) else 1


def _run(subject: str, env: dict[str, str], longest: float = LONGEST) -> bool:
    on = env["DATABASE_URL"].partition(":")[0] or "sqlite" if env else "a whole desk"
    words(f"{subject} on {on}, load {os.getloadavg()[0]:.1f}")
    try:
        ended = subprocess.run(
            [sys.executable, "-m", f"bench.{subject}"],
            cwd=ROOT,
            env={**os.environ, **env},
            timeout=longest,
            check=False,
        )
    except subprocess.TimeoutExpired:
        words(f"{subject} took longer than {longest:.0f} s and was ended.")
        return False
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
