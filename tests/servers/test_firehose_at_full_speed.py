"""Two writers at full speed on the real network: everything that is said about us is kept, exactly once.

GENSVAR_FIREHOSE_SECONDS sets for how long they write (the suite writes for five seconds).
"""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from gensvar.connectors.contract import Identity, egress
from gensvar.people.models import Membership, Workspace
from gensvar.process.listen import actions
from gensvar.process.listen.models import Mention, Source
from tests.crashes.processes import ROOT, database_url
from tests.servers.atnet import ON_LOOPBACK, Absent, Network, running, wait_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(1200)]

SECONDS = float(os.environ.get("GENSVAR_FIREHOSE_SECONDS", "5"))
MOST = 50_000
"""Posts of one writer, however fast the server is."""
PATIENCE = 240 + 5 * SECONDS


@pytest.fixture(scope="module")
def atnet() -> Iterator[Network]:
    """A network of its own that sets no limits: what is written here in masses is no other test's to hear."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(egress.ALLOW, ON_LOOPBACK)
        try:
            with running(limits=False) as network:
                yield network
        except Absent as reason:
            pytest.skip(str(reason))


@pytest.fixture
def listener(nordpost: Workspace, dora: Membership, atnet: Network, at: datetime) -> Iterator[None]:
    """The real listener in a process of its own, following the network's `subscribeRepos`."""
    by, brand = dora.actor(), atnet.make_account("nordpost")
    actions.add_watch(nordpost, name="Nordpost", query="Nordpost", by=by, at=at)
    told = {"handle": brand.handle, "app_password": brand.app_password}
    places = {"host": atnet.pds, "stream": atnet.pds, "directory": atnet.plc, "appview": atnet.appview}
    identity = Identity(brand.did, brand.handle)
    actions.add_channel(nordpost, "bluesky", {**told, **places}, identity, by=by, at=at)
    process = subprocess.Popen(
        [sys.executable, "-m", "gensvar.cli", "listen"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url(), "GENSVAR_EGRESS_ALLOW": ON_LOOPBACK},
    )
    try:
        following = Source.objects.filter(name__endswith="subscribeRepos").exclude(cursor="")
        assert wait_for(following.exists, PATIENCE), "The listener follows nothing."
        yield
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(60)
        process.kill()


def write(network: Network, name: str, ends_at: float) -> tuple[set[str], int]:
    """One writer until `ends_at`, as fast as the server takes it: the posts about us, and how many in all."""
    ours: set[str] = set()
    own = Network(network.pds, network.appview, network.plc, network.pid)
    who, made = own.make_account(name), 0
    while time.monotonic() < ends_at and made < MOST:
        is_ours = made % 2 == 0
        text = f"{name} {made}: " + ("Nordpost tappade bort mitt paket" if is_ours else "Fint väder i dag")
        post = own.post(who, text)
        made += 1
        if is_ours:
            ours.add(post["uri"])
    return ours, made


def test_nothing_is_missed_and_nothing_doubled(listener: None, atnet: Network) -> None:
    began = time.monotonic()
    with ThreadPoolExecutor(2) as writers:
        running = [writers.submit(write, atnet, name, began + SECONDS) for name in ("maria", "jukka")]
        results = [each.result() for each in running]
    seconds = time.monotonic() - began
    ours, made = set.union(*(each[0] for each in results)), sum(each[1] for each in results)
    kept = Mention.objects.filter(part__in=[Mention.Part.FOUND, Mention.Part.FOLDED])
    wait_for(lambda: kept.count() >= len(ours), PATIENCE)
    names = list(kept.values_list("native_id", flat=True))
    missed, doubled = ours - set(names), len(names) - len(set(names))
    sys.stdout.write(
        f"\n{made} posts by two writers in {seconds:.1f} s ({made / seconds:.0f} posts/s), "
        f"{len(ours)} about us, caught up {time.monotonic() - began - seconds:.1f} s later, "
        f"{len(missed)} missed, {doubled} doubled\n"
    )
    assert made > SECONDS
    assert (missed, doubled, set(names) - ours) == (set(), 0, set())


def test_reposts_and_quotes_fold_on_the_real_network(listener: None, atnet: Network) -> None:
    maria, kim = atnet.make_account("maria"), atnet.make_account("kim")
    first = atnet.post(maria, "Tredje gången Nordpost tappar bort mitt paket")
    assert wait_for(lambda: Mention.objects.filter(native_id=first["uri"]).exists(), PATIENCE)
    record = {"$type": "app.bsky.feed.repost", "subject": first, "createdAt": "2026-11-21T10:00:00Z"}
    asked = {"repo": kim.did, "collection": "app.bsky.feed.repost", "record": record}
    repost = atnet.call(kim, "com.atproto.repo.createRecord", asked)
    embed = {"$type": "app.bsky.embed.record", "record": first}
    bare = atnet.post(kim, "👆", embed=embed)
    atnet.post(kim, "Nordpost igen, mitt kom inte heller", embed=embed)
    again = atnet.post(maria, "Tredje gången Nordpost tappar bort mitt paket!")
    assert wait_for(lambda: Mention.objects.count() == 5, PATIENCE)
    mention = Mention.objects.get(native_id=first["uri"])
    assert mention.case is not None
    assert wait_for(lambda: mention.folded.count() == 3, PATIENCE)
    assert {each.native_id: each.how for each in mention.folded.all()} == {
        repost["uri"]: "repost",
        bare["uri"]: "quote",
        again["uri"]: "cross-post",
    }
    mention.case.refresh_from_db()
    assert mention.case.folded == {"cross-post": 1, "quote": 1, "repost": 1}
    key = repost["uri"].rpartition("/")[2]
    taken = {"repo": kim.did, "collection": "app.bsky.feed.repost", "rkey": key}
    atnet.call(kim, "com.atproto.repo.deleteRecord", taken)
    assert wait_for(lambda: mention.folded.filter(deleted_at=None).count() == 2, PATIENCE)
