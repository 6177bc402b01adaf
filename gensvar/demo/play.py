"""Plays a past: posts are heard as they were written, and people act through the same actions as on any day."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from gensvar.connectors.contract import Batch, Sent
from gensvar.demo import connector, earlier
from gensvar.demo.internet import Internet, read_record
from gensvar.demo.past import HEARD_AFTER, Deed
from gensvar.demo.tables import Happening
from gensvar.people.models import Membership
from gensvar.process.assess.actions import judge
from gensvar.process.case import actions as cases
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind, Outcome
from gensvar.process.document.actions import picture_missing
from gensvar.process.document.models import Capture
from gensvar.process.listen.actions import keep_thread
from gensvar.process.listen.ears import prick_up
from gensvar.process.listen.models import Channel, Source, ThreadLoad
from gensvar.process.listen.take_in import take_in
from gensvar.process.rejoin.actions import conclude
from gensvar.process.respond import actions as respond
from gensvar.process.respond import queries as replies
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import Purpose
from gensvar.process.solve.actions import note, settle

ANSWERS_AFTER = 6
"""Minutes until an author answers us, where nothing else is written."""
SENT_AFTER = timedelta(seconds=6)
"""How long after its approval a reply stood in the thread: the time to undo it, and the call."""
NO_PAGE = (
    "The pretend internet keeps no pages of earlier days, so there is no picture. The record itself is kept."
)


class Past:
    """A desk in whose past something happens; `at` is how far the past has come."""

    def __init__(self, internet: Internet, channel: Channel, people: dict[str, Membership]) -> None:
        self.internet, self.channel, self.people = internet, channel, people
        self.ears = prick_up()
        name = next(name for name, stream in self.ears.streams.items() if channel in stream.channels)
        self.source = Source.objects.create(name=name, connector=channel.connector)
        self.number = 0
        self.at = self.internet.began_at - timedelta(days=365)

    def play(self, deeds: Iterable[Deed]) -> None:
        """Everything in the order in which it happened."""
        for deed in sorted(deeds, key=lambda each: each.at):
            self.hear(deed.at)
            VERBS[deed.verb](self, deed)

    def hear(self, until: datetime) -> None:
        """Take in what was written until then, each post as it would have been heard."""
        for happened in self.internet.since(self.number, until - HEARD_AFTER, most=10_000):
            self.number = happened.number
            self._take_in(happened)

    def _take_in(self, happened: Happening) -> None:
        at = max(happened.at + HEARD_AFTER, self.at)
        batch = Batch((connector.event(happened),), connector.cursor(self.internet, self.number))
        taken = take_in(self.source, [self.channel], batch, self.ears.match, at=at)
        record = read_record(happened.record)
        if earlier.turn(record["root"] or record["id"]) is not None:
            self._let_be(happened.post, at + timedelta(seconds=1))
        elif taken.found:
            self._load_threads(at + timedelta(seconds=1))

    def _load_threads(self, at: datetime) -> None:
        for load in ThreadLoad.objects.filter(due_at__isnull=False).select_related("mention__case"):
            shown, _ = self.internet.thread(load.mention.native_id, at)
            keep_thread(load, [connector.post(each) for each in shown], at=at)

    def _let_be(self, post: str, at: datetime) -> None:
        """Nothing else stands around a post of an earlier day, and no picture of it was taken."""
        ThreadLoad.objects.filter(mention__native_id=post).update(due_at=None, loaded_at=at)
        for capture in Capture.objects.filter(revision__mention__native_id=post).select_related("case"):
            picture_missing(capture, why=NO_PAGE, again_at=None, at=at)

    def case(self, deed: Deed) -> Case:
        """The case that the post of the deed opened, as it stands now."""
        rows = Case.objects.select_related("workspace")
        return rows.get(
            workspace=self.channel.workspace_id, mentions__native_id=deed.post, mentions__part="found"
        )

    def draft(self, deed: Deed, purpose: Purpose) -> Reply:
        """The words of the deed as a draft, written shortly before it."""
        by = self.people[deed.by].actor()
        reply = respond.start(self.case(deed), purpose, by=by, at=deed.at - timedelta(seconds=100))
        at = deed.at - timedelta(seconds=40)
        return respond.save_draft(reply, deed.words, version=reply.version, purpose=purpose, by=by, at=at)

    def approve(self, deed: Deed, reply: Reply) -> Reply:
        """Asked for second eyes when the deed names some, and approved."""
        by = self.people[deed.by]
        if "eyes" in deed.more:
            eyes = self.people[deed.more["eyes"]]
            at = deed.at - timedelta(seconds=30)
            reply = respond.ask_review(reply, of=eyes.user, by=by.actor(), at=at)
            by = eyes
        promised_at = deed.more.get("promised_at")
        reply = respond.approve(
            reply, version=reply.version, promised_at=promised_at, by=by.actor(), at=deed.at
        )
        respond.sending(reply)
        self.at = deed.at + SENT_AFTER
        return reply


def _say(purpose: Purpose) -> Callable[[Past, Deed], None]:
    def say(past: Past, deed: Deed) -> None:
        reply = past.approve(deed, past.draft(deed, purpose))
        at = deed.at + SENT_AFTER
        assert reply.frozen_at is not None  # it was approved
        shown = past.internet.reply(
            key=reply.key,
            parent=reply.mention.native_id,
            text=reply.frozen_text,
            language=reply.language,
            created_at=reply.frozen_at,
            at=at,
        )
        minutes = deed.more.get("answer_in", ANSWERS_AFTER)
        past.internet.let_answer(shown.post, at + timedelta(minutes=minutes) if minutes else None)
        url = read_record(shown.record)["url"]
        respond.was_sent(reply, Sent(shown.post, f"{shown.wording}", url), at=at)

    return say


def _said(past: Past, deed: Deed) -> None:
    turn = earlier.turn(deed.post)
    assert turn is not None  # only what was said on earlier days is said again here
    past.internet.remember(earlier.post(turn), deed.at)


def _judge(past: Past, deed: Deed) -> None:
    judge(past.case(deed), Kind(deed.words), by=past.people[deed.by].actor(), at=deed.at)


def _take(past: Past, deed: Deed) -> None:
    by = past.people[deed.by]
    cases.take(past.case(deed), by.user, by=by.actor(), at=deed.at)


def _understand(past: Past, deed: Deed) -> None:
    by = past.people[deed.by].actor()
    cases.understand(past.case(deed), problem=deed.words, remedy=deed.more["remedy"], by=by, at=deed.at)


def _draft(past: Past, deed: Deed) -> None:
    past.draft(deed, Purpose.ANSWER)


def _ask(past: Past, deed: Deed) -> None:
    of, by = past.people[deed.more["of"]].user, past.people[deed.by].actor()
    respond.ask_review(past.draft(deed, Purpose.ANSWER), of=of, by=by, at=deed.at)


def _back(past: Past, deed: Deed) -> None:
    reply = replies.under_way(past.case(deed))
    assert reply is not None  # somebody asked before
    respond.send_back(reply, deed.words, by=past.people[deed.by].actor(), at=deed.at)


def _unsure(past: Past, deed: Deed) -> None:
    reply = past.approve(deed, past.draft(deed, Purpose.ANSWER))
    respond.is_unsure(reply, deed.more["why"], at=deed.at + timedelta(seconds=16))


def _note(way: str) -> Callable[[Past, Deed], None]:
    def write(past: Past, deed: Deed) -> None:
        note(past.case(deed), deed.words, way=way, by=past.people[deed.by].actor(), at=deed.at)

    return write


def _settle(past: Past, deed: Deed) -> None:
    cost = Decimal(deed.more["cost"]) if "cost" in deed.more else None
    by = past.people[deed.by].actor()
    settle(past.case(deed), deed.words, form=deed.more["form"], cost=cost, by=by, at=deed.at)


def _conclude(past: Past, deed: Deed) -> None:
    conclude(past.case(deed), Outcome(deed.words), by=past.people[deed.by].actor(), at=deed.at)


def _close(past: Past, deed: Deed) -> None:
    cases.close(past.case(deed), Outcome(deed.words), by=past.people[deed.by].actor(), at=deed.at)


VERBS: dict[str, Callable[[Past, Deed], None]] = {
    "said": _said,
    "judge": _judge,
    "take": _take,
    "understand": _understand,
    "draft": _draft,
    "ask": _ask,
    "back": _back,
    "answer": _say(Purpose.ANSWER),
    "hold": _say(Purpose.HOLDING),
    "invite": _say(Purpose.INVITATION),
    "thank": _say(Purpose.THANKS),
    "return": _say(Purpose.QUESTION),
    "unsure": _unsure,
    "remark": _note("remark"),
    "phone": _note("phone"),
    "mail": _note("mail"),
    "settle": _settle,
    "conclude": _conclude,
    "close": _close,
}
"""What a deed can be."""
