"""From a stored mention to its stored verdict: one at a time, and in the batches in which the listener writes."""

import bench.ready  # noqa: F401  isort: skip

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bench import company
from bench.company import Company
from bench.line import limit, say, share, words
from gensvar.kernel.clock import now
from gensvar.people.actor import machine as the_machine
from gensvar.process.assess import machine, verdicts
from gensvar.process.listen.models import Mention
from gensvar.process.listen.take_in import take_in

LIMIT_MS = 50.0
A_BATCH = 100
ALONE, BATCHES = 200, 20
WAYS = (
    ("one", ALONE, 1, 1),
    ("one_in_100_found", ALONE // 2, A_BATCH, 100),
    ("100_in_100_found", BATCHES, A_BATCH, 1),
)
"""What is called how, and how often; posts of a batch, and of how many one is about us."""
MENTION, VERDICT = 'INSERT INTO "listen_mention"', 'INSERT INTO "assess_verdict"'


def main() -> None:
    """All lines of this subject, on the database of this process."""
    us, on = company.found(now()), connection.vendor
    words(f"load {os.getloadavg()[0]:.1f}")
    _taken_in(us, 0, A_BATCH, 1)  # warm
    for number, (name, times, posts, one_in) in enumerate(WAYS, start=1):
        first = number * 1_000_000
        if one_in == 1:
            judged = [_judged(us, first + each * posts, posts) for each in range(times)]
            _say_all("judging", f"{name}.{on}", judged, posts)
        first += 500_000
        taken_in = [_taken_in(us, first + each * posts, posts, one_in) for each in range(times)]
        found = posts // one_in
        _say("after_mention", f"{name}.{on}", [one.verdict_at - one.mention_at for one in taken_in], found)
        _say_all("whole_intake", f"{name}.{on}", taken_in, found)


@dataclass
class _Watched:
    """What is seen of one piece of work: milliseconds by the clock and of the processor, and statements."""

    whole: float = 0.0
    processor: float = 0.0
    statements: int = 0
    mention_at: float = 0.0
    verdict_at: float = 0.0

    def look(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Run a statement and note when it was done."""
        done = execute(sql, *rest)
        self.statements += 1
        if sql.startswith(MENTION):
            self.mention_at = time.perf_counter() * 1000
        elif sql.startswith(VERDICT):
            self.verdict_at = time.perf_counter() * 1000
        return done


@contextlib.contextmanager
def _watch() -> Iterator[_Watched]:
    seen, began, processor = _Watched(), time.perf_counter(), time.process_time()
    with connection.execute_wrapper(seen.look):
        yield seen
    seen.whole = (time.perf_counter() - began) * 1000
    seen.processor = (time.process_time() - processor) * 1000


def _judged(us: Company, first: int, posts: int) -> _Watched:
    """The judging alone, of posts that were stored while nobody sat as the judge, with all its statements."""
    judge, at = machine.judge(), now()
    machine.sit(None)
    take_in(us.source, [us.channel], company.batch(first, posts, at), us.ears.match, at=at)
    machine.sit(judge)
    stored = list(Mention.objects.order_by("-pk").values_list("pk", flat=True)[:posts])
    with _watch() as seen:
        given = verdicts.read(stored, by=the_machine(us.alice.workspace_id), at=at)
    assert len(given) == posts
    return seen


def _taken_in(us: Company, first: int, posts: int, one_in: int) -> _Watched:
    """All of it: stored, cases opened, evidence due, judged, told."""
    at = now()
    batch = company.batch(first, posts, at, one_in=one_in)
    with _watch() as seen:
        take_in(us.source, [us.channel], batch, us.ears.match, at=at)
    assert seen.verdict_at > seen.mention_at > 0
    return seen


def _say_all(what: str, name: str, seen: Sequence[_Watched], posts: int) -> None:
    _say(what, name, [one.whole for one in seen], posts)
    say(f"verdict.{what}.processor.p95.{name}", share([one.processor for one in seen], 0.95), "ms", len(seen))
    say(f"verdict.{what}.statements.p50.{name}", share([one.statements for one in seen], 0.5), "", len(seen))


def _say(what: str, name: str, took: Sequence[float], posts: int) -> None:
    """The limit is that of one mention; of a batch full of mentions it stands beside the share of each."""
    say(f"verdict.{what}.p50.{name}", share(took, 0.5), "ms", len(took))
    say(f"verdict.{what}.p95.{name}", share(took, 0.95), "ms", len(took))
    if posts > 1:
        name = f"each.{name}"
        say(f"verdict.{what}.p95.{name}", share(took, 0.95) / posts, "ms", len(took))
    limit(f"verdict.{what}.p95.{name}", LIMIT_MS, "ms")


if __name__ == "__main__":
    main()
