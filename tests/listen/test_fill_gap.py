"""Filling a gap: page by page, through the same door, until nothing more can be had."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gensvar.connectors.contract import Created, Page
from gensvar.demo.internet import Internet
from gensvar.engine import leases
from gensvar.kernel.clock import now
from gensvar.people.models import Workspace
from gensvar.process.case.models import Case, Fact
from gensvar.process.listen import models, tasks
from gensvar.process.listen.fill import keep_page
from tests import hearing

pytestmark = pytest.mark.django_db

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def fresh_ears() -> None:
    """A worker that was just started: what it listens for in one test is not kept for the next."""
    tasks._kept.clear()


@pytest.fixture
def channel(nordpost: Workspace, tmp_path: Path, at: datetime) -> models.Channel:
    """The pretend internet, which began half an hour ago, and a desk that heard nothing of it."""
    place = tmp_path / "internet.db"
    Internet(place, now() - 30 * MINUTE).close()
    models.Watch.objects.create(
        workspace=nordpost, name="Nordpost", query="Nordpost", created_at=at, changed_at=at
    )
    return hearing.channel(nordpost, at, "demo", native_id="nordpost", settings={"place": str(place)})


@pytest.fixture
def gap(channel: models.Channel) -> models.Gap:
    return missed(f"demo {channel.settings['place']}")


def missed(name: str, since: datetime | None = None, until: datetime | None = None) -> models.Gap:
    source, _ = models.Source.objects.get_or_create(name=name, connector="demo", cursor="here")
    at = now()
    return models.Gap.objects.create(
        source=source,
        since=since or at - 2 * DAY,
        until=until or at - 10 * MINUTE,
        why="Away.",
        noticed_at=at,
        due_at=at,
    )


def fill(gap: models.Gap) -> models.Gap:
    """Answer the bell until it is silent."""
    for _ in range(50):
        tasks.fill_gap.call(gap.pk)
        gap.refresh_from_db()
        if gap.due_at is None or gap.due_at > now():
            return gap
    raise AssertionError("It has no end.")


def test_what_was_missed_is_found(gap: models.Gap) -> None:
    fill(gap)
    assert gap.filled_at
    assert (gap.is_whole, gap.trouble, gap.place) == (True, "", "")
    assert gap.covers == "Filled from what the pretend internet remembers."
    found = models.Mention.objects.filter(part="found")
    assert found.count() > 20
    assert gap.looked > gap.found >= found.count()
    assert Case.objects.exists()


def test_only_what_the_watches_meet_is_kept(gap: models.Gap) -> None:
    models.Watch.objects.update(query="nobody-says-this")
    fill(gap)
    assert gap.filled_at
    assert gap.looked > 20
    assert not models.Mention.objects.filter(watch__isnull=False).exists()


def test_filling_twice_keeps_nothing_twice(gap: models.Gap) -> None:
    fill(gap)
    names = sorted(models.Mention.objects.values_list("native_id", flat=True))
    again = fill(missed(gap.source.name, until=gap.until + MINUTE / 60))
    assert again.filled_at
    assert sorted(models.Mention.objects.values_list("native_id", flat=True)) == names
    assert again.found == 0


def test_the_cursor_and_the_health_of_the_stream_stay_as_they_are(gap: models.Gap, at: datetime) -> None:
    models.Source.objects.update(heard_at=at, trouble="Away.", usual_gap=2.0)
    fill(gap)
    source = models.Source.objects.get()
    assert (source.cursor, source.heard_at, source.trouble, source.usual_gap) == ("here", at, "Away.", 2.0)


def test_the_workspace_is_told_once_when_it_is_over(gap: models.Gap, nordpost: Workspace) -> None:
    fill(gap)
    (fact,) = Fact.objects.filter(name="gap.filled")
    assert (fact.workspace_id, fact.data) == (nordpost.pk, {"gap": gap.pk})


def test_a_network_that_remembers_nothing_leaves_it_open(nordpost: Workspace, at: datetime) -> None:
    feed = hearing.channel(nordpost, at, "feeds", settings={"address": "https://blog.example/feed"})
    from gensvar.connectors import registry
    from gensvar.process.listen.actions import account

    (find,) = registry.get("feeds").find
    gap = fill(missed(find.source(account(feed))))
    assert (gap.filled_at, gap.due_at) == (None, None)
    assert gap.trouble == "This network does not offer what was said earlier."
    assert Fact.objects.filter(name="gap.left_open", workspace=nordpost).count() == 1


def test_what_lies_too_far_back_is_left_open(gap: models.Gap) -> None:
    gap.since, gap.until = now() - 90 * DAY, now() - 80 * DAY
    gap.save()
    fill(gap)
    assert (gap.filled_at, gap.due_at) == (None, None)
    assert "further back" in gap.trouble


def test_what_lies_partly_too_far_back_is_filled_in_part(gap: models.Gap) -> None:
    gap.since = now() - 90 * DAY
    gap.save()
    fill(gap)
    assert gap.filled_at
    assert not gap.is_whole
    assert gap.covers.endswith("What lies further back than the network reaches stays unknown.")


def test_a_gap_that_nobody_hears_any_more_is_left_open(gap: models.Gap, at: datetime) -> None:
    models.Channel.objects.update(removed_at=at)
    fill(gap)
    assert gap.trouble == "Nobody listens there any more."


def test_a_network_that_is_away_is_asked_again_later(gap: models.Gap) -> None:
    place = Path(models.Channel.objects.get().settings["place"])
    internet = place.read_bytes()
    place.unlink()
    place.mkdir()
    fill(gap)
    assert (gap.due_at, gap.filled_at) == (None, None)  # a folder in its place will not mend itself
    assert "cannot be kept" in gap.trouble
    place.rmdir()
    place.write_bytes(internet)
    again = fill(missed(gap.source.name))
    assert again.filled_at


def page(text: str, at: datetime, *, place: str | None = None) -> Page:
    return Page(
        (Created(hearing.post(text, text, at), chosen=True),), place, "Covers.", is_whole=True, dropped=3
    )


def test_what_could_not_be_read_is_counted_for_the_source(gap: models.Gap, channel: models.Channel) -> None:
    held = leases.take(models.Gap, gap.pk, at=now(), lasting=HOUR)
    assert held is not None
    keep_page(held, [channel], page("p1", now()), lambda post: {}, begins=held.since or now(), at=now())
    assert models.Source.objects.get().dropped == 3


def test_a_page_whose_lease_somebody_else_has_taken_is_let_go(
    gap: models.Gap, channel: models.Channel
) -> None:
    held = leases.take(models.Gap, gap.pk, at=now(), lasting=-HOUR)
    other = leases.take(models.Gap, gap.pk, at=now(), lasting=HOUR)
    assert held is not None
    assert other is not None
    keep_page(held, [channel], page("p1", now()), lambda post: {}, begins=held.since or now(), at=now())
    assert not models.Mention.objects.exists()
    gap.refresh_from_db()
    assert (gap.filled_at, gap.looked) == (None, 0)


def test_a_part_that_is_not_whole_makes_the_whole_not_whole(gap: models.Gap, channel: models.Channel) -> None:
    for number, (covers, is_whole) in enumerate([("In part.", False), ("All of it.", True)]):
        held = leases.take(models.Gap, gap.pk, at=now(), lasting=HOUR)
        assert held is not None
        kept = Page((), "on" if number == 0 else None, covers, is_whole)
        keep_page(held, [channel], kept, lambda post: {}, begins=held.since or now(), at=now())
    gap.refresh_from_db()
    assert (gap.covers, gap.is_whole) == ("In part.", False)
    assert gap.filled_at
