"""The inbox page: 50 rows out of 100,000 cases, as the server answers it to somebody who is signed in."""

import bench.ready  # noqa: F401  isort: skip

import time
from datetime import timedelta

from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import company
from bench.company import Company
from bench.line import limit, say, share, words
from gensvar.kernel.clock import now
from gensvar.process.case.models import Case
from gensvar.process.case.steps import TRAYS, Step
from gensvar.process.listen.models import Mention
from gensvar.process.listen.take_in import take_in

CASES = 100_000
HEARD = 1_000
"""So many are taken in as on any day; the rest are copies of them with names of their own."""
PAGES = 200
PAGE_LIMIT_MS, QUERY_LIMIT = 50.0, 8
OPEN_STEPS = (
    Step.ANSWER,
    Step.JUDGE,
    Step.WATCH,
    Step.TALK,
    Step.PROMISE,
    Step.THANK,
    Step.REVIEW,
    Step.FOLLOW,
)


def main() -> None:
    """All lines of this subject, on the database of this process."""
    us, on = company.found(now() - timedelta(days=30)), connection.vendor
    _fill(us)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(us.alice.user)
    page = f"/w/{us.alice.workspace.slug}/now/"
    for _ in range(10):
        _get(client, page)
    took = [_get(client, page) for _ in range(PAGES)]
    with CaptureQueriesContext(connection) as asked:
        _get(client, page)
    say(f"inbox.page.p95.{on}", share(took, 0.95), "ms", PAGES)
    say(f"inbox.page.p50.{on}", share(took, 0.5), "ms", PAGES)
    limit(f"inbox.page.p95.{on}", PAGE_LIMIT_MS, "ms")
    say(f"inbox.page.queries.{on}", len(asked), "queries", 1)
    limit(f"inbox.page.queries.{on}", QUERY_LIMIT, "queries")


def _get(client: Client, page: str) -> float:
    began = time.perf_counter()
    answer = client.get(page)
    took = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200
    assert answer.content.count(b'id="row-') == 50, answer.content.count(b'id="row-')
    return took


def _fill(us: Company) -> None:
    """100,000 cases with their mentions: nine in ten closed, the others spread over the trays."""
    at = now()
    for first in range(0, HEARD, 100):
        take_in(us.source, [us.channel], company.batch(first, 100, at), us.ears.match, at=at)
    began = time.perf_counter()
    _copy(Case, ("thread_key", "author_id"))
    # Copies were made in order, so copy n of a row belongs to copy n of its case.
    _copy(Mention, ("native_id", "author_id"), case_id=f"case_id + n * {HEARD}")
    open_ones = Case.objects.extra(where=["id %% 10 = 0"])
    Case.objects.extra(where=["id %% 10 <> 0"]).update(
        step=Step.CLOSED, tray=TRAYS[Step.CLOSED], closed_at=at, outcome="settled"
    )
    for turn, step in enumerate(OPEN_STEPS):
        open_ones.extra(where=[f"id / 10 %% {len(OPEN_STEPS)} = {turn}"]).update(step=step, tray=TRAYS[step])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert Case.objects.count() == Mention.objects.count() == CASES
    assert not Mention.objects.exclude(native_id=F("case__thread_key")).exists()
    words(f"{CASES} cases on {connection.vendor} were made in {time.perf_counter() - began:.0f} s.")


def _copy(model: type[Case] | type[Mention], named: tuple[str, ...], **others: str) -> None:
    """99 more of each row; the columns in `named` get the number of the copy behind them."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    said = {name: f"{name} || '-' || n" for name in named} | others
    chosen = ", ".join(said.get(str(column), f'"{column}"') for column in columns)
    listed = ", ".join(f'"{column}"' for column in columns)
    copies = CASES // HEARD - 1
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE copy(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < {copies}) "
            f"INSERT INTO {table} ({listed}) SELECT {chosen} FROM copy CROSS JOIN {table} ORDER BY n, id"
        )


if __name__ == "__main__":
    main()
