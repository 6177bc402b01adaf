"""The flow: every fact has a row, or is known to have no consequence; and each row does what it says."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from gensvar.connectors.contract import Author, Created, Deleted, Edited, Gap, Hidden, Sent
from gensvar.people.models import Membership, Workspace
from gensvar.process import flow
from gensvar.process.assess.actions import judge
from gensvar.process.case.actions import close, move
from gensvar.process.case.facts import Happened as H
from gensvar.process.case.models import Case
from gensvar.process.case.steps import TRAYS, Kind, Outcome, Step
from gensvar.process.document.models import Capture
from gensvar.process.listen.models import Channel, ThreadLoad
from gensvar.process.respond import actions as respond
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import Purpose
from gensvar.process.solve.actions import settle
from tests import hearing
from tests.process_cast import MINUTE, says

WITHOUT_CONSEQUENCE = {
    H.MENTION_DELETED,  # a deleted complaint is still a problem (PROCESS D2)
    H.MENTION_HIDDEN,
    H.MENTION_SET_ASIDE,  # it is found, counted, and nobody's work
    H.MENTION_FOLDED,  # it is counted at the first, which has its case
    H.AUTHOR_GONE,
    H.THREAD_GREW,
    H.CASE_UNDERSTOOD,
    H.CASE_CONCLUDED,  # the action itself closes the case
    H.CASE_CLOSED,
    H.READER_ANSWERED,  # it stands on the covers; no case moves on by it
    H.READER_CHANGED,
    H.EVIDENCE_KEPT,
    H.PICTURE_MISSING,  # its row is due again by itself
    H.REPLY_STARTED,
    H.REPLY_DELAYED,  # its row is due again by itself
    H.REPLY_STANDS_TWICE,  # the reply that is known stays the one that counts
    H.TALK_MOVED,
    H.TALK_NOTED,
    H.CHANNEL_CONNECTED,
    H.CHANNEL_REMOVED,
    H.CHANNEL_TROUBLED,
    H.GAP_FILLED,
    H.GAP_LEFT_OPEN,
    H.WATCH_CHANGED,
    H.POLICY_CHANGED,  # the action itself weighs and marks open cases anew
    H.VIEW_CHANGED,
}


def test_every_fact_has_a_row_or_is_known_to_have_none() -> None:
    assert set(flow.TABLE) | WITHOUT_CONSEQUENCE == set(H)
    assert not set(flow.TABLE) & WITHOUT_CONSEQUENCE


def test_every_row_does_something() -> None:
    assert all(flow.TABLE.values())


def test_a_found_mention_opens_a_case_with_evidence_and_its_thread(channel: Channel, at: datetime) -> None:
    hearing.hear(channel, hearing.post("post-1", "Nordpost!", at), at=at)
    case = Case.objects.get()
    names = list(case.facts.order_by("pk").values_list("name", flat=True))
    assert names == ["case.opened"]
    assert Capture.objects.get().due_at == at
    assert ThreadLoad.objects.get().due_at == at


def test_an_edit_is_evidence_and_changes_the_cover(case: Case, channel: Channel, at: datetime) -> None:
    hearing.hear(channel, Edited(hearing.post("post-1", "Nordpost, ändrad", at, revision="2")), at=at)
    case.refresh_from_db()
    assert case.excerpt == "Nordpost, ändrad"
    assert Capture.objects.count() == 2


@pytest.mark.parametrize("event", [Deleted, Hidden])
def test_a_deleted_or_hidden_post_leaves_the_case_where_it_is(
    complaint: Case, channel: Channel, at: datetime, event: type[Deleted] | type[Hidden]
) -> None:
    hearing.hear(channel, event("post-1", at), at=at + MINUTE)
    complaint.refresh_from_db()
    assert (complaint.step, complaint.next_due_at) == ("answer", at + 60 * MINUTE)
    assert complaint.changed_at == at + MINUTE, "open pages hear of it"


ULF = Author("did:plc:ulf", "ulf.example", "Ulf")


def test_what_others_say_in_the_thread_is_kept_and_moves_nothing(
    complaint: Case, channel: Channel, at: datetime
) -> None:
    first = hearing.post("post-1", "", at)
    overheard = Created(hearing.answer("post-2", "Samma här", at, first, author=ULF))
    hearing.hear(channel, overheard, at=at)
    complaint.refresh_from_db()
    assert complaint.step == "answer"
    assert hearing.mention("post-2").part == "context"
    assert hearing.mention("post-2").case == complaint


STEPS_AFTER_ANSWER = {
    Step.JUDGE: Step.JUDGE,
    Step.ANSWER: Step.ANSWER,
    Step.THANK: Step.THANK,
    Step.GROUND: Step.GROUND,
    Step.REVIEW: Step.REVIEW,
    Step.SENDING: Step.SENDING,
    Step.LOOK: Step.LOOK,
    Step.PROMISE: Step.ANSWER,
    Step.WATCH: Step.ANSWER,
    Step.TALK: Step.TALK,
    Step.RETURN: Step.RETURN,
    Step.FOLLOW: Step.CONCLUDE,
    Step.CONCLUDE: Step.CONCLUDE,
    Step.CLOSED: Step.ANSWER,
}


@pytest.mark.parametrize(("stands", "then"), STEPS_AFTER_ANSWER.items())
def test_when_the_author_is_back(
    complaint: Case, channel: Channel, at: datetime, stands: Step, then: Step
) -> None:
    move(complaint, stands, at=at)
    later = at + 30 * MINUTE
    hearing.hear(channel, hearing.answer("post-2", "Hallå?", later, hearing.post("post-1", "", at)), at=later)
    complaint.refresh_from_db()
    assert (complaint.step, complaint.tray) == (then.value, TRAYS[then].value)
    if then is not stands:
        assert complaint.next_due_at == later + 60 * MINUTE, "a new hour begins"
    assert Capture.objects.filter(revision__mention__native_id="post-2").exists()


def test_what_the_author_says_while_our_reply_is_on_its_way_waits_for_an_answer(
    complaint: Case, approved: Reply, channel: Channel, at: datetime
) -> None:
    later = at + MINUTE
    hearing.hear(channel, hearing.answer("post-2", "Hallå?", later, hearing.post("post-1", "", at)), at=later)
    respond.sending(approved)
    respond.was_sent(approved, Sent("at://ours", "1", "https://x.example/1"), at=later + MINUTE)
    complaint.refresh_from_db()
    assert complaint.step == "answer"
    assert complaint.next_due_at == later + 60 * MINUTE


def test_a_promise_that_changed_since_holds_for_new_clocks_only(
    case: Case, channel: Channel, bob: Membership, at: datetime
) -> None:
    by = bob.actor()
    judge(case, Kind.OTHER, by=by, at=at)
    Workspace.objects.update(answer_minutes=15)
    judge(Case.objects.get(), Kind.COMPLAINT, by=by, at=at + MINUTE)
    assert Case.objects.get().next_due_at == at + 60 * MINUTE, "its own clock goes on"
    judge(Case.objects.get(), Kind.OTHER, by=by, at=at + MINUTE)
    later = at + 30 * MINUTE
    hearing.hear(channel, hearing.answer("post-2", "Hallå?", later, hearing.post("post-1", "", at)), at=later)
    back = Case.objects.get()
    assert (back.next_due_at, back.answer_due_at) == (later + 15 * MINUTE, later + 15 * MINUTE)


def test_a_closed_case_of_abuse_is_not_fed_when_its_author_is_back(
    case: Case, bob: Membership, channel: Channel, at: datetime
) -> None:
    judge(case, Kind.ABUSE, by=bob.actor(), at=at)
    close(case, Outcome.ABUSE, by=bob.actor(), at=at)
    later = at + MINUTE
    hearing.hear(channel, hearing.answer("post-2", "Ha!", later, hearing.post("post-1", "", at)), at=later)
    case.refresh_from_db()
    assert (case.step, case.next_due_at) == ("ground", None)


def test_a_closed_case_of_praise_becomes_a_complaint_with_one_key(
    case: Case, bob: Membership, channel: Channel, at: datetime
) -> None:
    judge(case, Kind.PRAISE, by=bob.actor(), at=at)
    close(case, Outcome.THANKED, by=bob.actor(), at=at)
    later = at + MINUTE
    hearing.hear(channel, hearing.answer("post-2", "Nej", later, hearing.post("post-1", "", at)), at=later)
    case.refresh_from_db()
    assert case.step == "judge"
    judge(case, Kind.COMPLAINT, by=bob.actor(), at=later)
    case.refresh_from_db()
    assert (case.step, case.next_due_at) == ("answer", later + 60 * MINUTE)


def test_every_step_was_looked_at() -> None:
    assert set(STEPS_AFTER_ANSWER) == set(Step)


@pytest.mark.parametrize(
    ("purpose", "step"),
    [
        (Purpose.ANSWER, "watch"),
        (Purpose.HOLDING, "promise"),
        (Purpose.INVITATION, "talk"),
        (Purpose.QUESTION, "follow"),
        (Purpose.THANKS, "closed"),
    ],
)
def test_what_was_said_decides_what_comes_next(
    complaint: Case, bob: Membership, at: datetime, purpose: Purpose, step: str
) -> None:
    says(complaint, "Hej Eva", purpose, by=bob.actor(), at=at + 5 * MINUTE)
    assert complaint.step == step
    assert complaint.answered_at == at + 5 * MINUTE


def test_thanks_close_the_case(complaint: Case, bob: Membership, at: datetime) -> None:
    says(complaint, "Tack!", Purpose.THANKS, by=bob.actor(), at=at)
    assert (complaint.outcome, complaint.closed_at) == ("thanked", at)


def test_the_promised_time_is_the_next_clock(complaint: Case, bob: Membership, at: datetime) -> None:
    back = at + timedelta(hours=3)
    says(complaint, "Vi återkommer", Purpose.HOLDING, promised_at=back, by=bob.actor(), at=at)
    assert (complaint.next_due_at, complaint.promised_at) == (back, back)


def test_a_promise_without_a_time_is_due_within_the_hour(
    complaint: Case, bob: Membership, at: datetime
) -> None:
    says(complaint, "Vi återkommer", Purpose.HOLDING, by=bob.actor(), at=at)
    assert complaint.next_due_at == at + 60 * MINUTE


def test_after_the_promise_the_answer_is_their_turn(complaint: Case, bob: Membership, at: datetime) -> None:
    says(complaint, "Vi återkommer", Purpose.HOLDING, by=bob.actor(), at=at)
    says(complaint, "Så här är det", Purpose.ANSWER, by=bob.actor(), at=at + 20 * MINUTE)
    assert (complaint.step, complaint.next_due_at) == ("watch", None)
    assert complaint.answered_at == at, "the first word counts"


Undoing = Callable[[Reply, Membership, datetime], object]


def undone(reply: Reply, who: Membership, at: datetime) -> None:
    respond.undo(reply, by=who.actor(), at=at)


def refused(reply: Reply, who: Membership, at: datetime) -> None:
    respond.sending(reply)
    respond.was_refused(reply, "No.", at=at)


@pytest.mark.parametrize("purpose", [Purpose.ANSWER, Purpose.QUESTION])
@pytest.mark.parametrize("undo", [undone, refused])
def test_what_comes_back_puts_the_case_where_it_stood(
    complaint: Case, bob: Membership, at: datetime, undo: Undoing, purpose: Purpose
) -> None:
    if purpose is Purpose.QUESTION:
        settle(complaint, "Hjälpt", by=bob.actor(), at=at)
    before = (complaint.step, complaint.next_due_at)
    reply = respond.start(complaint, purpose, by=bob.actor(), at=at)
    reply = respond.save_draft(reply, "Hej", version=0, by=bob.actor(), at=at)
    reply = respond.ask_review(reply, of=None, by=bob.actor(), at=at)
    reply = respond.approve(reply, version=1, by=bob.actor(), at=at)
    assert Case.objects.get().step == "sending"
    undo(reply, bob, at)
    complaint.refresh_from_db()
    assert (complaint.step, complaint.next_due_at) == before


def test_dropping_a_draft_in_review_puts_the_case_back(draft: Reply, bob: Membership, at: datetime) -> None:
    respond.ask_review(draft, of=None, by=bob.actor(), at=at)
    respond.drop(draft, by=bob.actor(), at=at)
    assert Case.objects.get().step == "answer"


def test_a_reply_in_a_closed_case_takes_it_up_again(complaint: Case, bob: Membership, at: datetime) -> None:
    from gensvar.process.case.actions import close

    close(complaint, Outcome.UNHAPPY, by=bob.actor(), at=at)
    reply = respond.start(complaint, Purpose.ANSWER, by=bob.actor(), at=at)
    reply = respond.save_draft(reply, "Hej", version=0, by=bob.actor(), at=at)
    respond.ask_review(reply, of=None, by=bob.actor(), at=at)
    case = respond.send_back(reply, "Varmare", by=bob.actor(), at=at).case
    assert (case.step, case.tray, case.is_closed) == ("answer", "now", False)


def test_a_page_that_was_read_long_ago_does_not_pull_the_case_back(
    draft: Reply, alice: Membership, bob: Membership, at: datetime
) -> None:
    from gensvar.process.assess.actions import judge
    from gensvar.process.case.steps import Kind

    read_before = Case.objects.get()
    respond.approve(draft, version=1, by=alice.actor(), at=at)
    judge(read_before, Kind.QUESTION, by=bob.actor(), at=at)
    case = Case.objects.get()
    assert (case.kind, case.step) == ("question", "sending")


def test_a_settled_case_returns_to_the_thread(complaint: Case, bob: Membership, at: datetime) -> None:
    settle(complaint, "Hjälpt", by=bob.actor(), at=at)
    assert Case.objects.get().step == "return"


def test_a_gap_is_for_people_and_moves_no_case(complaint: Case, channel: Channel, at: datetime) -> None:
    hearing.hear(channel, Gap(at - timedelta(hours=1), at, "Away too long."), at=at)
    complaint.refresh_from_db()
    assert complaint.step == "answer"


def test_fact_and_consequence_stand_or_fall_together(
    case: Case, bob: Membership, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gensvar.process.assess.actions import judge
    from gensvar.process.case.steps import Kind

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setitem(flow.TABLE, H.CASE_JUDGED, (fail,))
    with pytest.raises(RuntimeError):
        judge(case, Kind.COMPLAINT, by=bob.actor(), at=at)
    case.refresh_from_db()
    assert case.kind == ""
    assert not case.facts.filter(name="case.judged").exists()
    assert case.judgements.count() == 0
