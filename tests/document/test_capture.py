"""Evidence of every wording, made by the flow before anything else is done."""

import hashlib
from datetime import datetime, timedelta

from gensvar.connectors.contract import Deleted, Edited
from gensvar.people.actor import machine
from gensvar.people.models import Workspace
from gensvar.process.case.models import Fact
from gensvar.process.document import actions, queries
from gensvar.process.document.models import Capture
from gensvar.process.document.tasks import BELL
from tests import hearing


def test_opening_a_case_keeps_the_record_and_makes_a_picture_due(nordpost: Workspace, at: datetime) -> None:
    said = hearing.post("post-1", "Paketet kom aldrig fram.", at)
    hearing.hear(hearing.channel(nordpost, at), said, at=at)
    capture = Capture.objects.get()
    assert bytes(capture.revision.raw) == said.raw
    assert capture.sha256 == hashlib.sha256(said.raw).hexdigest()
    assert (capture.state, capture.kept_at, capture.due_at) == ("due", at, at)


def test_an_edit_is_kept_as_a_second_evidence_beside_the_first(nordpost: Workspace, at: datetime) -> None:
    channel = hearing.channel(nordpost, at)
    hearing.hear(channel, hearing.post("post-1", "Nordpost är värdelösa", at), at=at)
    later = at + timedelta(minutes=3)
    edited = hearing.post("post-1", "Nordpost är bäst", at, revision="post-1-2")
    hearing.hear(channel, Edited(edited), at=later)
    kept = [each.capture for each in queries.evidence(Capture.objects.all()[0].case)]
    assert [each.revision.text for each in kept] == ["Nordpost är värdelösa", "Nordpost är bäst"]
    assert kept[0].sha256 != kept[1].sha256
    assert [each.kept_at for each in kept] == [at, later]


def test_the_same_edit_heard_twice_is_kept_once(nordpost: Workspace, at: datetime) -> None:
    channel = hearing.channel(nordpost, at)
    hearing.hear(channel, hearing.post("post-1", "Nordpost är värdelösa", at), at=at)
    edited = Edited(hearing.post("post-1", "Nordpost är bäst", at, revision="post-1-2"))
    hearing.hear(channel, edited, edited, at=at)
    hearing.hear(channel, edited, at=at)
    assert Capture.objects.count() == 2


def test_a_deletion_leaves_the_evidence(nordpost: Workspace, at: datetime) -> None:
    channel = hearing.channel(nordpost, at)
    case = hearing.case(channel, "Nordpost är värdelösa", at)
    hearing.hear(channel, Deleted("post-1", at), at=at)
    kept = queries.evidence(case)
    assert len(kept) == 1
    assert queries.unchanged(kept[0].capture)


def test_the_answer_of_the_author_is_evidence_too(nordpost: Workspace, at: datetime) -> None:
    channel = hearing.channel(nordpost, at)
    first = hearing.post("post-1", "Var är paketet?", at)
    hearing.hear(channel, first, at=at)
    hearing.hear(channel, hearing.answer("post-2", "Nu är det borta", at, first), at=at)
    assert Capture.objects.filter(case=hearing.mention("post-1").case).count() == 2


def test_doing_it_again_makes_no_second_evidence(nordpost: Workspace, at: datetime) -> None:
    hearing.case(hearing.channel(nordpost, at), "Var är paketet?", at)
    again = actions.capture([hearing.mention("post-1").pk], by=machine(nordpost.pk), at=at)
    assert again == []
    assert Capture.objects.count() == 1


def test_a_picture_that_was_not_rung_for_is_due_in_the_sweep(nordpost: Workspace, at: datetime) -> None:
    hearing.case(hearing.channel(nordpost, at), "Var är paketet?", at)
    assert BELL.due(at) == []
    assert BELL.due(at + timedelta(seconds=16)) == [Capture.objects.get().pk]


def test_a_record_too_long_to_keep_can_still_be_checked(nordpost: Workspace, at: datetime) -> None:
    said = hearing.post("post-1", "Var är paketet?", at, raw=b"x" * 1_200_000)
    hearing.hear(hearing.channel(nordpost, at), said, at=at)
    assert queries.unchanged(Capture.objects.get())


def test_evidence_stands_in_the_journal_only_when_there_is_a_picture(
    nordpost: Workspace, at: datetime
) -> None:
    case = hearing.case(hearing.channel(nordpost, at), "Var är paketet?", at)
    assert not Fact.objects.filter(case=case, name="evidence.kept").exists()
    assert queries.evidence(case)[0].sentence == "The record is kept. A picture is being taken."
