"""Asking a real server: what leaves the house, what counts of the answer, and what happens when none comes."""

import json
from datetime import datetime, timedelta

import pytest

from gensvar.kernel import clock
from gensvar.people.models import Membership
from gensvar.process.listen.models import Channel
from gensvar.process.reader import actions, tasks
from gensvar.process.reader.models import Reader, Reading
from gensvar.process.reader.states import State
from tests.reader.conftest import chosen, given
from tests.reader.obedient import KEY, Obedient, running

pytestmark = pytest.mark.django_db


def read(reading: Reading) -> Reading:
    """Let the worker answer the bell."""
    tasks.read.func(reading.pk)
    reading.refresh_from_db()
    return reading


@pytest.fixture
def now() -> datetime:
    return clock.now()


def test_an_answer_is_kept_with_what_was_asked(
    reader: Reader, channel: Channel, now: datetime, obedient: Obedient
) -> None:
    reading = read(given(channel, "Paketet kom aldrig fram.", now))
    assert reading.state == State.ANSWERED
    assert reading.answers["kind"] == ["complaint", 0.97]
    assert (reading.by, reading.tokens_in, reading.tokens_out) == ("obedient-1", 300, 40)
    assert reading.case is not None
    assert list(reading.case.readings.all()) == [reading]
    sent = obedient.seen()[-1]
    assert sent["key"] == f"Bearer {KEY}"
    assert json.loads(reading.asked) == json.loads(sent["body"])
    assert "tools" not in json.loads(sent["body"])


def test_only_the_words_and_their_language_leave_the_house(
    reader: Reader, channel: Channel, now: datetime, obedient: Obedient
) -> None:
    read(given(channel, "Paketet kom aldrig fram.", now))
    body = obedient.seen()[-1]["body"]
    asked = json.loads(json.loads(body)["messages"][1]["content"])
    assert asked == {"language": "sv", "post": "Paketet kom aldrig fram."}
    assert not any(word in body for word in ("Eva", "eva.example", "did:plc", "Nordpost", "post-1"))


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("silent", "did not answer in time"),
        ("drip", "did not answer in time"),
        ("broken", "cannot be reached, or broke off"),
        ("fall", "an error (500)"),
        ("later", "too much to do (429)"),
    ],
)
def test_what_may_pass_is_tried_again_and_then_given_up(
    reader: Reader, channel: Channel, now: datetime, how: str, why: str
) -> None:
    reading = read(given(channel, f"obey: {how}", now))
    assert (reading.state, reading.attempts) == (State.DUE if how != "later" else State.NO_ANSWER, 1)
    for _try in range(2):
        Reading.objects.update(due_at=now)
        Reader.objects.update(paused_until=None)
        reading = read(reading)
    assert (reading.state, reading.answers, reading.due_at) == (State.NO_ANSWER, {}, None)
    assert why in reading.reason
    reader.refresh_from_db()
    assert why in reader.why


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("no-question", "refused the question (400)"),
        ("redirect", "points elsewhere (307)"),
        ("away", "points elsewhere (308)"),
        ("no-key", "does not take the key (401)"),
        ("no-model", "no such address or model (404)"),
        ("refusal", "refused to answer"),
        ("huge", "larger than"),
        ("bomb", "larger than"),
        ("html", "no JSON"),
    ],
)
def test_what_will_not_pass_is_no_answer_at_once(
    reader: Reader, channel: Channel, now: datetime, how: str, why: str
) -> None:
    reading = read(given(channel, f"obey: {how}", now))
    assert (reading.state, reading.answers, reading.due_at) == (State.NO_ANSWER, {}, None)
    assert why in reading.reason


def test_a_limit_of_the_server_holds_back_all_posts_as_long_as_it_says(
    reader: Reader, channel: Channel, now: datetime, obedient: Obedient
) -> None:
    first = read(given(channel, "obey: soon", now))
    calls = len(obedient.seen())
    second = read(given(channel, "Paketet kom aldrig fram.", now, name="post-2"))
    assert len(obedient.seen()) == calls
    reader.refresh_from_db()
    assert (first.state, second.state, second.attempts) == (State.DUE, State.DUE, 0)
    assert second.due_at == reader.paused_until
    assert reader.paused_until is not None
    assert timedelta(seconds=110) < reader.paused_until - now < timedelta(seconds=125)


def test_two_broken_calls_in_a_row_leave_the_reader_alone_and_one_does_not(
    reader: Reader, channel: Channel, now: datetime
) -> None:
    read(given(channel, "obey: no-key", now))
    reader.refresh_from_db()
    assert reader.paused_until is None
    read(given(channel, "obey: no-key", now, name="post-2"))
    reader.refresh_from_db()
    assert reader.paused_until is not None


def test_a_good_answer_ends_the_trouble(reader: Reader, channel: Channel, now: datetime) -> None:
    read(given(channel, "obey: no-key", now))
    read(given(channel, "Paketet kom aldrig fram.", now, name="post-2"))
    reader.refresh_from_db()
    assert not reader.why


def test_the_month_has_no_more_calls_than_were_allowed(
    obedient: Obedient, allowed: None, dora: Membership, channel: Channel, now: datetime
) -> None:
    chosen(dora, now, address=obedient.address, monthly=2)
    calls = len(obedient.seen())
    readings = [read(given(channel, "Paketet?", now, name=f"post-{number}")) for number in range(3)]
    assert [one.state for one in readings] == [State.ANSWERED, State.ANSWERED, State.NO_ANSWER]
    assert len(obedient.seen()) == calls + 2
    assert "2 times this month" in readings[-1].reason
    assert actions.count_call(Reader.objects.get(), at=now + timedelta(days=31))


def test_a_post_that_waited_too_long_is_not_asked_about(
    reader: Reader, channel: Channel, now: datetime, obedient: Obedient
) -> None:
    calls = len(obedient.seen())
    reading = read(given(channel, "Paketet?", now - timedelta(minutes=31)))
    assert (reading.state, len(obedient.seen())) == (State.NO_ANSWER, calls)


def test_a_private_address_is_refused_unless_it_is_allowed(
    obedient: Obedient, dora: Membership, channel: Channel, now: datetime
) -> None:
    chosen(dora, now, address=obedient.address)
    calls = len(obedient.seen())
    reading = read(given(channel, "Paketet?", now))
    assert "private network" in reading.reason
    assert (reading.state, len(obedient.seen())) == (State.NO_ANSWER, calls)


def test_a_public_address_is_never_asked_in_clear(
    allowed: None, dora: Membership, channel: Channel, now: datetime
) -> None:
    chosen(dora, now, address="http://1.1.1.1/v1")
    assert "with https://" in read(given(channel, "Paketet?", now)).reason


def test_nobody_at_the_address_is_tried_again(
    allowed: None, dora: Membership, channel: Channel, now: datetime
) -> None:
    chosen(dora, now, address="http://127.0.0.1:1/v1")
    reading = read(given(channel, "Paketet?", now))
    assert reading.state == State.DUE
    assert "cannot be reached" in reading.reason


def test_a_certificate_that_nobody_vouches_for_is_refused(
    allowed: None,
    dora: Membership,
    channel: Channel,
    now: datetime,
    certificate: tuple[str, str],
) -> None:
    key, cert = certificate
    with running("--ssl-keyfile", key, "--ssl-certfile", cert) as server:
        chosen(dora, now, address=server.address.replace("http:", "https:"))
        assert "certificate" in read(given(channel, "Paketet?", now)).reason


def test_a_second_worker_brings_no_second_answer(
    reader: Reader, channel: Channel, now: datetime, obedient: Obedient
) -> None:
    reading = given(channel, "Paketet kom aldrig fram.", now)
    read(reading)
    calls = len(obedient.seen())
    read(reading)
    assert len(obedient.seen()) == calls


def test_switched_off_it_is_asked_nothing(
    obedient: Obedient, allowed: None, dora: Membership, channel: Channel, now: datetime
) -> None:
    chosen(dora, now, address=obedient.address)
    reading = given(channel, "Paketet?", now)
    chosen(dora, now, way="off")
    calls = len(obedient.seen())
    assert read(reading).state == State.NO_ANSWER
    assert len(obedient.seen()) == calls


def test_it_goes_with_its_case(reader: Reader, channel: Channel, now: datetime) -> None:
    reading = read(given(channel, "Paketet?", now))
    assert reading.case is not None
    reading.case.captures.all().delete()  # evidence is never deleted by the way
    reading.case.delete()
    assert not Reading.objects.exists()
