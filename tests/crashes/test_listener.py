"""The whole listener, killed and paused: what folds is folded once, and two listeners never double."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError

from gensvar.engine.crash import CrashPoint
from gensvar.engine.models import Lease
from gensvar.kernel.clock import now
from gensvar.people.models import Workspace
from gensvar.process.case.models import Case, Fact
from gensvar.process.document.models import Capture
from gensvar.process.listen.crash_points import ALL
from gensvar.process.listen.models import Channel, Gap, Mention, Source, Watch
from tests import hearing
from tests.crashes.processes import WAIT, killed, run, start

pytestmark = pytest.mark.django_db(transaction=True)

EVENTS = 400
END = str(EVENTS)


@pytest.fixture(autouse=True)
def offered() -> Iterator[None]:
    with hearing.offered("gensvar.demo.connector", "tests.talk"):
        yield


@pytest.fixture
def channel(nordpost: Workspace, at: datetime) -> Channel:
    Watch.objects.create(workspace=nordpost, name="Nordpost", query="Nordpost", created_at=at, changed_at=at)
    settings = {"seed": "7", "number": END, "cuts": "", "pace": "0"}
    return hearing.channel(nordpost, at, "talk", native_id="nordpost", settings=settings)


def heard() -> dict[str, list[tuple[object, ...]]]:
    """What was heard, without instants: every run has its own."""
    mentions = Mention.objects.values_list(
        "native_id", "part", "how", "folded_under__native_id", "text", "case__thread_key", "folded_reach"
    )
    return {
        "mentions": sorted(mentions, key=repr),
        "cases": sorted(Case.objects.values_list("thread_key", "author_id", "folded"), key=repr),
        "wordings": sorted(Mention.objects.values_list("native_id", "revisions__revision"), key=repr),
        "facts": sorted(
            Fact.objects.exclude(name="channel.troubled").values_list("name", "case__thread_key"), key=repr
        ),
        "captures": sorted(Capture.objects.values_list("revision__revision"), key=repr),
    }


def forget() -> None:
    for model in (Fact, Capture, Mention, Case, Gap, Source, Lease):
        model.objects.all().delete()


def until(look: Callable[[], bool], words: str) -> None:
    ends_at = time.monotonic() + WAIT
    while not look():
        assert time.monotonic() < ends_at, words
        time.sleep(0.05)


def pause(pid: int) -> None:
    """Stop the process between two of its writes, and let its lease end: this waits for none of the 15 s."""
    for _ in range(20):
        os.kill(pid, signal.SIGSTOP)
        try:
            Lease.objects.filter(name="talk").update(until=now() - timedelta(seconds=1))
        except OperationalError:  # it holds the one lock of SQLite: nobody could take over from it now
            os.kill(pid, signal.SIGCONT)
            time.sleep(0.1)
        else:
            return
    raise AssertionError("It always writes.")


@pytest.mark.parametrize("point", ALL, ids=lambda point: point.name)
def test_killed_at_a_point_again_and_again_all_is_folded_once(channel: Channel, point: CrashPoint) -> None:
    run("listener", "one", END)
    whole = heard()
    assert {"repost", "quote", "cross-post"} <= {row[2] for row in whole["mentions"]}
    forget()
    for _ in range(2):
        killed("listener", "one", END, crash_at=point.name)
    run("listener", "one", END)
    assert heard() == whole


def test_a_listener_that_was_paused_leaves_the_stream_to_the_other(channel: Channel) -> None:
    run("listener", "one", END)
    whole = heard()
    forget()
    channel.settings = {**channel.settings, "pace": "0.3"}
    channel.save(update_fields=["settings"])
    first, second = start("listener", "one", END), start("listener", "two", END)
    try:
        until(lambda: Mention.objects.count() > 20, "Nothing is heard.")
        holder = Lease.objects.get(name="talk").holder
        paused = first if holder == "one" else second
        pause(paused.pid)
        until(lambda: Lease.objects.exclude(holder=holder).filter(name="talk").exists(), "Nobody took over.")
        os.kill(paused.pid, signal.SIGCONT)
        for each in (first, second):
            _, complained = each.communicate(timeout=WAIT)
            assert each.returncode == 0, complained
    finally:
        for each in (first, second):
            each.kill()
    assert heard() == whole
