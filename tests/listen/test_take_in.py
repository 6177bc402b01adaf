"""Taking in a batch: what becomes of posts, edits, deletions and cursors."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError

from gensvar.connectors.contract import (
    AccountGone,
    Author,
    Batch,
    Created,
    Deleted,
    Edited,
    Gap,
    Hidden,
)
from gensvar.people.models import Membership, Workspace
from gensvar.process.case.models import Case, Fact
from gensvar.process.listen import models
from gensvar.process.listen.ears import prick_up
from gensvar.process.listen.take_in import take_in
from tests import hearing

OTHER = Author("did:plc:kim", "kim.example", "Kim")
OURS = Author(hearing.US, "nordpost.example", "Nordpost")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def channel(nordpost: Workspace, at: datetime) -> models.Channel:
    return hearing.channel(nordpost, at, settings={"handle": "nordpost.example", "app_password": ""})


def test_a_found_post_becomes_a_case_with_its_hour(channel: models.Channel, at: datetime) -> None:
    case = hearing.case(channel, "Nordpost tappade mitt paket", at)
    assert (case.step, case.tray, case.author_name) == ("judge", "now", "Eva Lind")
    assert case.next_due_at == at + timedelta(minutes=60)


def test_a_watch_finds_a_post_that_tags_nobody(
    nordpost: Workspace, channel: models.Channel, at: datetime
) -> None:
    watch = models.Watch.objects.create(
        workspace=nordpost, name="Nordpost", query="Nordpost", created_at=at, changed_at=at
    )
    source = models.Source.objects.create(name="all", connector="bluesky")
    batch = Batch((Created(hearing.post("p1", "Var är min bil, Nordpost?", at)),), "1")
    take_in(source, [channel], batch, prick_up().match, at=at)
    row = hearing.mention("p1")
    assert (row.watch, row.tagged, row.spans) == (watch, False, [[16, 24]])


def test_a_post_that_no_watch_meets_is_not_kept(channel: models.Channel, at: datetime) -> None:
    source = models.Source.objects.create(name="all", connector="bluesky")
    batch = Batch((Created(hearing.post("p1", "Fint väder", at)),), "1")
    take_in(source, [channel], batch, prick_up().match, at=at)
    assert not models.Mention.objects.exists()
    assert models.Source.objects.get().cursor == "1"


def test_taking_in_twice_changes_nothing_the_second_time(channel: models.Channel, at: datetime) -> None:
    first = hearing.post("p1", "Nordpost", at)
    for _ in range(2):
        hearing.hear(channel, first, hearing.answer("p2", "Hallå?", at, first), at=at)
    counts = [model.objects.count() for model in (models.Mention, models.Revision, Case)]
    assert counts == [2, 2, 1]
    assert Fact.objects.filter(name="author.answered").count() == 1


def test_the_same_post_twice_in_one_batch_is_one_mention(channel: models.Channel, at: datetime) -> None:
    hearing.hear(channel, hearing.post("p1", "Nordpost", at), hearing.post("p1", "Nordpost", at), at=at)
    assert models.Mention.objects.count() == 1


def test_cursor_and_items_stand_or_fall_together(
    channel: models.Channel, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = models.Source.objects.create(name="all", connector="bluesky", cursor="old")

    def broken(*args: object, **named: object) -> None:
        raise DatabaseError("disk full")

    batch = Batch((Created(hearing.post("p1", "x", at), chosen=True),), "new")
    with monkeypatch.context() as patch:
        patch.setattr(models.Source, "save", broken)
        with pytest.raises(DatabaseError):
            take_in(source, [channel], batch, lambda post: {}, at=at)
    assert not models.Mention.objects.exists()
    assert models.Source.objects.get().cursor == "old"


def test_the_authors_answer_lands_in_the_same_case(channel: models.Channel, at: datetime) -> None:
    first = hearing.post("p1", "Nordpost", at)
    hearing.hear(channel, first, at=at)
    hearing.hear(channel, hearing.answer("p2", "Fortfarande inget", at + MINUTE, first), at=at + MINUTE)
    row = hearing.mention("p2")
    assert (row.part, row.case) == ("answer", hearing.mention("p1").case)


def test_somebody_else_in_the_thread_is_context_and_in_trouble_a_case_of_his_own(
    channel: models.Channel, at: datetime
) -> None:
    first = hearing.post("p1", "Nordpost", at)
    hearing.hear(channel, first, at=at)
    source = models.Source.objects.get()
    remark = Created(hearing.answer("p2", "Samma här", at, first, author=OTHER))
    take_in(source, [channel], Batch((remark,), "2"), lambda post: {}, at=at)
    hearing.hear(channel, hearing.answer("p3", "Nordpost, mitt också", at, first, author=OTHER), at=at)
    assert hearing.mention("p2").part == "context"
    assert Case.objects.count() == 2


def test_our_own_posts_never_become_cases(channel: models.Channel, at: datetime) -> None:
    first = hearing.post("p1", "Nordpost", at)
    hearing.hear(channel, hearing.post("p0", "Nordpost öppnar", at, author=OURS), first, at=at)
    hearing.hear(channel, hearing.answer("p2", "Hej Eva", at, first, author=OURS), at=at)
    assert Case.objects.count() == 1
    assert hearing.mention("p2").part == "ours"
    assert not models.Mention.objects.filter(native_id="p0").exists()


def test_what_another_account_of_ours_wrote_never_becomes_a_case(
    nordpost: Workspace, channel: models.Channel, at: datetime
) -> None:
    hearing.channel(nordpost, at, native_id="did:plc:nordpost-help", removed_at=at)
    helper = Author("did:plc:nordpost-help", "help.example", "Nordpost hjälper")
    first = hearing.post("p1", "Nordpost", at)
    hearing.hear(channel, first, hearing.post("p2", "Nordpost öppnar igen", at, author=helper), at=at)
    hearing.hear(channel, hearing.answer("p3", "Hej Eva, Nordpost här", at, first, author=helper), at=at)
    assert Case.objects.count() == 1
    assert hearing.mention("p3").part == "ours"


def test_a_post_that_comes_to_name_us_by_an_edit_is_found(
    nordpost: Workspace, channel: models.Channel, at: datetime
) -> None:
    models.Watch.objects.create(
        workspace=nordpost, name="Nordpost", query="Nordpost", created_at=at, changed_at=at
    )
    source = models.Source.objects.create(name="all", connector="bluesky")
    match = prick_up().match
    take_in(
        source, [channel], Batch((Created(hearing.post("p1", "Var är mitt paket?", at)),), "1"), match, at=at
    )
    edit = Edited(hearing.post("p1", "Var är mitt paket, Nordpost?", at, revision="p1-2"))
    take_in(source, [channel], Batch((edit,), "2"), match, at=at)
    row = hearing.mention("p1")
    assert (row.part, row.spans, row.case is not None) == ("found", [[19, 27]], True)


@pytest.mark.parametrize("together", [True, False])
def test_a_chain_of_answers_is_kept_however_the_stream_was_cut(
    channel: models.Channel, at: datetime, together: bool
) -> None:
    """On a network that names only the post above, not the one that began the thread."""
    source = models.Source.objects.create(name="all", connector="bluesky")
    first = hearing.post("p1", "Nordpost", at)
    second = hearing.post("p2", "Jaså", at, author=OTHER, parent_id="p1")
    third = hearing.post("p3", "Ja", at, author=OTHER, parent_id="p2")
    events = (Created(first, chosen=True), Created(second), Created(third))
    for part in [events] if together else [(event,) for event in events]:
        take_in(source, [channel], Batch(part, "1"), lambda post: {}, at=at)
    assert list(models.Mention.objects.order_by("native_id").values_list("part", flat=True)) == [
        "found",
        "context",
        "context",
    ]


def test_an_edit_is_a_second_wording_and_both_stay(channel: models.Channel, at: datetime) -> None:
    case = hearing.case(channel, "Nordpost är värst", at, "p1")
    hearing.hear(channel, Edited(hearing.post("p1", "Nordpost är bäst", at, revision="p1-2")), at=at + MINUTE)
    row = hearing.mention("p1")
    assert (row.text, row.edited_at) == ("Nordpost är bäst", at + MINUTE)
    assert [each.text for each in row.revisions.order_by("pk")] == ["Nordpost är värst", "Nordpost är bäst"]
    case.refresh_from_db()
    assert case.excerpt == "Nordpost är bäst"


def test_a_deletion_is_said_and_nothing_is_removed(channel: models.Channel, at: datetime) -> None:
    case = hearing.case(channel, "Nordpost är värst", at, "p1")
    for _ in range(2):
        hearing.hear(channel, Deleted("p1", at), at=at + MINUTE)
    assert hearing.mention("p1").deleted_at == at + MINUTE
    assert case.facts.filter(name="mention.deleted").count() == 1
    assert not case.is_closed


def test_hidden_posts_and_accounts_that_are_gone_are_noted(channel: models.Channel, at: datetime) -> None:
    hearing.case(channel, "Nordpost", at, "p1")
    hearing.hear(channel, Hidden("p1", at, "by the page"), AccountGone(hearing.EVA.native_id, at), at=at)
    row = hearing.mention("p1")
    assert row.hidden_at == at
    assert row.deleted_at == at


def test_a_gap_becomes_a_row_that_people_see(channel: models.Channel, at: datetime) -> None:
    for _ in range(2):
        hearing.hear(channel, Gap(at - MINUTE, at, "The cursor is too old."), at=at)
    assert [gap.why for gap in models.Gap.objects.all()] == ["The cursor is too old."]


def test_two_workspaces_each_get_their_own_mention(
    channel: models.Channel, sparfin: Workspace, carol: Membership, at: datetime
) -> None:
    theirs = hearing.channel(sparfin, at, native_id="did:plc:sparfin")
    for each in (channel, theirs):
        hearing.hear(each, hearing.post("p1", "Nordpost och Sparfin", at), at=at)
    assert models.Mention.objects.count() == 2
    assert Case.objects.filter(workspace=sparfin).count() == 1


def test_hostile_text_is_kept_as_text(channel: models.Channel, at: datetime) -> None:
    text = "<script>alert(1)</script>\x00\u202e\ud800" + "a" * 300_000
    raw = text.encode(errors="surrogatepass")
    case = hearing.case(channel, text, at, "p1", raw=raw, language="x" * 99, url="javascript:alert(1)")
    row = hearing.mention("p1")
    assert "\x00" not in row.text
    assert len(row.text) <= 20_000
    assert (row.url, row.language) == ("", "")
    assert bytes(row.revisions.get().raw) == raw
    assert case.excerpt.startswith("<script>")


def test_a_claim_about_the_time_is_believed_within_reason(channel: models.Channel, at: datetime) -> None:
    future = hearing.case(channel, "Nordpost", at, "p1")
    assert future.clock_started_at == at
    hearing.hear(channel, hearing.post("p2", "Nordpost", at + timedelta(days=9)), at=at)
    assert hearing.mention("p2").posted_at == at
    hearing.hear(channel, hearing.post("p3", "Nordpost", at - timedelta(days=9), author=OTHER), at=at)
    old = hearing.mention("p3").case
    assert old is not None
    assert old.clock_started_at == at
