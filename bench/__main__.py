"""All benchmarks, one after the other; each subject in a process of its own, bounded in time."""

import os
import subprocess
import sys
import time
from pathlib import Path

from bench import database
from bench.line import words

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 300.0
"""Seconds that one subject may take."""


def main() -> int:
    """Run them all; 1 when a subject did not come to its end."""
    began = time.monotonic()
    done = [_run(subject, {}) for subject in ("live", "alerts", "second_start", "matching", "lines")]
    with database.sqlite() as env:
        done.append(_run("watching", env))
    for open_one in (database.sqlite, database.postgresql):
        for subject in ("inbox", "intake"):
            with open_one() as env:
                done.append(env is None or _run(subject, env))
    words(f"All of it took {time.monotonic() - began:.0f} s.")
    return 0 if all(done) else 1


def _run(subject: str, env: dict[str, str]) -> bool:
    on = env["DATABASE_URL"].partition(":")[0] or "sqlite" if env else "a whole desk"
    words(f"{subject} on {on}, load {os.getloadavg()[0]:.1f}")
    try:
        ended = subprocess.run(
            [sys.executable, "-m", f"bench.{subject}"],
            cwd=ROOT,
            env={**os.environ, **env},
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        words(f"{subject} took longer than {LONGEST:.0f} s and was ended.")
        return False
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
