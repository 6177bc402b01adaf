"""From the first word of a draft to the reply that stands in the thread."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from gensvar.connectors import registry
from gensvar.connectors.contract import HandOff, Sent
from gensvar.engine import leases
from gensvar.kernel.text import storable
from gensvar.people.actor import Actor, machine
from gensvar.people.models import User
from gensvar.people.rules import Right
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record
from gensvar.process.case.models import Case
from gensvar.process.listen.models import Mention
from gensvar.process.respond import rules
from gensvar.process.respond.crash_points import BEFORE_COMMIT
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import EDITABLE, OPEN, Purpose, State, WrongMove, check


class NewerDraft(ValueError):
    """Somebody else saved the draft in between; `reply` is how it stands now."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(_("A colleague changed this draft. Both texts are kept; choose one."))
        self.reply = reply


class NoAnswering(ValueError):
    """The channel of this case offers no way to answer; the message is a sentence for people."""


@transaction.atomic
def start(case: Case, purpose: Purpose, *, by: Actor, at: datetime) -> Reply:
    """The reply under way in this case, or a new empty draft to the newest post of its author."""
    by.need(Right.WRITE, case.workspace_id)
    open_one = Reply.objects.select_for_update().filter(case=case, state__in=OPEN).first()
    if open_one:
        return open_one
    to = _newest(case)
    if registry.get(to.channel.connector).reply is None:
        raise NoAnswering(_("This channel cannot be answered from here. Open the post, and answer there."))
    reply = Reply.objects.create(
        case=case,
        channel=to.channel,
        mention=to,
        purpose=purpose.value,
        language=case.language,
        started_at=at,
        changed_at=at,
        written_by_id=by.user_id,
    )
    record(
        Happened.REPLY_STARTED, by=by, at=at, case=case, data={"reply": reply.pk, "purpose": purpose.value}
    )
    return reply


def _newest(case: Case) -> Mention:
    said = case.mentions.select_related("channel").filter(author_id=case.author_id, deleted_at=None)
    row = said.order_by("-posted_at", "-pk").first() or case.mentions.order_by("pk").first()
    if row is None:
        raise NoAnswering(_("There is no post in this case to answer."))
    return row


@transaction.atomic
def save_draft(
    reply: Reply,
    text: str,
    *,
    version: int,
    purpose: Purpose | None = None,
    language: str | None = None,
    by: Actor,
    at: datetime,
) -> Reply:
    """Keep what has been typed, and in which language; raises NewerDraft when `version` is not the newest."""
    by.need(Right.WRITE, reply.case.workspace_id)
    now = Reply.objects.select_for_update().select_related("case").get(pk=reply.pk)
    if now.state not in EDITABLE:
        raise WrongMove(_("This reply is on its way and can no longer be changed. Undo it first."))
    if now.version != version:
        raise NewerDraft(now)
    now.text, now.version, now.changed_at = storable(text), version + 1, at
    if purpose:
        now.purpose = purpose.value
    if language is not None:
        now.language = language
    now.written_by_id = by.user_id
    now.save()
    return now


@transaction.atomic
def ask_review(reply: Reply, *, of: User | None, by: Actor, at: datetime) -> Reply:
    """Ask for second eyes: of one colleague, or of whoever may approve."""
    reply = _held(reply, State.REVIEW, by)
    _fits(reply, reply.text)
    reply.state, reply.asked_by_id, reply.asked_of, reply.asked_at = State.REVIEW.value, by.user_id, of, at
    reply.save()
    data = {"reply": reply.pk, "of": of.name if of else ""}
    record(Happened.REPLY_REVIEW_ASKED, by=by, at=at, case=reply.case, data=data)
    return reply


@transaction.atomic
def send_back(reply: Reply, comment: str, *, by: Actor, at: datetime) -> Reply:
    """Give the draft back to its writer with what should be better."""
    reply = _held(reply, State.DRAFT, by)
    reply.state, reply.comment = State.DRAFT.value, storable(comment, 2000)
    reply.save()
    record(
        Happened.REPLY_SENT_BACK,
        by=by,
        at=at,
        case=reply.case,
        data={"reply": reply.pk, "comment": reply.comment},
    )
    return reply


@transaction.atomic
def approve(
    reply: Reply, *, version: int, promised_at: datetime | None = None, by: Actor, at: datetime
) -> Reply:
    """Freeze text, instant and key; from here on every attempt says exactly this.

    Raises NewerDraft when the text is not the one that was read, Unready when it cannot leave.
    """
    by.need(Right.APPROVE, reply.case.workspace_id)
    reply = _locked(reply)
    can = registry.get(reply.channel.connector).reply
    if can is None:
        raise NoAnswering(_("This channel cannot be answered from here. Open the post, and answer there."))
    then = State.BY_HAND if isinstance(can, HandOff) else State.APPROVED
    check(reply.state, then)
    if reply.version != version:
        raise NewerDraft(reply)
    _fits(reply, reply.text)
    reply.state, reply.approved_by_id, reply.promised_at = then.value, by.user_id, promised_at
    reply.frozen_text, reply.frozen_at, reply.changed_at = reply.text.strip(), at, at
    reply.key = "by-hand" if isinstance(can, HandOff) else can.key(at)
    reply.due_at = None if isinstance(can, HandOff) else rules.leave_at(at, settings.UNDO_SECONDS)
    reply.attempts, reply.lease_until, reply.rung_at, reply.why = 0, None, None, ""
    reply.save()
    record(
        Happened.REPLY_APPROVED, by=by, at=at, case=reply.case, data={"reply": reply.pk, "state": then.value}
    )
    return reply


@transaction.atomic
def undo(reply: Reply, *, by: Actor, at: datetime) -> Reply:
    """Take a reply back into a draft: approved and not yet left, refused, or seen by a person not to stand."""
    reply = _held(reply, State.DRAFT, by)
    reply.state, reply.due_at, reply.lease_until = State.DRAFT.value, None, None
    reply.frozen_text, reply.frozen_at, reply.key, reply.approved_by = "", None, "", None
    reply.save()
    record(Happened.REPLY_UNDONE, by=by, at=at, case=reply.case, data={"reply": reply.pk})
    return reply


@transaction.atomic
def drop(reply: Reply, *, by: Actor, at: datetime) -> Reply:
    """Give the draft up. Its text stays in the row."""
    reply = _held(reply, State.DROPPED, by)
    reply.state, reply.due_at = State.DROPPED.value, None
    reply.save()
    record(Happened.REPLY_DROPPED, by=by, at=at, case=reply.case, data={"reply": reply.pk})
    return reply


@transaction.atomic
def posted_by_hand(reply: Reply, url: str, *, by: Actor, at: datetime) -> Reply:
    """A person has posted the text and gives the link; also how a person settles an unsure reply."""
    reply = _held(reply, State.SENT, by)
    if not url.startswith(("https://", "http://")):
        raise rules.Unready(_("Paste the link of the posted answer; it begins with https://."))
    return _sent(reply, Sent(native_id=url[:500], revision="", url=url[:2000]), by=by, at=at)


def sending(reply: Reply) -> bool:
    """Say that the call is about to leave; False = it may not (undone, or another worker has it)."""
    if reply.state != State.SENDING.value:
        check(reply.state, State.SENDING)
    return leases.note(reply, state=State.SENDING.value)


@transaction.atomic
def was_sent(reply: Reply, sent: Sent, *, at: datetime) -> Reply:
    """The network says that the reply stands. That is true whoever hears it, so no lease is asked for.

    A worker that outlived its lease brings it late: another may be sending the same key (the same post), may
    have been refused, or a person may have taken the reply back as lost. What left is what is said to be sent.
    """
    now = _locked(reply)
    if now.state == State.SENT.value:
        if now.key != reply.key:
            _stands_too(now, sent, at)
        return now
    if now.key != reply.key:
        _as_it_left(now, reply)
    done = _sent(now, sent, by=machine(now.case.workspace_id), at=at)
    BEFORE_COMMIT.pass_by()
    return done


def _as_it_left(now: Reply, left: Reply) -> None:
    """It was taken back while its call was out: freeze again what the call said; newer words stay in `text`."""
    now.frozen_text, now.frozen_at, now.key = left.frozen_text, left.frozen_at, left.key
    now.approved_by_id, now.promised_at, now.purpose = left.approved_by_id, left.promised_at, left.purpose


def _stands_too(reply: Reply, sent: Sent, at: datetime) -> None:
    data = {"reply": reply.pk, "url": sent.url}
    record(
        Happened.REPLY_STANDS_TWICE, by=machine(reply.case.workspace_id), at=at, case=reply.case, data=data
    )


def _sent(reply: Reply, sent: Sent, *, by: Actor, at: datetime) -> Reply:
    reply.state, reply.sent_at, reply.due_at, reply.lease_until = State.SENT.value, at, None, None
    reply.native_id, reply.revision, reply.url, reply.why = sent.native_id, sent.revision, sent.url, ""
    reply.save()
    data = {"reply": reply.pk, "purpose": reply.purpose, "url": reply.url}
    record(Happened.REPLY_SENT, by=by, at=at, case=reply.case, data=data)
    return reply


@transaction.atomic
def was_delayed(reply: Reply, why: str, after: timedelta | None, *, at: datetime) -> None:
    """Nothing was sent; it is tried again."""
    again_at = rules.again_at(reply.attempts, after, at)
    data = {"again_at": again_at.isoformat()}
    _not_sent(reply, State.LATER, Happened.REPLY_DELAYED, why, at, due_at=again_at, data=data)


@transaction.atomic
def was_refused(reply: Reply, why: str, *, at: datetime) -> None:
    """The network said no: the text goes back to people, nothing of it is lost."""
    _not_sent(reply, State.REFUSED, Happened.REPLY_REFUSED, why, at)


@transaction.atomic
def is_unsure(reply: Reply, why: str, *, at: datetime) -> None:
    """Nobody knows whether it stands: a person looks, and no machine sends it again."""
    _not_sent(reply, State.UNSURE, Happened.REPLY_UNSURE, why, at)


def _not_sent(
    reply: Reply,
    then: State,
    fact: Happened,
    why: str,
    at: datetime,
    *,
    due_at: datetime | None = None,
    data: dict[str, str] | None = None,
) -> None:
    """Only whoever holds the lease may say so: a late worker knows nothing of what the newer one did."""
    check(reply.state, then)
    if leases.finish(reply, state=then.value, why=why, due_at=due_at):
        said = {"reply": reply.pk, "why": why, **(data or {})}
        record(fact, by=machine(reply.case.workspace_id), at=at, case=reply.case, data=said)


def _held(reply: Reply, then: State, by: Actor) -> Reply:
    """The row, held until the transaction ends, once it is known that `by` may write and it may go to `then`."""
    by.need(Right.WRITE, reply.case.workspace_id)
    now = _locked(reply)
    check(now.state, then)
    return now


def _locked(reply: Reply) -> Reply:
    rows = Reply.objects.select_for_update(of=("self",)).select_related("case", "channel", "mention")
    return rows.get(pk=reply.pk)


def _fits(reply: Reply, text: str) -> None:
    can = registry.get(reply.channel.connector).reply
    if not text.strip():
        raise rules.Unready(_("The reply is empty. Write something first."))
    over = rules.too_long_by(can.length(text.strip()), can.limit) if can else 0
    if over and can:
        words = _("This network takes %(limit)d characters. Shorten it by %(over)d.")
        raise rules.Unready(words % {"limit": can.limit, "over": over})
