"""The next step of a case as one sentence with one button."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from gensvar.desk.clocks import ago, clock, exact
from gensvar.desk.rows import network
from gensvar.kernel.text import one_line
from gensvar.people.models import User
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Step
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import Purpose, State


@dataclass(frozen=True, slots=True)
class Next:
    """What to do now: a sentence, and the button that does it (`purpose`: it starts a reply for that)."""

    words: str
    action: str = ""
    url: str = ""
    purpose: str = ""
    key: str = ""


def next_step(case: Case, reply: Reply | None, slug: str, viewer: User, at: datetime) -> Next:
    """The sentence for `case` with the reply that is under way in it, for the person who looks."""
    who = one_line(case.author, 40)
    if reply and reply.state != State.DRAFT.value:
        return _reply_under_way(case, reply, who, viewer, at)
    if reply and case.step != Step.JUDGE.value:
        return _draft_begun(case, reply, who, at)
    return _by_step(case, who, slug, at)


def _draft_begun(case: Case, reply: Reply, who: str, at: datetime) -> Next:
    if reply.comment:
        return Next(
            _("Your draft came back: %(comment)s") % {"comment": one_line(reply.comment, 120)},
            _("Write"),
            "#reply",
        )
    return Next(_with_time(case, _("Finish your reply to %(who)s") % {"who": who}, at), _("Write"), "#reply")


def _reply_under_way(case: Case, reply: Reply, who: str, viewer: User, at: datetime) -> Next:
    words = {
        State.REVIEW: _review_words(reply, viewer),
        State.APPROVED: _("Approved. It leaves in a moment."),
        State.SENDING: _("Sending to %(channel)s") % {"channel": network(case)},
        State.BY_HAND: _("Post it by hand, then give the link"),
        State.LATER: _("%(why)s Your reply is kept and will be tried again at %(time)s.")
        % {"why": reply.why, "time": exact(reply.due_at) if reply.due_at else "–"},
        State.REFUSED: _("%(why)s Nothing was posted; your text is kept.") % {"why": reply.why},
        State.UNSURE: _("Nobody knows whether the reply to %(who)s was posted. Look in the thread.")
        % {"who": who},
    }[State(reply.state)]
    read = {
        State.REVIEW: _("Read"),
        State.BY_HAND: _("See the text"),
        State.UNSURE: _("Look"),
        State.REFUSED: _("Mend"),
    }
    action = read.get(State(reply.state), "")
    return Next(words, action, "#composer" if action else "")


def _review_words(reply: Reply, viewer: User) -> str:
    asked_by = reply.asked_by.name if reply.asked_by else _("A colleague")
    if reply.asked_by_id == viewer.pk:
        of = reply.asked_of.name if reply.asked_of else _("whoever may approve")
        return _("Second eyes: you asked %(of)s") % {"of": of}
    return _("Second eyes: %(who)s asks you") % {"who": asked_by}


def _by_step(case: Case, who: str, slug: str, at: datetime) -> Next:
    words = {"who": who}
    step = Step(case.step)
    if step is Step.JUDGE:
        return Next(_with_time(case, _("Say what this is"), at), _("Judge"), "#d-judgement")
    if step is Step.ANSWER:
        return Next(
            _with_time(case, _("Answer %(who)s") % words, at),
            _("Write"),
            _start(case, slug),
            Purpose.ANSWER,
            "r",
        )
    if step is Step.THANK:
        return Next(_("Thank %(who)s") % words, _("Write"), _start(case, slug), Purpose.THANKS, "r")
    if step is Step.GROUND:
        return Next(_("Evidence is kept. Do not feed it: close it, or answer once."), _("Close"), "#d-end")
    if step is Step.PROMISE:
        due = case.next_due_at or at
        return Next(
            _("You promised %(who)s to be back by %(time)s") % {**words, "time": exact(due)},
            _("Write"),
            _start(case, slug),
            Purpose.ANSWER,
            "r",
        )
    if step is Step.TALK:
        return Next(
            _("In private with %(who)s. Write down how it was solved.") % words, _("Settle"), "#d-settlement"
        )
    if step is Step.RETURN:
        settled = ago(case.settled_at, at) if case.settled_at else _("just now")
        return Next(
            _("Settled %(ago)s. Ask %(who)s in the thread whether they are happy.")
            % {**words, "ago": settled},
            _("Prepare"),
            _start(case, slug),
            Purpose.QUESTION,
            "r",
        )
    if step is Step.CONCLUDE:
        return Next(_("%(who)s answered. Write down how it ended.") % words, _("Conclude"), "#d-end")
    return Next(_waiting(case, step, who))


def _waiting(case: Case, step: Step, who: str) -> str:
    if step is Step.CLOSED:
        how = str(Case.Outcome(case.outcome).label) if case.outcome else _("closed")
        return _("Closed: %(how)s. It opens again when %(who)s writes.") % {"how": how.lower(), "who": who}
    if step is Step.FOLLOW:
        return _("Asked. Now it is %(who)s’s turn; an answer shows here by itself.") % {"who": who}
    return _("Answered. Now it is %(who)s’s turn; an answer shows here by itself.") % {"who": who}


def _start(case: Case, slug: str) -> str:
    return reverse("start-reply", args=[slug, case.pk])


def _with_time(case: Case, words: str, at: datetime) -> str:
    if case.next_due_at is None:
        return words
    time = clock(case.clock_started_at, case.next_due_at, at)
    pattern = _("%(words)s – %(time)s late") if time.tone == "late" else _("%(words)s within %(time)s")
    return pattern % {"words": words, "time": time.number}
