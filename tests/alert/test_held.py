"""Digests and quiet hours: what is held back, what is said afterwards, and what wakes."""

from datetime import datetime, time, timedelta

import pytest

from gensvar.connectors.contract import Author
from gensvar.people.models import Membership, User
from gensvar.process.alert.models import Dispatch
from gensvar.process.alert.states import About
from gensvar.process.assess.actions import judge
from gensvar.process.case.actions import take
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind
from gensvar.process.listen.models import Channel
from tests import hearing
from tests.alert.conftest import Asks, Works
from tests.judging import Scripted, seated, verdict

NIGHT = {"quiet_from": time(22), "quiet_to": time(7)}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def night(bob: Membership, at: datetime) -> datetime:
    """One o'clock at night in Stockholm, where Bob sleeps."""
    User.objects.filter(pk=bob.user_id).update(time_zone="Europe/Stockholm")
    bob.user.refresh_from_db()
    return at.replace(hour=0)


def heard(channel: Channel, at: datetime, number: int, followers: int = 5, text: str = "Nummer") -> Case:
    author = Author(f"did:plc:{number}", f"p{number}.example", f"Person {number}", followers=followers)
    hearing.hear(channel, hearing.post(f"p{number}", f"{text} {number}.", at, author=author), at=at)
    case = hearing.mention(f"p{number}").case
    assert case
    return case


def test_a_digest_tells_of_all_at_once(bob_asks: Asks, channel: Channel, works: Works, at: datetime) -> None:
    bob_asks(every_minutes=15)
    for number in range(3):
        heard(channel, at + number * MINUTE, number)
    assert works(at + 14 * MINUTE) == []
    (digest,) = works(at + 15 * MINUTE)
    assert digest.subject == "[Nordpost] 3 alerts"
    for number in range(3):
        assert f"“Nummer {number}.”" in digest.body
    assert digest.body.count("/case/") == 3
    assert works(at + timedelta(hours=3)) == []


def test_what_comes_after_a_digest_waits_for_the_next(
    bob_asks: Asks, channel: Channel, works: Works, at: datetime
) -> None:
    bob_asks(every_minutes=15)
    heard(channel, at, 1)
    works(at + 15 * MINUTE)
    heard(channel, at + 16 * MINUTE, 2)
    assert works(at + 20 * MINUTE) == []
    (second,) = works(at + 31 * MINUTE)
    assert "Nummer 2." in second.body


def test_a_long_digest_counts_the_rest(bob_asks: Asks, channel: Channel, works: Works, at: datetime) -> None:
    bob_asks(every_minutes=15)
    for number in range(13):
        heard(channel, at, number)
    (digest,) = works(at + 15 * MINUTE)
    assert digest.subject == "[Nordpost] 13 alerts"
    assert digest.body.count("/case/") == 10
    assert "and 3 more" in digest.body


def test_quiet_hours_hold_everything_back_and_end_with_one_message(
    bob_asks: Asks, channel: Channel, works: Works, night: datetime
) -> None:
    bob_asks(**NIGHT)
    for number in range(3):
        heard(channel, night + number * MINUTE, number)
    assert works(night + timedelta(hours=5, minutes=59)) == []
    (morning,) = works(night + timedelta(hours=6))
    assert morning.subject == "[Nordpost] 3 alerts"


def test_much_reach_wakes(bob_asks: Asks, channel: Channel, works: Works, night: datetime) -> None:
    bob_asks(wake_reach=1000, **NIGHT)
    heard(channel, night, 1)
    heard(channel, night, 2, followers=20_000)
    (woken,) = works(night)
    assert "Nummer 2." in woken.body
    (morning,) = works(night + timedelta(hours=6))
    assert "Nummer 1." in morning.body
    assert "Nummer 2." not in morning.body


def test_what_turns_out_to_be_abuse_wakes_and_is_not_told_again(
    bob_asks: Asks, alice: Membership, channel: Channel, works: Works, night: datetime
) -> None:
    bob_asks(wake_kinds=("abuse",), **NIGHT)
    harmless, threat = heard(channel, night, 1), heard(channel, night, 2)
    judge(harmless, Kind.COMPLAINT, by=alice.actor(), at=night + MINUTE)
    judge(threat, Kind.ABUSE, by=alice.actor(), at=night + MINUTE)
    (woken,) = works(night + MINUTE)
    assert "Nummer 2." in woken.body
    assert "abuse" in woken.body
    (morning,) = works(night + timedelta(hours=6))
    assert "Nummer 1." in morning.body
    assert "Nummer 2." not in morning.body


def test_a_threat_wakes_at_once_without_anybody_judging(
    bob_asks: Asks, channel: Channel, works: Works, night: datetime
) -> None:
    bob_asks(**NIGHT, wake_kinds=("threat",))
    says = {
        "Hot": verdict("other", 0.9, abuse="threat", abusive=0.97),
        "Otack": verdict("complaint", 0.9, abuse="insult", abusive=0.97),
        "Kanske": verdict("other", 0.9, abuse="threat", abusive=0.55, unsure=("abuse",)),
    }
    with seated(Scripted(says)):
        heard(channel, night, 1, text="Otack")
        heard(channel, night, 2, text="Kanske")
        assert works(night) == []
        heard(channel, night, 3, text="Hot")
    (told,) = works(night)
    assert "“Hot 3.”" in told.body


def test_who_asked_for_threats_is_told_by_a_verdict(
    bob_asks: Asks, channel: Channel, works: Works, at: datetime
) -> None:
    bob_asks(About.JUDGED, kind="threat")
    with seated(Scripted({"Hot": verdict("complaint", 0.9, abuse="threat", abusive=0.97)})):
        heard(channel, at, 1, text="Hot")
        heard(channel, at, 2, text="Nummer")
    (told,) = works(at)
    assert "“Hot 1.”" in told.body


def test_a_kind_is_told_of_when_somebody_has_judged(
    bob_asks: Asks, alice: Membership, bob: Membership, *, channel: Channel, works: Works, at: datetime
) -> None:
    bob_asks(About.JUDGED, kind="abuse")
    first, second, third = (heard(channel, at, number) for number in range(3))
    judge(first, Kind.ABUSE, by=alice.actor(), at=at)
    judge(second, Kind.COMPLAINT, by=alice.actor(), at=at)
    judge(third, Kind.ABUSE, by=bob.actor(), at=at)  # he knows
    (message,) = works(at)
    assert "Nummer 0." in message.body
    judge(first, Kind.OTHER, by=alice.actor(), at=at)
    judge(first, Kind.ABUSE, by=alice.actor(), at=at)
    assert works(at) == []


def test_trouble_that_lasts_into_the_night_waits_for_the_morning(
    bob_asks: Asks, channel: Channel, works: Works, night: datetime
) -> None:
    bob_asks(**NIGHT)
    heard(channel, night - timedelta(hours=3), 1)  # 22:00 in Stockholm is an hour later
    Dispatch.objects.update(due_at=night)  # nobody worked meanwhile
    assert works(night) == []
    assert len(works(night + timedelta(hours=6))) == 1


def test_a_clock_is_told_of_while_there_is_time(
    bob_asks: Asks, channel: Channel, works: Works, at: datetime
) -> None:
    bob_asks(About.CLOCK, warn_minutes=15)
    heard(channel, at, 1)
    assert works(at + 44 * MINUTE) == []
    (warning,) = works(at + 45 * MINUTE)
    assert warning.subject.startswith("[Nordpost] Time runs out: Person 1")
    assert "15 min left" in warning.body
    assert works(at + timedelta(hours=2)) == []


def test_a_clock_that_was_stopped_is_not_told_of(
    bob_asks: Asks, alice: Membership, channel: Channel, works: Works, at: datetime
) -> None:
    bob_asks(About.CLOCK, warn_minutes=15)
    judge(heard(channel, at, 1), Kind.OTHER, by=alice.actor(), at=at)
    assert works(at + timedelta(hours=2)) == []


def test_a_clock_of_somebody_elses_case_is_not_told_of(
    bob_asks: Asks, alice: Membership, channel: Channel, works: Works, at: datetime
) -> None:
    bob_asks(About.CLOCK, warn_minutes=15)
    take(heard(channel, at, 1), alice.user, by=alice.actor(), at=at)
    assert works(at + timedelta(hours=2)) == []


def test_a_clock_wakes_only_who_wants_it(
    bob_asks: Asks, channel: Channel, works: Works, night: datetime
) -> None:
    rule = bob_asks(About.CLOCK, warn_minutes=15, **NIGHT)
    heard(channel, night, 1)
    assert works(night + 45 * MINUTE) == []
    rule.wake_clock = True
    rule.save()
    heard(channel, night, 2)
    (woken,) = works(night + 45 * MINUTE)
    assert "Person 2" in woken.subject


def test_a_burst_at_night_does_not_wait_for_the_morning(
    bob_asks: Asks, channel: Channel, works: Works, night: datetime
) -> None:
    bob_asks(wake_reach=1000, **NIGHT)
    for number in range(12):
        heard(channel, night, number, followers=5000)
    assert len(works(night)) == 10
    (rest,) = works(night + 10 * MINUTE)
    assert rest.subject == "[Nordpost] 2 alerts"
