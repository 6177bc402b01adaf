"""One thing said once is shown once: reposts, quotes without words and cross-posts fold under the first."""

from datetime import datetime, timedelta

import pytest

from gensvar.connectors.contract import (
    AccountGone,
    Author,
    Batch,
    Created,
    Deleted,
    Edited,
    Post,
    Reposted,
)
from gensvar.people.models import Workspace
from gensvar.process.case.models import Case
from gensvar.process.listen import models
from gensvar.process.listen.take_in import take_in
from tests import hearing

KIM = Author("did:plc:kim", "kim.example", "Kim", followers=300)
OURS = Author(hearing.US, "nordpost.example", "Nordpost")
MINUTE = timedelta(minutes=1)
TEXT = "Tredje gången Nordpost tappar bort mitt paket"


@pytest.fixture
def channel(nordpost: Workspace, at: datetime) -> models.Channel:
    return hearing.channel(nordpost, at)


@pytest.fixture
def case(channel: models.Channel, at: datetime) -> Case:
    return hearing.case(channel, TEXT, at, "p1")


def repost(number: int, of: str = "p1", author: Author = KIM) -> Reposted:
    return Reposted(f"r{number}", of, author, None, f"r{number}-1", raw=b"{}")


def again(case: Case) -> dict[str, int]:
    case.refresh_from_db()
    folded: dict[str, int] = case.folded
    return folded


def folds() -> list[tuple[str, str, str]]:
    rows = models.Mention.objects.filter(part="folded").order_by("native_id")
    return list(rows.values_list("native_id", "how", "folded_under__native_id"))


def unchosen(channel: models.Channel, *posts: Post, at: datetime) -> None:
    """Posts that no watch meets."""
    source, _ = models.Source.objects.get_or_create(name="all", connector="bluesky")
    take_in(source, [channel], Batch(tuple(map(Created, posts)), "1"), lambda post: {}, at=at)


def test_the_same_words_by_the_same_author_are_one_case(
    channel: models.Channel, case: Case, at: datetime
) -> None:
    hearing.hear(channel, hearing.post("p2", TEXT + " 😡", at + MINUTE), at=at + MINUTE)
    assert folds() == [("p2", "cross-post", "p1")]
    assert Case.objects.count() == 1
    assert again(case) == {"cross-post": 1}


def test_the_same_words_by_another_author_are_another_case(
    channel: models.Channel, case: Case, at: datetime
) -> None:
    hearing.hear(channel, hearing.post("p2", TEXT, at, author=KIM), at=at)
    assert folds() == []
    assert Case.objects.count() == 2


def test_a_cross_post_on_another_network_folds_under_the_first(
    nordpost: Workspace, channel: models.Channel, case: Case, at: datetime
) -> None:
    feed = hearing.channel(nordpost, at, "feeds", native_id="https://blog.example/feed", handle="")
    eva = Author("eva", "eva@blog.example", "Eva Lind")
    hearing.hear(feed, hearing.post("https://blog.example/1", TEXT, at, author=eva), at=at)
    assert folds() == [("https://blog.example/1", "cross-post", "p1")]
    assert again(case) == {"cross-post": 1}


def test_a_namesake_on_another_network_is_somebody_else(
    nordpost: Workspace, channel: models.Channel, case: Case, at: datetime
) -> None:
    feed = hearing.channel(nordpost, at, "feeds", native_id="https://blog.example/feed", handle="")
    lind = Author("lind", "lind@blog.example", "Eva Lind")
    hearing.hear(feed, hearing.post("https://blog.example/1", TEXT, at, author=lind), at=at)
    assert folds() == []


def test_reposts_are_counted_and_open_no_case(channel: models.Channel, case: Case, at: datetime) -> None:
    hearing.hear(channel, repost(1), repost(2, author=Author("did:plc:ulf")), at=at)
    assert folds() == [("r1", "repost", "p1"), ("r2", "repost", "p1")]
    assert (again(case), Case.objects.count()) == ({"repost": 2}, 1)
    assert hearing.mention("p1").folded_reach == 300


def test_a_repost_of_what_we_do_not_hold_is_not_kept(
    channel: models.Channel, case: Case, at: datetime
) -> None:
    hearing.hear(channel, repost(1, "somebody-elses"), at=at)
    assert models.Mention.objects.count() == 1
    assert models.Source.objects.get().cursor


def test_a_repost_of_a_copy_counts_at_the_first(channel: models.Channel, case: Case, at: datetime) -> None:
    hearing.hear(channel, hearing.post("p2", TEXT, at), repost(1, "p2"), at=at)
    assert folds() == [("p2", "cross-post", "p1"), ("r1", "repost", "p1")]


def test_our_own_repost_is_not_counted(channel: models.Channel, case: Case, at: datetime) -> None:
    hearing.hear(channel, repost(1, author=OURS), at=at)
    assert again(case) == {}


def test_a_repost_that_is_taken_back_is_counted_no_more(
    channel: models.Channel, case: Case, at: datetime
) -> None:
    hearing.hear(channel, repost(1), repost(2), at=at)
    hearing.hear(channel, Deleted("r1", at), at=at)
    assert again(case) == {"repost": 1}
    assert not case.facts.filter(name="mention.deleted").exists()
    hearing.hear(channel, AccountGone(KIM.native_id, at), at=at)
    assert again(case) == {}
    assert hearing.mention("p1").folded_reach == 0


def test_a_quote_without_words_folds_and_one_with_words_is_its_own(
    channel: models.Channel, case: Case, at: datetime
) -> None:
    hearing.hear(
        channel,
        hearing.post("q1", "👆", at, author=KIM, quotes_id="p1"),
        hearing.post("q2", "Samma här, Nordpost", at, author=KIM, quotes_id="p1"),
        at=at,
    )
    assert folds() == [("q1", "quote", "p1")]
    own = hearing.mention("q2")
    assert (own.part, own.case == case, Case.objects.count()) == ("found", False, 2)


def test_a_quote_that_no_watch_meets_is_kept_beside_the_case(
    channel: models.Channel, case: Case, at: datetime
) -> None:
    unchosen(
        channel,
        hearing.post("q1", "", at, author=KIM, quotes_id="p1"),
        hearing.post("q2", "Typiskt dem", at, author=KIM, quotes_id="p1"),
        hearing.post("q3", "Typiskt dem", at, author=KIM, quotes_id="somebody-elses"),
        at=at,
    )
    assert folds() == [("q1", "quote", "p1")]
    assert (hearing.mention("q2").part, hearing.mention("q2").case) == ("context", case)
    assert not models.Mention.objects.filter(native_id="q3").exists()


def test_answers_under_a_copy_lie_in_the_case_of_the_first(
    channel: models.Channel, case: Case, at: datetime
) -> None:
    copy = hearing.post("p2", TEXT, at)
    hearing.hear(channel, copy, at=at)
    unchosen(
        channel,
        hearing.answer("a1", "Fortfarande inget", at + MINUTE, copy),
        hearing.answer("a2", "Håller med", at + MINUTE, copy, author=KIM),
        at=at + MINUTE,
    )
    assert [(hearing.mention(name).part, hearing.mention(name).case) for name in ("a1", "a2")] == [
        ("answer", case),
        ("context", case),
    ]


def test_a_deleted_post_folds_nothing_so_that_there_is_one_to_answer(
    channel: models.Channel, case: Case, at: datetime
) -> None:
    hearing.hear(channel, Deleted("p1", at), hearing.post("p2", TEXT, at), at=at)
    assert folds() == []
    assert Case.objects.count() == 2


def test_a_copy_that_is_edited_into_something_else_gets_its_own_case(
    channel: models.Channel, case: Case, at: datetime
) -> None:
    hearing.hear(channel, hearing.post("p2", TEXT, at), at=at)
    hearing.hear(channel, Edited(hearing.post("p2", "Och nu ett till, Nordpost", at, revision="2")), at=at)
    assert (folds(), again(case)) == ([], {})
    own = hearing.mention("p2").case
    assert own is not None
    assert own != case


def test_an_edited_copy_that_still_says_the_same_stays_folded(
    channel: models.Channel, case: Case, at: datetime
) -> None:
    hearing.hear(channel, hearing.post("p2", TEXT, at), at=at)
    hearing.hear(channel, Edited(hearing.post("p2", TEXT + "!", at, revision="2")), at=at)
    assert folds() == [("p2", "cross-post", "p1")]
    assert hearing.mention("p2").revisions.count() == 2


def test_what_is_passed_on_a_hundred_times_fills_no_journal(
    channel: models.Channel, case: Case, at: datetime
) -> None:
    hearing.hear(channel, *(repost(number) for number in range(100)), at=at)
    said = case.facts.filter(name="mention.folded").order_by("pk")
    assert [fact.data["number"] for fact in said] == [1, 2, 5, 10, 20, 50, 100]


def test_hearing_it_again_changes_nothing(channel: models.Channel, case: Case, at: datetime) -> None:
    told = (repost(1), hearing.post("p2", TEXT, at), hearing.post("q1", "", at, author=KIM, quotes_id="p1"))
    for _ in range(2):
        hearing.hear(channel, *told, at=at)
    assert again(case) == {"cross-post": 1, "quote": 1, "repost": 1}
    assert case.facts.filter(name="mention.folded").count() == 2


def test_a_first_and_its_copies_in_one_batch_fold_too(channel: models.Channel, at: datetime) -> None:
    hearing.hear(
        channel,
        hearing.post("p1", TEXT, at),
        repost(1),
        hearing.post("p2", TEXT, at),
        hearing.post("q1", "", at, author=KIM, quotes_id="p2"),
        at=at,
    )
    assert folds() == [("p2", "cross-post", "p1"), ("q1", "quote", "p1"), ("r1", "repost", "p1")]
    assert again(Case.objects.get()) == {"cross-post": 1, "quote": 1, "repost": 1}


def test_each_workspace_folds_for_itself(
    channel: models.Channel, case: Case, sparfin: Workspace, at: datetime
) -> None:
    theirs = hearing.channel(sparfin, at, native_id="did:plc:sparfin")
    hearing.hear(theirs, hearing.post("p1", TEXT, at), at=at)
    hearing.hear(channel, repost(1), at=at)
    assert list(Case.objects.values_list("folded", flat=True)) == [{"repost": 1}] * 2
    assert models.Mention.objects.filter(native_id="r1").count() == 2
