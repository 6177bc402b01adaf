"""Is it about us at all: taught by one key, set aside by a machine, found and brought back."""

from datetime import datetime, timedelta

import pytest

from gensvar.people.models import Membership
from gensvar.process.assess import relevance
from gensvar.process.assess.models import Correction, OwnHead
from gensvar.process.case.actions import NotNow, reopen
from gensvar.process.case.models import Case
from gensvar.process.listen import queries
from gensvar.process.listen.filter import Filter
from gensvar.process.listen.models import Channel, Mention
from gensvar.reading.judge import cues
from tests import teaching
from tests.judging import verdict

LATER = timedelta(days=1)
HOTEL = teaching.HOTEL.format("tusen")


@pytest.fixture
def taught(channel: Channel, bob: Membership, at: datetime) -> OwnHead:
    teaching.teach_about(channel, bob.actor(), at)
    return OwnHead.objects.get(question__startswith="about:")


def test_one_key_ends_the_case_and_teaches_the_watch(channel: Channel, bob: Membership, at: datetime) -> None:
    case = teaching.case(channel, HOTEL, at, "hotel")
    relevance.correct(case, by=bob.actor(), at=at)
    case.refresh_from_db()
    assert (case.step, case.outcome) == ("closed", "nothing")
    assert Mention.objects.get().aside == "person"
    assert Correction.objects.get().answer == "no"


def test_opening_that_case_again_takes_the_correction_back(
    channel: Channel, bob: Membership, at: datetime
) -> None:
    case = teaching.case(channel, HOTEL, at, "hotel")
    relevance.correct(case, by=bob.actor(), at=at)
    reopen(case, by=bob.actor(), at=at)
    assert Mention.objects.get().aside == ""
    assert Correction.objects.order_by("pk").last().answer == "yes"  # type: ignore[union-attr]


def test_what_was_taught_opens_no_case_and_stays_to_be_found(
    channel: Channel, taught: OwnHead, at: datetime
) -> None:
    assert taught.is_used
    row = teaching.heard(channel, HOTEL, at + LATER, "new")
    assert (row.case, row.aside) == (None, "machine")
    found = queries.apply(Filter(aside=frozenset({"machine"})), queries.heard(channel.workspace_id))
    assert list(found) == [row]
    assert relevance.counted(channel.workspace_id) == {row.watch_id: 1}


def test_what_is_about_us_becomes_a_case(channel: Channel, taught: OwnHead, at: datetime) -> None:
    row = teaching.heard(channel, teaching.SOAKED.format("tusen"), at + LATER, "new")
    assert row.case is not None
    assert row.aside == ""


@pytest.mark.parametrize("sign", ["tagged", "own_channel"])
def test_what_names_us_is_never_set_aside(channel: Channel, taught: OwnHead, at: datetime, sign: str) -> None:
    assert teaching.heard(channel, HOTEL, at + LATER, "new", **{sign: True}).case is not None


@pytest.mark.parametrize(
    "says",
    [
        verdict("other", 0.7, abuse="threat"),
        verdict("other", 0.7, urgency="high"),
        verdict("other", 0.7, urgent=(cues.WHY["safety"],)),
    ],
)
def test_threats_and_what_is_urgent_are_never_set_aside(
    channel: Channel, taught: OwnHead, at: datetime, says: object
) -> None:
    assert teaching.heard(channel, HOTEL, at + LATER, "new", says={"": says}).case is not None


def test_one_key_brings_it_back_and_teaches_the_watch(
    channel: Channel, taught: OwnHead, bob: Membership, at: datetime
) -> None:
    row = teaching.heard(channel, HOTEL, at + LATER, "new")
    relevance.bring_back(row, by=bob.actor(), at=at + LATER)
    row.refresh_from_db()
    assert (row.case is not None, row.aside) == (True, "")
    newest = Correction.objects.order_by("-pk")[0]
    assert (newest.mention_id, newest.answer) == (row.pk, "yes")


def test_fewer_than_thirty_answers_set_nothing_aside(channel: Channel, bob: Membership, at: datetime) -> None:
    teaching.teach_about(channel, bob.actor(), at, times=14)
    assert not OwnHead.objects.exists()
    assert teaching.heard(channel, HOTEL, at + LATER, "new").case is not None


def test_an_answered_case_stays_as_it_is(channel: Channel, bob: Membership, at: datetime) -> None:
    case = teaching.case(channel, HOTEL, at, "hotel")
    Case.objects.filter(pk=case.pk).update(answered_at=at)
    case.refresh_from_db()
    with pytest.raises(NotNow):
        relevance.correct(case, by=bob.actor(), at=at)
    assert not Correction.objects.exists()
