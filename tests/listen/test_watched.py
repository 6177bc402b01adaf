"""What a post is about: the brand and its people are answered, competitors and subjects are only watched."""

from datetime import datetime, timedelta

import pytest

from gensvar.connectors.contract import Author, Batch, Created, Post
from gensvar.people.actor import NotYours
from gensvar.people.models import Membership, Workspace
from gensvar.process.case.models import Case, Fact
from gensvar.process.listen import rules
from gensvar.process.listen.actions import take_up
from gensvar.process.listen.ears import prick_up
from gensvar.process.listen.models import Channel, Mention, Source, Watch
from gensvar.process.listen.queries import heard
from gensvar.process.listen.take_in import take_in
from tests import hearing


@pytest.fixture
def channel(nordpost: Workspace, at: datetime) -> Channel:
    return hearing.channel(nordpost, at, settings={"handle": "nordpost.example", "app_password": ""})


@pytest.fixture
def watches(nordpost: Workspace, at: datetime) -> dict[str, Watch]:
    """A competitor before the brand, so that the order of their ids does not help."""
    queries = {
        "competitor": "Budbil OR #budbil",
        "subject": "paketskåp",
        "product": "Paketkort",
        "brand": "Nordpost",
    }
    return {
        kind: Watch.objects.create(
            workspace=nordpost, name=kind, query=query, kind=kind, created_at=at, changed_at=at
        )
        for kind, query in queries.items()
    }


def listen(channel: Channel, post: Post, at: datetime, *, chosen: bool = False) -> Mention:
    source, _ = Source.objects.get_or_create(name="all", connector=channel.connector)
    take_in(source, [channel], Batch((Created(post, chosen=chosen),), "1"), prick_up().match, at=at)
    return hearing.mention(post.native_id)


def test_a_competitor_is_heard_and_no_hour_begins(
    channel: Channel, watches: dict[str, Watch], at: datetime
) -> None:
    row = listen(channel, hearing.post("p1", "Budbil tappade mitt paket #budbil", at), at)
    assert (row.watch, row.case, row.tagged) == (watches["competitor"], None, False)
    assert not Case.objects.exists()
    assert list(heard(channel.workspace_id)) == [row]
    assert [fact.name for fact in Fact.objects.all()] == ["mention.watched"]
    assert row.revisions.get().sha256


def test_a_subject_is_heard_too(channel: Channel, watches: dict[str, Watch], at: datetime) -> None:
    assert listen(channel, hearing.post("p1", "Varför finns inga paketskåp här?", at), at).case is None


def test_the_brand_beside_a_competitor_opens_a_case(
    channel: Channel, watches: dict[str, Watch], at: datetime
) -> None:
    row = listen(channel, hearing.post("p1", "Budbil är bättre än Nordpost och Paketkort", at), at)
    assert row.case is not None
    assert row.watch == watches["brand"]
    assert set(row.also.all()) == {watches["product"], watches["competitor"]}


def test_who_speaks_to_us_about_a_competitor_is_answered(
    channel: Channel, watches: dict[str, Watch], at: datetime
) -> None:
    told = listen(channel, hearing.post("p1", "Budbil", at, addressed=frozenset({hearing.US})), at)
    chosen = listen(channel, hearing.post("p2", "Budbil igen", at), at, chosen=True)
    assert told.case is not None
    assert told.tagged
    assert chosen.case is not None


def test_a_person_takes_it_up_as_a_case(
    channel: Channel, watches: dict[str, Watch], bob: Membership, at: datetime
) -> None:
    row = listen(channel, hearing.post("p1", "Budbil är värst", at - timedelta(hours=5)), at)
    later = at + timedelta(hours=2)
    take_up(row, by=bob.actor(), at=later)
    case = Case.objects.get()
    assert (row.case, case.step) == (case, "judge")
    assert case.next_due_at == later + timedelta(minutes=60)
    take_up(row, by=bob.actor(), at=later)
    assert Case.objects.count() == 1


def test_who_may_not_judge_takes_nothing_up(
    channel: Channel, watches: dict[str, Watch], vic: Membership, carol: Membership, at: datetime
) -> None:
    row = listen(channel, hearing.post("p1", "Budbil är värst", at), at)
    for who in (vic, carol):
        with pytest.raises(NotYours):
            take_up(row, by=who.actor(), at=at)
    assert not Case.objects.exists()


def test_a_thread_that_we_began_is_our_own_channel(
    channel: Channel, watches: dict[str, Watch], at: datetime
) -> None:
    ours = hearing.post("root", "x", at, author=Author(hearing.US))
    root = f"at://{hearing.US}/app.bsky.feed.post/1"
    under_us = listen(channel, hearing.post("p1", "Nordpost!", at, root_id=root, parent_id=root), at)
    other = f"at://{hearing.US}x/app.bsky.feed.post/1"
    elsewhere = listen(channel, hearing.post("p2", "Nordpost!", at, root_id=other, parent_id=other), at)
    assert (under_us.own_channel, elsewhere.own_channel) == (True, False)
    assert rules.is_begun_by_us("root", hearing.US, [ours])
    assert not rules.is_begun_by_us("p1", hearing.US, [ours])
