"""The doorbells for threads (what stands around a mention) and for gaps (what a source could not tell)."""

from contextlib import suppress
from datetime import datetime, timedelta

from asgiref.sync import async_to_sync
from django.tasks import task

from gensvar.connectors import registry
from gensvar.connectors.contract import Account, ConnectorError, Missed, Refused, TryLater
from gensvar.engine import leases
from gensvar.engine.doorbell import Bell
from gensvar.kernel.clock import now
from gensvar.kernel.secrets import LostKey
from gensvar.kernel.sentence import gettext_noop
from gensvar.process.listen import actions, fill, gaps, queries, rules
from gensvar.process.listen.ears import Ears, Stream, prick_up
from gensvar.process.listen.models import Gap, ThreadLoad
from gensvar.process.listen.search_words import Sought, sought
from gensvar.reading.query import BadQuery

LEASE = timedelta(seconds=45)
PAGE_LEASE = timedelta(minutes=3)
AGAIN = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=5))


@task(queue_name="polls")
def load_thread(pk: int) -> None:
    """Load the thread around one mention; a failure is tried again a few times, then said."""
    load = leases.take(ThreadLoad, pk, at=now(), lasting=LEASE)
    if load is None:
        return
    can = registry.get(load.mention.channel.connector).thread
    if can is None:
        actions.thread_failed(load, "", None)
        return
    try:
        view = async_to_sync(can.load)(actions.account(load.mention.channel), load.mention.native_id)
    except Refused as error:
        actions.thread_failed(load, error.why, None)
    except LostKey as error:
        actions.thread_failed(load, str(error), None)
    except ConnectorError as error:
        waits = AGAIN[load.attempts - 1] if load.attempts <= len(AGAIN) else None
        actions.thread_failed(load, error.why, now() + waits if waits else None)
    else:
        actions.keep_thread(load, view.posts, at=now())


BELL = Bell(ThreadLoad, load_thread)


@task(queue_name="polls")
def fill_gap(pk: int) -> None:
    """Fetch one page of what was missed; the next page is the next ring."""
    gap = leases.take(Gap, pk, at=now(), lasting=PAGE_LEASE)
    if gap is None:
        return
    ears = _ears()
    stream = ears.streams.get(gap.source.name)
    if stream is None:
        gaps.leave_open(gap, [], NOBODY, at=now())
        return
    backfill = stream.find.backfill
    since = rules.stretch(gap.since, gap.until, backfill.reach, now()) if backfill else None
    if backfill is None or since is None:
        gaps.leave_open(gap, stream.channels, TOO_OLD if backfill else NOT_OFFERED, at=now())
        return
    try:
        page = async_to_sync(backfill.load)(_account(gap, stream), _missed(gap, since, stream), gap.place)
    except (Refused, LostKey) as error:
        gaps.leave_open(gap, stream.channels, str(error), at=now())
    except ConnectorError as error:
        wait = error.after if isinstance(error, TryLater) and error.after else None
        gaps.try_again(gap, error.why, now() + max(wait or rules.again_after(gap.attempts), SOONEST))
    else:
        fill.keep_page(gap, stream.channels, page, ears.match, begins=since, at=now())
        if page.place is not None:
            GAPS.ring(gap.pk)


NOT_OFFERED = gettext_noop("This network does not offer what was said earlier.")
TOO_OLD = gettext_noop("It lies further back than this network reaches.")
NOBODY = gettext_noop("Nobody listens there any more.")
SOONEST = timedelta(seconds=1)
_kept: list[Ears] = []


def _ears() -> Ears:
    """Streams and matcher as the listener has them; of what was known before, only what changed is read."""
    _kept[:] = [prick_up(_kept[0] if _kept else None)]
    return _kept[0]


def _account(gap: Gap, stream: Stream) -> Account:
    """The account that asks: after a failure another one that hears the same stream."""
    return actions.account(stream.channels[(gap.attempts - 1) % len(stream.channels)])


def _missed(gap: Gap, since: datetime, stream: Stream) -> Missed:
    workspaces = {channel.workspace_id for channel in stream.channels}
    wanted = Sought()
    for query in queries.live_watches().filter(workspace__in=workspaces).values_list("query", flat=True):
        with suppress(BadQuery):  # stored by an older version; the ears have logged it
            wanted |= sought(query)
    people = queries.people_in_talk(stream.connector, workspaces)
    return Missed(since, gap.until, tuple(sorted(wanted.words)), tuple(sorted({*people, *wanted.authors})))


GAPS = Bell(Gap, fill_gap)
