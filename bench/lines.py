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

from bench.line import say, words
from bench.matching import names, posts, query
from gensvar.filters.match import Asked
from gensvar.filters.watchlist import ListedWatch, load

QUERIES = 10_000
DISTINCT = 20_000
POSTS = 1_000_000
LITTLE, MUCH = 250_000_000, 1_000_000_000
"""Bytes of input between which memory must not grow."""


class Done(NamedTuple):
    """What a process took: seconds of the processor, and megabytes at most."""

    seconds: float
    peak: float
    posts: int


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
        _speed(listed, said, path)
        for size in (LITTLE, MUCH):
            done = process(path, said, size // (sum(map(len, said)) // DISTINCT + 1))
            say(f"lines.match.{size // 1_000_000}_MB", done.posts / done.seconds, "posts/s", done.posts)
            say(f"lines.match.{size // 1_000_000}_MB.peak", done.peak, "MB", done.posts)


def _table(watch: ListedWatch) -> str:
    return f"[[watch]]\nid = '{watch.id}'\nquery = '{watch.query}'\n\n"


def _speed(listed: list[ListedWatch], said: list[bytes], path: Path) -> None:
    engine = _engine(Asked(listed), said)
    say(f"lines.engine.{QUERIES}", POSTS / engine, "posts/s", POSTS)
    start = process(path, said, 0)
    say(f"lines.match.start_up.{QUERIES}", start.seconds, "s", 1)
    whole = process(path, said, POSTS)
    say(f"lines.match.{QUERIES}", POSTS / whole.seconds, "posts/s", POSTS)
    say(f"lines.match.share_of_engine.{QUERIES}", engine / whole.seconds, "", POSTS)
    net = (whole.seconds - start.seconds) / engine
    words(f"Without its start-up the process takes {net:.2f} of the engine's time.")


def _engine(asked: Asked, said: list[bytes]) -> float:
    """Seconds of the processor from each line of JSON to the line of its answer, within this process."""
    for line in said:
        asked.answer(line)
    began = time.process_time()
    for _ in range(POSTS // DISTINCT):
        for line in said:
            asked.answer(line)
    return time.process_time() - began


def process(path: Path, said: list[bytes], count: int) -> Done:
    """`gensvar match` on about `count` posts (whole rounds of `said`) through a pipe, answers thrown away."""
    block, rounds = b"\n".join(said) + b"\n", -(-count // DISTINCT)
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
    return Done(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, rounds * DISTINCT)


if __name__ == "__main__":
    main()
