"""Posts are read by a machine: verdicts are kept, covers pre-filled, and what a person said stands."""

from dataclasses import replace
from datetime import datetime

import pytest

from gensvar.connectors.contract import Created, Edited
from gensvar.kernel.sentence import Sentence
from gensvar.people.actor import machine as by_machine
from gensvar.people.models import Membership, Workspace
from gensvar.process.assess import verdicts
from gensvar.process.assess.actions import confirm, judge, judge_abuse
from gensvar.process.assess.models import Judgement, Policy, Verdict
from gensvar.process.case.actions import NotNow
from gensvar.process.case.models import Case
from gensvar.process.case.queries import journal
from gensvar.process.case.steps import Kind
from gensvar.process.listen.actions import add_watch, take_up
from gensvar.process.listen.models import Channel, Mention
from tests import hearing
from tests.hearing import answer, hear, mention, post
from tests.judging import Broken, Scripted, reason, seated, verdict
from tests.process_cast import MINUTE

LOST = "Paketet kom aldrig fram."
RUDE = "Paketet kom aldrig fram, era idioter."
THREAT = "Jag vet var ni bor och kommer i kväll."
HM = "Jaha, jaha."
SAYS = {
    RUDE: verdict("complaint", 0.93, abuse="insult", abusive=0.91),
    LOST: verdict("complaint", 0.93, reasons=(reason(LOST, "aldrig fram"),)),
    THREAT: verdict("other", 0.8, abuse="threat", abusive=0.97, urgency="high"),
    HM: verdict("complaint", 0.44, unsure=("kind",)),
    "När kommer": verdict("question", 0.95),
    "Tack": verdict("praise", 0.97, sentiment="positive"),
}


@pytest.fixture
def reader(channel: Channel) -> Scripted:
    return Scripted(SAYS)


def heard(
    channel: Channel, reader: Scripted | Broken | None, text: str, at: datetime, name: str = "p1"
) -> Case:
    with seated(reader):
        return hearing.case(channel, text, at, name)


def test_all_that_was_said_is_kept(channel: Channel, reader: Scripted, at: datetime) -> None:
    heard(channel, reader, LOST, at)
    kept = Verdict.objects.get()
    assert (kept.judge, kept.kind, kept.sentiment, kept.abuse, kept.at) == (
        "scripted",
        "complaint",
        "negative",
        "",
        at,
    )
    assert kept.scores["kind"]["complaint"] == 0.93
    assert kept.scores["abuse"] == 0.02
    assert kept.reasons == [[12, 23, "kind", 1.5]]
    assert kept.revision.text == LOST


def test_a_sure_complaint_moves_on_alone(channel: Channel, reader: Scripted, at: datetime) -> None:
    case = heard(channel, reader, LOST, at)
    case.refresh_from_db()
    assert (case.kind, case.sure, case.step, case.unsure) == ("complaint", 0.93, "answer", False)
    assert case.next_due_at == case.answer_due_at
    said = Judgement.objects.get()
    assert (said.by, said.by_name, said.confidence) == (None, "Gensvar", 0.93)
    assert mention("p1").kind == "complaint"
    assert journal(case)[-1].data == {"kind": "complaint", "before": "", "sure": 0.93}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RUDE, ("complaint", "insult", False)),
        (THREAT, ("other", "threat", False)),
        (HM, ("", "", True)),
        ("Tack!", ("praise", "", False)),
    ],
)
def test_everything_else_waits_for_a_person(
    channel: Channel, reader: Scripted, at: datetime, text: str, expected: tuple[str, str, bool]
) -> None:
    case = heard(channel, reader, text, at)
    case.refresh_from_db()
    assert (case.step, case.tray) == ("judge", "now")
    assert (case.kind, case.abuse, case.unsure) == expected
    assert not Judgement.objects.exists()


def test_where_the_workspace_wishes_a_person_judges_everything(
    channel: Channel, reader: Scripted, nordpost: Workspace, at: datetime
) -> None:
    Policy.objects.create(workspace=nordpost, alone=Policy.Alone.NEVER)
    case = heard(channel, reader, LOST, at)
    case.refresh_from_db()
    assert (case.kind, case.sure, case.step) == ("complaint", 0.93, "judge")


def test_where_the_workspace_asks_for_more_it_is_unsure(
    channel: Channel, reader: Scripted, nordpost: Workspace, at: datetime
) -> None:
    Policy.objects.create(workspace=nordpost, sure_at={"kind": 0.95})
    case = heard(channel, reader, LOST, at)
    case.refresh_from_db()
    assert (case.kind, case.unsure, case.step) == ("", True, "judge")


def test_a_person_corrects_it_and_the_case_follows(
    channel: Channel, reader: Scripted, bob: Membership, at: datetime
) -> None:
    case = heard(channel, reader, LOST, at)
    judge(case, Kind.PRAISE, by=bob.actor(), at=at + MINUTE)
    case.refresh_from_db()
    assert (case.kind, case.sure, case.step) == ("praise", None, "thank")


def test_what_a_person_said_is_not_overwritten(
    channel: Channel, reader: Scripted, bob: Membership, at: datetime
) -> None:
    case = heard(channel, reader, HM, at)
    judge(case, Kind.PRAISE, abusive=False, by=bob.actor(), at=at + MINUTE)
    edited = replace(post("p1", RUDE, at), revision="p1-2")
    with seated(reader):
        hear(channel, Edited(edited, at + 2 * MINUTE), at=at + 2 * MINUTE)
    case.refresh_from_db()
    assert (case.kind, case.abuse, case.sure, case.unsure, case.step) == ("praise", "", None, False, "thank")
    row = mention("p1")
    assert (row.kind, row.abuse) == ("praise", "")
    assert [each.kind for each in Verdict.objects.order_by("pk")] == ["complaint", "complaint"]


def test_the_one_key_for_a_rude_complaint_says_both(channel: Channel, bob: Membership, at: datetime) -> None:
    case = heard(channel, None, RUDE, at)
    said = judge_abuse(case, abusive=True, by=bob.actor(), at=at)
    case.refresh_from_db()
    assert (said.kind, said.abusive) == ("complaint", True)
    assert (case.kind, case.abuse, case.step, case.tray) == ("complaint", "unnamed", "answer", "now")
    judge_abuse(case, abusive=False, by=bob.actor(), at=at)
    case.refresh_from_db()
    assert (case.kind, case.abuse) == ("complaint", "")


def test_saying_what_it_is_leaves_the_abuse_as_it_stands(
    channel: Channel, reader: Scripted, bob: Membership, at: datetime
) -> None:
    case = heard(channel, reader, RUDE, at)
    judge(case, Kind.COMPLAINT, by=bob.actor(), at=at)
    case.refresh_from_db()
    assert (case.kind, case.abuse, case.step) == ("complaint", "insult", "answer")


def test_a_rude_complaint_stays_among_the_complaints(
    channel: Channel, reader: Scripted, at: datetime
) -> None:
    heard(channel, reader, RUDE, at)
    assert (mention("p1").kind, mention("p1").abuse) == ("complaint", "insult")


def test_one_key_confirms_all_that_the_machine_said(
    channel: Channel, reader: Scripted, bob: Membership, at: datetime
) -> None:
    case = heard(channel, reader, RUDE, at)
    said = confirm(case, by=bob.actor(), at=at)
    assert (said.kind, said.abusive, said.confidence) == ("complaint", True, None)
    assert said.verdict == Verdict.objects.get()


def test_nothing_can_be_confirmed_that_no_machine_said(case: Case, bob: Membership, at: datetime) -> None:
    with pytest.raises(NotNow):
        confirm(case, by=bob.actor(), at=at)


def test_a_calm_answer_does_not_move_on_what_waits_for_a_person(
    channel: Channel, reader: Scripted, at: datetime
) -> None:
    first = post("p1", RUDE, at)
    with seated(reader):
        hear(channel, first, at=at)
        hear(channel, Created(answer("p2", LOST, at + MINUTE, first)), at=at + MINUTE)
    case = Case.objects.get()
    assert (case.kind, case.abuse, case.step) == ("complaint", "insult", "judge")
    assert not Judgement.objects.exists()


def test_an_edit_takes_no_threat_away(channel: Channel, reader: Scripted, at: datetime) -> None:
    case = heard(channel, reader, THREAT, at)
    with seated(reader):
        hear(channel, Edited(replace(post("p1", LOST, at), revision="p1-2"), at + MINUTE), at=at + MINUTE)
    case.refresh_from_db()
    assert (case.kind, case.abuse, case.step) == ("complaint", "threat", "judge")
    assert mention("p1").abuse == ""


def test_a_later_answer_is_read_and_can_only_add_abuse(
    channel: Channel, reader: Scripted, at: datetime
) -> None:
    first = post("p1", LOST, at)
    with seated(reader):
        hear(channel, first, at=at)
        hear(channel, Created(answer("p2", THREAT, at + MINUTE, first)), at=at + MINUTE)
    case = Case.objects.get()
    assert (case.kind, case.step, case.abuse, case.urgency) == ("complaint", "answer", "threat", "high")
    assert (case.severity, mention("p2").abuse) == (Case.Severity.CRITICAL, "threat")


def test_a_threat_in_a_later_answer_counts_also_where_a_person_judged_before(
    channel: Channel, reader: Scripted, bob: Membership, at: datetime
) -> None:
    first = post("p1", LOST, at)
    with seated(reader):
        hear(channel, first, at=at)
        judge(Case.objects.get(), Kind.COMPLAINT, abusive=False, by=bob.actor(), at=at)
        hear(channel, Created(answer("p2", THREAT, at + MINUTE, first)), at=at + MINUTE)
    case = Case.objects.get()
    assert (case.kind, case.abuse, case.severity) == ("complaint", "", Case.Severity.CRITICAL)
    assert mention("p2").abuse == "threat"


def test_a_post_without_a_case_is_read_too_and_keeps_it_when_taken_up(
    channel: Channel, reader: Scripted, bob: Membership, nordpost: Workspace, at: datetime
) -> None:
    # A post about somebody else: heard, read, without a case.
    row = Mention.objects.create(
        workspace=nordpost,
        channel=channel,
        network="bluesky",
        native_id="p9",
        author_id="x",
        text=LOST,
        posted_at=at,
        heard_at=at,
    )
    row.revisions.create(text=LOST, raw=b"{}", raw_type="x", sha256="0", received_at=at)
    with seated(reader):
        verdicts.read([row.pk], by=by_machine(nordpost.pk), at=at)
        row.refresh_from_db()
        assert (row.kind, row.sentiment, row.case) == ("complaint", "negative", None)
        take_up(row, by=bob.actor(), at=at + MINUTE)
    row.refresh_from_db()
    assert row.case is not None
    assert (row.case.kind, row.case.step) == ("complaint", "answer")
    assert reader.read == [LOST]


def test_reading_twice_changes_nothing(
    channel: Channel, reader: Scripted, nordpost: Workspace, at: datetime
) -> None:
    case = heard(channel, reader, LOST, at)
    facts = case.facts.count()
    with seated(reader):
        assert verdicts.read([mention("p1").pk], by=by_machine(nordpost.pk), at=at) == []
    assert case.facts.count() == facts
    assert reader.read == [LOST]


@pytest.mark.parametrize("nobody", [None, Broken()])
def test_without_a_judge_the_case_waits_for_a_person(
    channel: Channel, nobody: Broken | None, at: datetime
) -> None:
    case = heard(channel, nobody, LOST, at)
    assert (case.kind, case.step, case.sentiment) == ("", "judge", "")
    assert not Verdict.objects.exists()


def test_the_judge_hears_which_languages_the_workspace_reads(
    channel: Channel, reader: Scripted, nordpost: Workspace, dora: Membership, at: datetime
) -> None:
    add_watch(
        nordpost, name="N", query="nordpost", kind="brand", languages=["fi", "nl"], by=dora.actor(), at=at
    )
    heard(channel, reader, LOST, at)
    assert reader.languages == ("sv", "fi", "nl")


def test_a_language_that_the_network_did_not_say_is_the_one_that_was_read(
    channel: Channel, reader: Scripted, at: datetime
) -> None:
    with seated(reader):
        case = hearing.case(channel, LOST, at, language="")
    case.refresh_from_db()
    assert (case.language, mention("post-1").language) == ("sv", "sv")


def test_why_it_is_urgent_can_be_translated_later(channel: Channel, at: datetime) -> None:
    urgent = verdict(urgent=(Sentence("It says “%(word)s”.", word="nu"),))
    heard(channel, Scripted({LOST: urgent}), LOST, at)
    assert Verdict.objects.get().urgent == [["It says “%(word)s”.", {"word": "nu"}]]
