"""The inbox: 50 rows out of 100,000, plain, with saved views and filtered, as the server answers it."""

import bench.ready  # noqa: F401  isort: skip

import time
from datetime import timedelta
from urllib.parse import parse_qsl

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
from gensvar.process.listen import views
from gensvar.process.listen.filter import from_query
from gensvar.process.listen.models import Mention
from gensvar.process.listen.take_in import take_in

CASES = 100_000
HEARD = 1_000
"""So many are taken in as on any day; the rest are copies of them with names of their own."""
PAGES = 200
PAGE_LIMIT_MS, QUERY_LIMIT = 50.0, 8
RARE = 700
"""One post in so many is Finnish and written by somebody with a million followers."""
FILTERED = {
    "common": "now/?tagged=no&place=elsewhere&about=brand",
    "heard": "heard/?lang=en&kind=other&about=brand&about=product",
    "rare": "heard/?lang=fi&reach=1000000&tagged=no",
    "nothing": "heard/?about=competitor",
}
JUDGED = {
    "severe": "now/?order=severe",
    "to_judge": "judge/?unsure=no&abuse=none",
    "mood": "heard/?sentiment=negative&urgency=high&abuse=any",
}
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
    _measure(client, "page", page, on)
    _keep_views(us)
    _measure(client, "views", page, on)
    for name, filtered in (FILTERED | JUDGED).items():
        _measure(client, f"filter.{name}", f"/w/{us.alice.workspace.slug}/{filtered}", on)


def _measure(client: Client, name: str, page: str, on: str) -> None:
    rows = 50 if name != "filter.nothing" else 0
    for _ in range(10):
        _get(client, page, rows)
    took = [_get(client, page, rows) for _ in range(PAGES)]
    with CaptureQueriesContext(connection) as asked:
        _get(client, page, rows)
    say(f"inbox.{name}.p95.{on}", share(took, 0.95), "ms", PAGES)
    say(f"inbox.{name}.p50.{on}", share(took, 0.5), "ms", PAGES)
    limit(f"inbox.{name}.p95.{on}", PAGE_LIMIT_MS, "ms")
    say(f"inbox.{name}.queries.{on}", len(asked), "queries", 1)
    limit(f"inbox.{name}.queries.{on}", QUERY_LIMIT, "queries")


def _get(client: Client, page: str, rows: int) -> float:
    began = time.perf_counter()
    answer = client.get(page)
    took = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200
    assert answer.content.count(b'id="row-') == rows, answer.content.count(b'id="row-')
    return took


def _keep_views(us: Company) -> None:
    """Eight views: what is common, what is rare, and what is nowhere."""
    for place, (name, filtered) in enumerate(FILTERED.items()):
        tray, _, query = filtered.partition("/?")
        for turn in range(2):
            views.add_view(
                us.alice.workspace,
                name=f"{name} {turn}",
                tray=tray,
                wanted=from_query({key: [value] for key, value in parse_qsl(query)}),
                shared=place % 2 == 0,
                by=us.alice.actor(),
                at=now(),
            )


def _fill(us: Company) -> None:
    """100,000 cases with their mentions: nine in ten closed, the others spread over the trays."""
    at = now()
    for first in range(0, HEARD, 100):
        take_in(us.source, [us.channel], company.batch(first, 100, at), us.ears.match, at=at)
    began = time.perf_counter()
    _copy(Case, ("thread_key", "author_id"))
    # Copies were made in order, so copy n of a row belongs to copy n of its case.
    earlier = {
        "sqlite": "strftime('%Y-%m-%d %H:%M:%f', heard_at, '-' || (n * 7) || ' minutes')",
        "postgresql": "heard_at - n * interval '7 minutes'",
    }
    _copy(
        Mention,
        ("native_id", "author_id"),
        case_id=f"case_id + n * {HEARD}",
        heard_at=earlier[connection.vendor],
    )
    Mention.objects.extra(where=[f"id %% {RARE} = 0"]).update(language="fi", author_followers=1_000_000)
    Case.objects.extra(where=["id %% 3 = 0"]).update(kind="other")
    Mention.objects.extra(where=["case_id %% 3 = 0"]).update(kind="other")
    Case.objects.update(severity=F("id") % 4, abuse="")
    Case.objects.extra(where=["id %% 50 = 0"]).update(unsure=False)
    Mention.objects.extra(where=["id %% 40 = 0"]).update(sentiment="negative", urgency="high", abuse="insult")
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
