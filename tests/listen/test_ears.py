"""A changed watch is heard at the next look, whatever changed, and without reading all watches again."""

import time
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gensvar.connectors.contract import Author, Post
from gensvar.people.models import Membership, Workspace
from gensvar.process.listen import actions, ears, queries
from gensvar.process.listen.ears import Ears, prick_up
from gensvar.process.listen.models import Channel, Watch
from gensvar.reading.live import AT_ONCE

SECOND = timedelta(seconds=1)


def post(text: str, *, handle: str = "", language: str = "", title: str = "") -> Post:
    """What somebody said."""
    return Post("p", "", Author("a", handle), text, None, language=language, title=title)


def met(now: Ears, said: Post) -> list[int]:
    """The watches that meet it, in every workspace."""
    return sorted(hit.watch for hits in now.match(said).values() for hit in hits)


@pytest.fixture(params=[3, AT_ONCE + 100])
def many(request: pytest.FixtureRequest, nordpost: Workspace, at: datetime) -> list[Watch]:
    """Watches, few and many; they changed at one moment."""
    rows = [
        Watch(workspace=nordpost, name=f"{n}", query=f"Sparfin{n}", created_at=at, changed_at=at)
        for n in range(request.param)
    ]
    return Watch.objects.bulk_create(rows)


def test_an_added_watch_is_heard(many: list[Watch], alice: Membership, at: datetime) -> None:
    before = prick_up()
    new = actions.add_watch(many[0].workspace, name="Tekir", query="Tekir", by=alice.actor(), at=at)
    now = prick_up(before)
    assert (met(before, post("Tekir")), met(now, post("Tekir"))) == ([], [new.pk])


def test_a_changed_watch_hears_its_new_words_only(many: list[Watch], at: datetime) -> None:
    before = prick_up()
    Watch.objects.filter(pk=many[1].pk).update(query="Tekir", changed_at=at + SECOND)
    now = prick_up(before)
    assert met(now, post("Tekir Sparfin1 Sparfin2")) == [many[1].pk, many[2].pk]


def test_only_the_endings_of_its_languages_count(many: list[Watch], at: datetime) -> None:
    before = prick_up()
    Watch.objects.filter(pk=many[1].pk).update(query="Tekir", languages=["sv"], changed_at=at + SECOND)
    now = prick_up(before)
    assert (met(now, post("Tekirin")), met(now, post("Tekirs"))) == ([], [many[1].pk])


def test_a_paused_watch_hears_nothing_until_it_goes_on(
    many: list[Watch], alice: Membership, at: datetime
) -> None:
    now = prick_up()
    actions.pause_watch(many[1], paused=True, by=alice.actor(), at=at + SECOND)
    now = prick_up(now)
    assert met(now, post("Sparfin1 Sparfin2")) == [many[2].pk]
    actions.pause_watch(many[1], paused=False, by=alice.actor(), at=at + 2 * SECOND)
    assert met(prick_up(now), post("Sparfin1 Sparfin2")) == [many[1].pk, many[2].pk]


def test_a_deleted_watch_hears_nothing_though_another_came_at_once(
    many: list[Watch], alice: Membership, at: datetime
) -> None:
    before = prick_up()
    many[1].delete()
    new = actions.add_watch(many[0].workspace, name="Tekir", query="Tekir", by=alice.actor(), at=at)
    assert met(prick_up(before), post("Sparfin1 Sparfin2 Tekir")) == [many[2].pk, new.pk]


def test_a_change_that_was_stored_late_is_heard_too(many: list[Watch], at: datetime) -> None:
    Watch.objects.filter(pk=many[0].pk).update(changed_at=at + 2 * SECOND)
    before = prick_up()
    Watch.objects.filter(pk=many[1].pk).update(query="Tekir", changed_at=at + SECOND)
    assert met(prick_up(before), post("Tekir")) == [many[1].pk]


def test_more_changes_than_the_sign_holds_are_all_heard(many: list[Watch], at: datetime) -> None:
    before = prick_up()
    Watch.objects.update(query="Tekir", changed_at=at + SECOND)
    assert met(prick_up(before), post("Tekir Sparfin1")) == [watch.pk for watch in many]


def test_the_words_of_other_watches_are_not_read_again(many: list[Watch], at: datetime) -> None:
    before = prick_up()
    Watch.objects.filter(pk=many[1].pk).update(query="Tekir", changed_at=at + SECOND)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        prick_up(before)
    (reading,) = [each["sql"] for each in asked if '"query"' in each["sql"]]
    assert " IN " in reading
    assert len(queries.some_live_watches({many[1].pk})) == 1


def test_nothing_changed_is_nothing_done(many: list[Watch]) -> None:
    before = prick_up()
    assert prick_up(before) is before


def test_a_new_channel_leaves_the_watches_as_they_are(many: list[Watch], at: datetime) -> None:
    before = prick_up()
    Channel.objects.create(
        workspace=many[0].workspace,
        connector="demo",
        name="Nordpost",
        native_id="nordpost",
        settings={"place": "x.db", "pace": "1"},
        connected_at=at,
    )
    now = prick_up(before)
    assert (len(before.streams), len(now.streams)) == (0, 1)
    assert met(now, post("Sparfin1")) == [many[1].pk]


def test_many_changes_are_built_into_the_whole_beside_the_listening(
    nordpost: Workspace, at: datetime
) -> None:
    def add(first: int, number: int) -> None:
        Watch.objects.bulk_create(
            Watch(
                workspace=nordpost, name="x", query=f"Sparfin{n}", created_at=at, changed_at=at + n * SECOND
            )
            for n in range(first, first + number)
        )

    add(0, AT_ONCE)
    now = prick_up()
    add(AT_ONCE, ears.MOST_UNSETTLED + 1)
    now = prick_up(now)
    assert (now.matcher.unsettled, bool(now.settling)) == (ears.MOST_UNSETTLED + 1, True)
    add(5000, 1)
    now = prick_up(now)
    for _ in range(6000):
        if not now.settling:
            break
        time.sleep(0.05)
        now = prick_up(now)
    assert now.matcher.unsettled in (0, 1)  # what was added meanwhile, unless the building began after it
    assert len(met(now, post(f"Sparfin0 Sparfin{AT_ONCE} Sparfin5000"))) == 3


def test_a_query_that_cannot_be_read_is_left_out_and_named(
    many: list[Watch], at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    Watch.objects.filter(pk=many[1].pk).update(query="(", changed_at=at + SECOND)
    now = prick_up()
    assert met(now, post("Sparfin1 Sparfin2")) == [many[2].pk]
    Watch.objects.filter(pk=many[2].pk).update(query=")", changed_at=at + 2 * SECOND)
    assert met(prick_up(now), post("Sparfin1 Sparfin2")) == []
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        f"Watch {many[1].pk} (1) is left out",
        f"Watch {many[2].pk} (2) is left out",
    ]


def test_who_wrote_it_and_in_which_language_can_be_asked(many: list[Watch], at: datetime) -> None:
    Watch.objects.filter(pk=many[1].pk).update(query="from:@maija OR Tekir lang:fi", changed_at=at)
    now = prick_up()
    assert met(now, post("Hei", handle="Maija")) == [many[1].pk]
    assert met(now, post("Tekirin", language="fi-FI")) == [many[1].pk]
    assert met(now, post("Uutinen", language="fi", title="Tekirin hinta")) == [many[1].pk]
    assert met(now, post("Tekirin", handle="eva", language="sv")) == []
