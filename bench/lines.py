"""`gensvar match` as a whole process beside its own engine on the same lines, and how much memory it takes."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec

from bench.line import say
from bench.matching import names, posts, query
from gensvar.filters.match import Asked, ready
from gensvar.filters.watchlist import ListedWatch, load

QUERIES = 10_000
DISTINCT = 20_000
POSTS, ROUNDS = 1_000_000, 3
LITTLE, MUCH = 250_000_000, 1_000_000_000
"""Bytes of input between which memory must not grow."""


class Done(NamedTuple):
    """What it took: seconds of the processor and by the clock, and megabytes at most."""

    seconds: float
    elapsed: float
    posts: int
    peak: float = 0.0


def main() -> None:
    """The figures."""
    chance = Random("lines")
    named = names(chance, QUERIES)
    listed = [ListedWatch(str(n), query(chance, name, chance.choice(named))) for n, name in enumerate(named)]
    said = [
        msgspec.json.encode({"id": str(n), "text": text})
        for n, text in enumerate(posts(chance, named, DISTINCT))
    ]
    with tempfile.TemporaryDirectory(prefix="gensvar-bench-") as folder:
        path = Path(folder, "WATCHES.toml")
        path.write_text("".join(_table(watch) for watch in listed))
        assert load(path) == listed
        _speed(path, said)


def _table(watch: ListedWatch) -> str:
    return f"[[watch]]\nid = '{watch.id}'\nquery = '{watch.query}'\n\n"


def _speed(path: Path, said: list[bytes]) -> None:
    """The engine and the whole command take turns, so that what else the machine does meets both."""
    asked = ready(path)
    _engine(asked, said, DISTINCT)  # every query that is met has been made ready
    engines, wholes = [], []
    for _ in range(ROUNDS):
        engines.append(_engine(asked, said, POSTS))
        wholes.append(process(path, said, POSTS))
    start = min(process(path, said, 0).seconds for _ in range(ROUNDS))
    say(f"lines.match.start_up.{QUERIES}", start, "s", ROUNDS)
    _beside(f"{QUERIES}", min(engines), min(wholes))
    for size in (LITTLE, MUCH):
        whole = process(path, said, size // (sum(map(len, said)) // DISTINCT + 1))
        engines.append(_engine(asked, said, POSTS))
        _beside(f"{size // 1_000_000}_MB", min(engines[-2:]), whole)
        say(f"lines.match.{size // 1_000_000}_MB.peak", whole.peak, "MB", whole.posts)


def _beside(name: str, engine: Done, whole: Done) -> None:
    """The command with its start-up beside the engine without one, by the processor and by the clock."""
    say(f"lines.engine.{name}", engine.posts / engine.seconds, "posts/s", engine.posts)
    say(f"lines.match.{name}", whole.posts / whole.seconds, "posts/s", whole.posts)
    share = (whole.posts / whole.seconds) / (engine.posts / engine.seconds)
    say(f"lines.match.share_of_engine.{name}", share, "", whole.posts)
    share = (whole.posts / whole.elapsed) / (engine.posts / engine.elapsed)
    say(f"lines.match.share_of_engine_by_the_clock.{name}", share, "", whole.posts)


def _engine(asked: Asked, said: list[bytes], count: int) -> Done:
    """From each line of JSON to the line of its answer, within this process."""
    began, clock = time.process_time(), time.monotonic()
    for _ in range(count // DISTINCT):
        for line in said:
            asked.answer(line)
    return Done(time.process_time() - began, time.monotonic() - clock, count)


def process(path: Path, said: list[bytes], count: int) -> Done:
    """`gensvar match` on about `count` posts (whole rounds of `said`) through a pipe, answers thrown away."""
    block, rounds = b"\n".join(said) + b"\n", -(-count // DISTINCT)
    clock = time.monotonic()
    running = subprocess.Popen(
        [sys.executable, "-m", "gensvar.cli", "match", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    assert running.stdin
    with running.stdin as pipe:
        for _ in range(rounds):
            pipe.write(block)
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0
    elapsed = time.monotonic() - clock
    return Done(used.ru_utime + used.ru_stime, elapsed, rounds * DISTINCT, used.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
