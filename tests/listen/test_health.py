"""Is a source alive: silence is an alarm that goes away by itself, and troubles of one do not hide another's."""

from datetime import datetime, timedelta

import pytest

from gensvar.connectors.contract import Batch
from gensvar.people.models import Workspace
from gensvar.process.case.models import Fact
from gensvar.process.listen import health, models
from gensvar.process.listen.ears import prick_up
from gensvar.process.listen.take_in import take_in
from tests import hearing

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture
def channel(nordpost: Workspace, at: datetime) -> models.Channel:
    return hearing.channel(nordpost, at, settings={"handle": "nordpost.example", "app_password": ""})


@pytest.fixture
def everyone(channel: models.Channel, at: datetime) -> models.Source:
    return source("everyone", at)


def source(key: str, at: datetime) -> models.Source:
    """The stream of Bluesky of this kind, opened at `at`."""
    name = next(name for name, stream in prick_up().streams.items() if stream.find.key == key)
    return models.Source.objects.create(name=name, connector="bluesky", opened_at=at)


def speaks(source: models.Source, at: datetime, *, dropped: int = 0) -> None:
    source.refresh_from_db()
    channels = list(models.Channel.objects.all())
    take_in(source, channels, Batch((), str(at), dropped=dropped), lambda post: {}, at=at)


def look(at: datetime) -> str:
    """What the channel says after a look at this moment."""
    health.look(prick_up().streams, at=at)
    return models.Channel.objects.get().trouble


def test_a_source_that_speaks_as_usual_is_well(everyone: models.Source, at: datetime) -> None:
    for each in range(20):
        speaks(everyone, at + each * 2 * SECOND)
    assert look(at + 60 * SECOND) == ""


def test_a_source_that_falls_silent_is_an_alarm_until_it_speaks(
    everyone: models.Source, at: datetime
) -> None:
    for each in range(20):
        speaks(everyone, at + each * 2 * SECOND)
    last = at + 38 * SECOND
    assert look(last + 2 * MINUTE) == health.SILENT
    assert models.Source.objects.get().silent_since == last
    speaks(everyone, last + 3 * MINUTE)
    assert models.Source.objects.get().silent_since is None
    assert look(last + 3 * MINUTE + SECOND) == ""
    assert Fact.objects.filter(name="channel.troubled").count() == 2


def test_a_desk_that_was_off_has_not_heard_silence(everyone: models.Source, at: datetime) -> None:
    for each in range(20):
        speaks(everyone, at + each * 2 * SECOND)
    morning = at + timedelta(hours=9)
    models.Source.objects.update(opened_at=morning)
    assert look(morning + 20 * SECOND) == ""
    speaks(everyone, morning + 20 * SECOND)
    everyone.refresh_from_db()
    assert everyone.usual_gap == pytest.approx(2, abs=0.1)


def test_notifications_are_judged_by_looks_and_not_by_posts(channel: models.Channel, at: datetime) -> None:
    notifications = source("notifications", at)
    for each in range(5):
        speaks(notifications, at + each * 30 * SECOND)
    assert look(at + 4 * MINUTE) == ""
    assert look(at + 6 * MINUTE) == health.SILENT


def test_a_stream_that_is_well_does_not_hide_one_that_is_not(everyone: models.Source, at: datetime) -> None:
    """Each has told the channel in turn that all is well, and the alarm went on and off."""
    notifications = source("notifications", at)
    models.Source.objects.filter(pk=notifications.pk).update(trouble="The password is wrong.")
    for each in range(3):
        speaks(everyone, at + each * SECOND)
        assert look(at + each * SECOND) == "The password is wrong."
    assert Fact.objects.filter(name="channel.troubled").count() == 1


def test_what_could_not_be_read_is_counted(everyone: models.Source, at: datetime) -> None:
    speaks(everyone, at, dropped=2)
    speaks(everyone, at + SECOND, dropped=5)
    everyone.refresh_from_db()
    assert everyone.dropped == 7


def test_what_is_wrong_is_kept_as_it_can_be_translated(everyone: models.Source, at: datetime) -> None:
    models.Source.objects.update(trouble="%(host)s did not answer.", trouble_values={"host": "blog.example"})
    assert look(at) == "blog.example did not answer."
    speaks(everyone, at)
    assert look(at) == ""


def test_a_percent_sign_in_plain_words_is_a_percent_sign(everyone: models.Source, at: datetime) -> None:
    models.Source.objects.update(trouble="100 % of it is away.")
    assert look(at) == "100 % of it is away."
