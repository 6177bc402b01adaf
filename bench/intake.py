"""Posts taken in and judged: one alone, a second at worst, a realistic stream; and bare inserts of these rows."""

import bench.ready  # noqa: F401  isort: skip

import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction

from bench import company
from bench.company import Company
from bench.line import limit, say, share
from gensvar.kernel.clock import now
from gensvar.process.listen.models import Watch
from gensvar.process.listen.take_in import take_in

A_BATCH = 100
WORST, REAL = 3_000, 30_000
ALONE, ALONE_LIMIT_MS = 200, 50.0
MOST_SECONDS = 20.0
TABLES = (
    "case_case",
    "listen_mention",
    "listen_revision",
    "assess_verdict",
    "document_capture",
    "listen_threadload",
    "case_fact",
    "django_tasks_database_dbtaskresult",
)
"""What one found post is written to, in the order in which rows point back; judgements are not of every post."""


def main() -> None:
    """All lines of this subject, on the database of this process."""
    us, on = company.found(now()), connection.vendor
    _take(us, 0, 1)  # warm
    alone = [_alone(us, 3_000_000 + number) for number in range(ALONE)]
    say(f"intake.one_post_judged.p95.{on}", share(alone, 0.95), "ms", ALONE)
    limit(f"intake.one_post_judged.p95.{on}", ALONE_LIMIT_MS, "ms")
    done, rate = _timed(lambda first: _take(us, first, 1), 1_000_000, WORST)
    say(f"intake.posts_per_second.all_found.{on}", rate, "posts/s", done)
    kept = done + A_BATCH + ALONE
    say(f"intake.posts_per_second.bare_inserts.{on}", _bare(kept), "posts/s", kept)
    done, rate = _timed(lambda first: _take(us, first, 100), 2_000_000, REAL)
    say(f"intake.posts_per_second.one_in_100_found.{on}", rate, "posts/s", done)


def _alone(us: Company, number: int) -> float:
    """Milliseconds for one post about us, from the stream to its verdict and its case."""
    at = now()
    batch = company.batch(number, 1, at)
    began = time.perf_counter()
    take_in(us.source, [us.channel], batch, us.ears.match, at=at)
    return (time.perf_counter() - began) * 1000


def _take(us: Company, first: int, one_in: int) -> None:
    at = now()
    batch = company.batch(first, A_BATCH, at, one_in=one_in)
    take_in(us.source, [us.channel], batch, us.ears.match, at=at)


def _timed(take: Callable[[int], None], first: int, posts: int) -> tuple[int, float]:
    """How many posts were taken, and how many a second; bounded in number and time."""
    began, done = time.perf_counter(), 0
    while done < posts and time.perf_counter() - began < MOST_SECONDS:
        take(first + done)
        done += A_BATCH
    return done, done / (time.perf_counter() - began)


def _bare(posts: int) -> float:
    """The floor: the very rows of these posts again, by executemany, a transaction for each hundred posts."""
    kept = {table: kept for table in TABLES if (kept := _rows(table))[1]}
    Watch.objects.update(change=None)  # it names a line of the journal, which is deleted below
    with connection.cursor() as cursor, transaction.atomic():
        for table in ("assess_judgement", *reversed(TABLES)):
            cursor.execute(f"DELETE FROM {table}")
    batches = posts // A_BATCH
    began = time.perf_counter()
    for number in range(batches):
        with transaction.atomic(), connection.cursor() as cursor:
            for table, (insert, rows) in kept.items():
                part = rows[number * len(rows) // batches : (number + 1) * len(rows) // batches]
                assert part, table
                cursor.executemany(insert, part)
    return posts / (time.perf_counter() - began)


def _rows(table: str) -> tuple[str, Sequence[Any]]:
    with connection.cursor() as cursor:
        key = "enqueued_at" if table.startswith("django_tasks") else "id"
        even = "WHERE name <> 'case.judged'" if table == "case_fact" else ""
        cursor.execute(f"SELECT * FROM {table} {even} ORDER BY {key}")
        columns = ", ".join(f'"{column[0]}"' for column in cursor.description)
        rows = cursor.fetchall()
    marks = ", ".join(["%s"] * len(cursor.description))
    return f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows


if __name__ == "__main__":
    main()
