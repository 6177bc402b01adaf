"""The whole process on one page: when this happened, that comes next.

Early steps do not call later ones. They write a fact in the journal; this module reads it, within the
same transaction, looks it up in TABLE and does what stands there.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from gensvar.people.actor import Actor, machine
from gensvar.process.alert import note
from gensvar.process.alert import tasks as alert_tasks
from gensvar.process.assess import actions as assess
from gensvar.process.assess import heads, relevance, takers, topics, verdicts
from gensvar.process.assess.lessons import ABOUT, READ, TOPIC
from gensvar.process.case import rules
from gensvar.process.case.actions import ASIDE, end, move, move_aside, move_back, place, touch
from gensvar.process.case.facts import Happened as H
from gensvar.process.case.models import Case, Fact
from gensvar.process.case.steps import Kind, Outcome, Step
from gensvar.process.document import actions as document
from gensvar.process.document import tasks as document_tasks
from gensvar.process.listen import actions as listen
from gensvar.process.listen import tasks as listen_tasks
from gensvar.process.listen.models import Mention
from gensvar.process.reader import actions as reader
from gensvar.process.reader import tasks as reader_tasks
from gensvar.process.rejoin import actions as rejoin
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import Purpose, State

Next = Callable[[Sequence[Fact], Actor], None]


def carry_on(facts: Sequence[Fact], by: Actor) -> None:
    """Do what comes next after these facts (all of one name). The journal calls this at every fact."""
    if not facts:
        return
    for step in TABLE.get(facts[0].name, ()):
        step(facts, by)
    touch([fact.case_id for fact in facts if fact.case_id], at=facts[0].at)


def each(do: Callable[[Case, Fact, Actor], None]) -> Next:
    """A next step that looks at one case at a time, as it stands now and held until the transaction ends.

    The action may have been given a copy that was read before a colleague or the machine moved the case.
    """

    def for_all(facts: Sequence[Fact], by: Actor) -> None:
        for fact in facts:
            if fact.case is not None:
                fact.case.refresh_from_db(from_queryset=Case.objects.select_for_update())
                do(fact.case, fact, by)

    return for_all


def open_cases(facts: Sequence[Fact], by: Actor) -> None:
    """A mention was found: it becomes a case (or part of one), unless it was set aside."""
    assess.open_cases([fact.data["mention"] for fact in facts], by=by, at=facts[0].at)


def set_aside(facts: Sequence[Fact], by: Actor) -> None:
    """What is surely not about us opens no case (PROCESS F6); what a person takes up always does."""
    if by.user_id is not None:
        return
    doubtful = relevance.asked([fact.data["mention"] for fact in facts], by.workspace_id)
    if doubtful:
        verdicts.read(doubtful, by=by, at=facts[0].at)
        relevance.set_aside(doubtful, by=by, at=facts[0].at)


def learn(case: Case, fact: Fact, by: Actor) -> None:
    """A person judged: heads of the workspace's own learn from it (PROCESS J6)."""
    if by.user_id is not None:
        heads.teach(case.workspace_id, READ, at=fact.at)
        relevance.confirm(case, by=by, at=fact.at)


def guess_topic(case: Case, fact: Fact, by: Actor) -> None:
    """It is a complaint: what about, as the desk has taught, and whose it is then (PROCESS J5)."""
    if topics.guess(case, at=fact.at):
        takers.give(case, by=machine(case.workspace_id), at=fact.at)


def give_by_topic(case: Case, fact: Fact, by: Actor) -> None:
    """A person said what it is about: who takes that gets it, where nobody has it yet."""
    if fact.data["question"] == TOPIC:
        takers.give(case, by=by, at=fact.at)


def is_ours_again(case: Case, fact: Fact, by: Actor) -> None:
    """A case that was closed since it is not about us was taken up again: so it is."""
    relevance.undo(case, by=by, at=fact.at)


def learn_correction(facts: Sequence[Fact], by: Actor) -> None:
    """A person said more of a post than what it is."""
    for fact in facts:
        if fact.data["question"] == ABOUT:
            if fact.data["watch"]:
                relevance.learn(fact.data["watch"], at=fact.at)
        else:
            heads.taught(fact.workspace_id, fact.data["question"], at=fact.at)


def read_posts(facts: Sequence[Fact], by: Actor) -> None:
    """A machine says what these posts are (PROCESS J2); where it cannot, the cases wait for a person."""
    verdicts.read([fact.data["mention"] for fact in facts], by=by, at=facts[0].at)


def judge_alone(facts: Sequence[Fact], by: Actor) -> None:
    """What is surely a complaint or a question moves on without a person; abuse never does."""
    sure = {fact.case_id: fact.data["verdict"] for fact in facts if fact.data["alone"] and fact.case_id}
    if sure:
        verdicts.judge_alone(sure, by=by, at=facts[0].at)


def ask_reader(facts: Sequence[Fact], by: Actor) -> None:
    """The operator's better reader, where there is one, reads them besides. Nothing waits for it."""
    readings = reader.ask([fact.data["verdict"] for fact in facts], by=by, at=facts[0].at)
    reader_tasks.BELL.ring(*(reading.pk for reading in readings))


def keep_evidence(facts: Sequence[Fact], by: Actor) -> None:
    """Before anything else is done: evidence of every wording (PROCESS D1)."""
    captures = document.capture([fact.data["mention"] for fact in facts], by=by, at=facts[0].at)
    document_tasks.BELL.ring(*(capture.pk for capture in captures))


def load_thread(facts: Sequence[Fact], by: Actor) -> None:
    """Bring in what stands around it, and who wrote it."""
    loads = listen.ask_for_threads([fact.data["mention"] for fact in facts], at=facts[0].at)
    listen_tasks.BELL.ring(*(load.pk for load in loads))


def fill_gap(facts: Sequence[Fact], by: Actor) -> None:
    """What a source could not tell is fetched afterwards, where its network allows it (PROCESS F9)."""
    listen_tasks.GAPS.ring(*(fact.data["gap"] for fact in facts))


def refresh_cover(facts: Sequence[Fact], by: Actor) -> None:
    """The cover of the dossier shows what is known now."""
    for mention in Mention.objects.select_related("case", "watch").filter(
        pk__in=[fact.data["mention"] for fact in facts]
    ):
        assess.refresh_cover(mention)


def after_judging(case: Case, fact: Fact, by: Actor) -> None:
    """A person said what it is; a case that is further on already stays where it is."""
    step, outcome = rules.step_after_judging(Kind(fact.data["kind"]))
    if rules.is_further_on(place(case), answered=bool(case.answered_at or case.settled_at)):
        return
    due_at = (case.next_due_at or case.answer_due_at) if step is Step.ANSWER else None
    if Step(case.step) in ASIDE:
        stand_back(case, step, due_at)
    elif outcome:
        end(case, outcome, at=fact.at)
    else:
        move(case, step, at=fact.at, due_at=due_at)


def stand_back(case: Case, step: Step, due_at: datetime | None) -> None:
    """A reply is on its way: the case stays with it, and stands at `step` should the reply come back."""
    case.before_step = Step.ANSWER.value if step is Step.CLOSED else step.value
    case.before_due_at = due_at
    case.save(update_fields=["before_step", "before_due_at"])


def to_review(case: Case, fact: Fact, by: Actor) -> None:
    """Second eyes were asked for; the clock runs on."""
    move_aside(case, Step.REVIEW, at=fact.at)


def back_to_writing(case: Case, fact: Fact, by: Actor) -> None:
    """The draft is with its writer again (or gone): the case stands where it stood before."""
    move_back(case, at=fact.at)


def to_sending(case: Case, fact: Fact, by: Actor) -> None:
    """Approved: the machine has it, or a person posts it by hand."""
    if fact.data["state"] == State.APPROVED.value:
        move_aside(case, Step.SENDING, at=fact.at)
    else:
        move_back(case, at=fact.at)


def to_look(case: Case, fact: Fact, by: Actor) -> None:
    """Nobody knows whether it was sent."""
    move_aside(case, Step.LOOK, at=fact.at)


def after_sending(case: Case, fact: Fact, by: Actor) -> None:
    """What was said decides what comes next."""
    reply = Reply.objects.get(pk=fact.data["reply"])
    purpose = Purpose(reply.purpose)
    if case.answered_at is None:
        case.answered_at = fact.at
        case.save(update_fields=["answered_at"])
    if purpose is Purpose.HOLDING:
        due = reply.promised_at or fact.at + timedelta(minutes=case.workspace.answer_minutes)
        case.promised_at = due
        case.save(update_fields=["promised_at"])
        move(case, Step.PROMISE, at=fact.at, due_at=due)
    elif purpose is Purpose.INVITATION:
        move(case, Step.TALK, at=fact.at)
    elif purpose is Purpose.THANKS:
        end(case, Outcome.THANKED, at=fact.at)
    elif purpose is Purpose.QUESTION:
        rejoin.asked(reply, at=fact.at)
        move(case, Step.FOLLOW, at=fact.at)
    else:
        move(case, Step.TALK if place(case) is Step.TALK else Step.WATCH, at=fact.at)
    for mention in said_meanwhile(case, reply):
        come_back(case, mention, fact)


def said_meanwhile(case: Case, reply: Reply) -> Sequence[Mention]:
    """What the author wrote after our reply was approved and before it stood: it has no answer yet."""
    rows = case.mentions.filter(part=Mention.Part.ANSWER, heard_at__gt=reply.frozen_at)
    return list(rows.exclude(pk=reply.mention_id).order_by("pk"))


def author_is_back(case: Case, fact: Fact, by: Actor) -> None:
    """The author wrote again (PROCESS R2)."""
    come_back(case, Mention.objects.get(pk=fact.data["mention"]), fact)


def come_back(case: Case, mention: Mention, fact: Fact) -> None:
    """A new hour begins, or the return has its answer."""
    if case.step == Step.FOLLOW.value:
        rejoin.answered(case, mention, at=fact.at)
    then = rules.step_after_answer(Step(case.step), case.kind)
    if then.value != case.step:
        due = rules.answer_due(
            rules.clock_start(mention.posted_at, mention.heard_at), case.workspace.answer_minutes
        )
        if not case.answered_at:
            case.answer_due_at = due
            case.save(update_fields=["answer_due_at"])
        move(case, then, at=fact.at, due_at=None if then is Step.GROUND else due)


def to_return(case: Case, fact: Fact, by: Actor) -> None:
    """Settled: go back to the thread and ask (PROCESS R1)."""
    move(case, Step.RETURN, at=fact.at)


def tell_of_posts(facts: Sequence[Fact], by: Actor) -> None:
    """People who do not look at the desk hear of it (PROCESS F5)."""
    _ring(note.found([fact.data["mention"] for fact in facts], by=by, at=facts[0].at))


def tell_of_watched(facts: Sequence[Fact], by: Actor) -> None:
    """The same for competitors and subjects, where a view asks for them."""
    _ring(note.watched([fact.data["mention"] for fact in facts], by=by, at=facts[0].at))


def tell_of_kind(case: Case, fact: Fact, by: Actor) -> None:
    """Those who asked for complaints or abuse hear that this is one."""
    _ring(note.judged(case, fact.data["kind"], by=by, at=fact.at))


def tell_of_threats(facts: Sequence[Fact], by: Actor) -> None:
    """A machine is sure that this is a threat: nobody who asked for that waits for a person to say so."""
    each(_tell_of_threat)([fact for fact in facts if fact.data["abuse"] == "threat"], by)


def _tell_of_threat(case: Case, fact: Fact, by: Actor) -> None:
    _ring(note.judged(case, "threat", by=by, at=fact.at))


def tell_owner(case: Case, fact: Fact, by: Actor) -> None:
    """A person hears that a case was given to them."""
    if fact.data["owner"]:
        _ring(note.given(case, fact.data["owner"], fact.pk, by=by, at=fact.at))


def mind_clocks(facts: Sequence[Fact], by: Actor) -> None:
    """Clocks were set: somebody may want to know before they end."""
    cases = Case.objects.filter(pk__in=[fact.case_id for fact in facts if fact.case_id])
    _ring(note.clock(cases, by=by, at=facts[0].at))


def _ring(due: Sequence[int]) -> None:
    alert_tasks.BELL.ring(*due)


TABLE: Mapping[str, tuple[Next, ...]] = {
    # A competitor, a subject (PROCESS F6): no case, no hour. When a person takes the post up, it is found.
    H.MENTION_WATCHED: (read_posts, tell_of_watched),
    H.MENTION_FOUND: (set_aside, open_cases, read_posts, tell_of_posts),
    H.CASE_OPENED: (keep_evidence, load_thread, mind_clocks),
    H.MENTION_EDITED: (keep_evidence, refresh_cover, read_posts),
    H.AUTHOR_KNOWN: (refresh_cover,),
    H.AUTHOR_ANSWERED: (keep_evidence, each(author_is_back), read_posts, tell_of_posts, mind_clocks),
    H.VERDICT_GIVEN: (judge_alone, tell_of_threats, ask_reader),
    H.CASE_JUDGED: (each(after_judging), each(guess_topic), each(tell_of_kind), each(learn), mind_clocks),
    H.CORRECTED: (learn_correction, each(give_by_topic)),
    H.CASE_TAKEN: (each(tell_owner), mind_clocks),
    H.CASE_REOPENED: (each(is_ours_again), mind_clocks),
    H.REPLY_REVIEW_ASKED: (each(to_review),),
    H.REPLY_SENT_BACK: (each(back_to_writing),),
    H.REPLY_APPROVED: (each(to_sending),),
    H.REPLY_UNDONE: (each(back_to_writing),),
    H.REPLY_DROPPED: (each(back_to_writing),),
    H.REPLY_REFUSED: (each(back_to_writing),),
    H.REPLY_UNSURE: (each(to_look),),
    H.REPLY_SENT: (each(after_sending), mind_clocks),
    H.CASE_SETTLED: (each(to_return),),
    H.GAP_NOTICED: (fill_gap,),
}
