"""One complaint, walked through the whole process on the pretend internet: from an untagged post to its end."""

import asyncio
import json
import sqlite3
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from gensvar.connectors.contract import Account, Batch
from gensvar.demo import connector as demo
from gensvar.demo.internet import Internet
from gensvar.kernel.clock import now
from gensvar.people.models import Membership, Workspace
from gensvar.process.assess.actions import judge
from gensvar.process.case import queries as cases
from gensvar.process.case.actions import take, understand
from gensvar.process.case.models import Case
from gensvar.process.case.steps import Kind, Outcome, Tray
from gensvar.process.document import browser
from gensvar.process.document.models import Capture
from gensvar.process.document.queries import evidence, unchanged
from gensvar.process.document.tasks import take_picture
from gensvar.process.learn.queries import figures
from gensvar.process.listen.actions import add_watch
from gensvar.process.listen.ears import prick_up
from gensvar.process.listen.models import Mention, Source
from gensvar.process.listen.queries import thread
from gensvar.process.listen.take_in import take_in
from gensvar.process.listen.tasks import load_thread
from gensvar.process.rejoin.actions import conclude
from gensvar.process.respond import actions as respond
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import Purpose
from gensvar.process.respond.tasks import send_reply
from gensvar.process.solve.actions import note, settle
from gensvar.process.solve.models import Note, Settlement
from tests import hearing

PACE = 0.05
PATIENCE = 120.0
"""Seconds that a test waits for somebody on the pretend internet."""

MARIA = "sv-maria"
ANSWER = "Hej Maria, så ska det inte vara. Vi öppnar luckan i dag och ringer dig före 15. Bob, Nordpost"
INVITATION = "Skriv gärna ditt nummer till oss i ett meddelande, Maria, så löser vi det. Bob"
QUESTION = "Hej igen Maria! Fick din mamma sin medicin, och är du nöjd nu? Bob, Nordpost"


class Silence(Exception):
    """Nothing more is said at this moment."""


class Listening:
    """The listener, one look at a time."""

    def look(self) -> None:
        """Take in all that was said until now."""
        ears = prick_up()
        (stream,) = ears.streams.values()
        source, _ = Source.objects.get_or_create(name=stream.name, connector="demo")
        for batch in asyncio.run(_said(stream.account, source.cursor or None)):
            take_in(source, stream.channels, batch, ears.match, at=now())

    def until(self, step: str, case: Case, mentions: int) -> None:
        """Look until the case stands at `step` and holds so many posts of its author."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.look()
            case.refresh_from_db()
            if case.step == step and said_by_author(case) >= mentions:
                return
            time.sleep(0.05)
        pytest.fail(f"The case stands at {case.step} with {said_by_author(case)} posts of its author.")


async def _said(account: Account, cursor: str | None) -> list[Batch]:
    async def silence(_: float) -> None:
        raise Silence

    found: list[Batch] = []
    try:
        async for batch in demo.follow(account, cursor, sleep=silence):
            found.append(batch)
    except Silence:
        pass
    return found


def said_by_author(case: Case) -> int:
    return case.mentions.filter(author_id=case.author_id).count()


@pytest.fixture
def place(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A young pretend internet; replies leave at once."""
    settings.UNDO_SECONDS = 0
    with hearing.offered("gensvar.demo.connector"):
        path = tmp_path / "internet.sqlite3"
        Internet(path, now() - timedelta(seconds=30), pace=PACE).close()
        yield path


@pytest.fixture
def desk(nordpost: Workspace, dora: Membership, place: Path) -> Listening:
    """Dora has connected the account and said what to listen for."""
    hearing.channel(
        nordpost, now(), "demo", native_id="nordpost", settings={"place": str(place), "pace": str(PACE)}
    )
    add_watch(nordpost, name="Nordpost", query="Nordpost", by=dora.actor(), at=now())
    return Listening()


def say(case: Case, words: str, purpose: Purpose, bob: Membership, alice: Membership) -> Reply:
    """Bob writes, Alice reads and approves, the worker sends."""
    reply = respond.start(case, purpose, by=bob.actor(), at=now())
    reply = respond.save_draft(reply, words, version=0, purpose=purpose, by=bob.actor(), at=now())
    respond.ask_review(reply, of=alice.user, by=bob.actor(), at=now())
    case.refresh_from_db()
    assert (case.step, case.tray) == ("review", "second-eyes")
    respond.approve(reply, version=1, by=alice.actor(), at=now())
    for _ in range(2):  # the bell is rung twice, as it may be
        send_reply.call(reply.pk)
    reply.refresh_from_db()
    case.refresh_from_db()
    assert reply.state == "sent", reply.why
    return reply


def ours(place: Path) -> list[str]:
    with sqlite3.connect(place) as file:
        rows = file.execute(
            "SELECT w.record FROM post p JOIN wording w ON w.post = p.id WHERE p.key IS NOT NULL ORDER BY p.rowid"
        )
        return [json.loads(row[0])["text"] for row in rows]


def test_from_an_untagged_post_to_its_end(
    desk: Listening, nordpost: Workspace, bob: Membership, alice: Membership, place: Path
) -> None:
    # Found: somebody wrote about the company without tagging it.
    desk.look()
    found = Mention.objects.get(native_id=MARIA)
    case = found.case
    assert case is not None
    assert not found.tagged
    assert [found.text[start:end] for start, end in found.spans] == ["Nordpost"]
    assert (case.step, case.author_name) == ("judge", "Maria Ekdahl")
    assert case in cases.in_tray(nordpost.pk, Tray.NOW)

    # The thread around it is there, with what others said.
    load_thread.call(found.thread_load.pk)
    assert len(thread(case)) > 1
    assert {post.part for post in thread(case)} == {"found", "context"}

    # Judged with one key, and taken.
    judge(case, Kind.COMPLAINT, by=bob.actor(), at=now())
    take(case, bob.user, by=bob.actor(), at=now())
    understand(
        case, problem="Luckan är död, medicinen ligger i", remedy="Öppna i dag", by=bob.actor(), at=now()
    )
    assert case.next_due_at is not None
    assert case.next_due_at - case.clock_started_at == timedelta(minutes=60)

    # The evidence is there already.
    capture = Capture.objects.get(revision__mention=found)
    take_picture.call(capture.pk)
    capture.refresh_from_db()
    assert capture.state == ("kept" if browser.find() else "no_picture")
    assert unchanged(capture)
    assert evidence(case)[0].capture == capture

    # Draft, second eyes, approved, sent once, in the very thread.
    answer = say(case, ANSWER, Purpose.ANSWER, bob, alice)
    assert ours(place) == [ANSWER]
    assert answer.url.startswith("https://")
    assert case.step == "watch"
    assert case.answered_at == answer.sent_at

    # The author answers, in the same case.
    desk.until("answer", case, 2)

    # The invitation to private is a reply too.
    say(case, INVITATION, Purpose.INVITATION, bob, alice)
    assert (case.step, case.tray) == ("talk", "private")
    desk.until("talk", case, 3)

    # Notes of the talk, and the solution.
    note(case, "Ringde Maria, skåpet vid Livsboden.", way=Note.Way.PHONE, by=bob.actor(), at=now())
    note(case, "Chauffören åker förbi i kväll.", by=alice.actor(), at=now())
    settle(case, "Luckan öppnad samma kväll", form=Settlement.Form.HELP, by=bob.actor(), at=now())
    case.refresh_from_db()
    assert (case.step, case.tray) == ("return", "return")

    # Back to the thread: are you happy now? And the answer.
    say(case, QUESTION, Purpose.QUESTION, bob, alice)
    assert case.step == "follow"
    desk.until("conclude", case, 4)
    returned = case.returns.get()
    assert returned.answer is not None
    assert returned.answer.text.startswith("Ja!")

    # The outcome, and closed.
    conclude(case, Outcome.TURNED, by=alice.actor(), at=now())
    case.refresh_from_db()
    assert (case.step, case.outcome, case.tray) == ("closed", "turned", "done")
    assert case.is_closed

    assert ours(place) == [ANSWER, INVITATION, QUESTION]
    assert _journal_of_people(case) == JOURNAL
    assert _journal_of_the_machine(case) >= {
        ("case.opened", 1),
        ("author.answered", 3),
        ("reply.sent", 3),
    }
    _figures_tell_it(nordpost, case)


JOURNAL = [
    ("case.judged", "Bob"),
    ("case.taken", "Bob"),
    ("case.understood", "Bob"),
    *[
        ("reply.started", "Bob"),
        ("reply.review_asked", "Bob"),
        ("reply.approved", "Alice"),
    ]
    * 2,
    ("talk.noted", "Bob"),
    ("talk.noted", "Alice"),
    ("case.settled", "Bob"),
    ("reply.started", "Bob"),
    ("reply.review_asked", "Bob"),
    ("reply.approved", "Alice"),
    ("case.concluded", "Alice"),
]
"""Who did what, in order."""


def _journal_of_people(case: Case) -> list[tuple[str, str]]:
    return [(fact.name, fact.by_name) for fact in cases.journal(case) if fact.by is not None]


def _journal_of_the_machine(case: Case) -> set[tuple[str, int]]:
    names = [fact.name for fact in cases.journal(case) if fact.by_name == "Gensvar"]
    return {(name, names.count(name)) for name in names}


def _figures_tell_it(nordpost: Workspace, case: Case) -> None:
    until: datetime = now() + timedelta(seconds=1)
    found = figures(nordpost.pk, until - timedelta(days=1), until)
    assert (found.complaints, found.answered, found.settled, found.returned) == (1, 1.0, 1.0, 1.0)
    assert found.outcomes == {"turned": 1}
    assert found.within_60 == 1.0


def test_journal_lines_are_in_the_order_of_time(
    desk: Listening, bob: Membership, alice: Membership, place: Path
) -> None:
    desk.look()
    case = Mention.objects.get(native_id=MARIA).case
    assert case is not None
    judge(case, Kind.COMPLAINT, by=bob.actor(), at=now())
    say(case, ANSWER, Purpose.ANSWER, bob, alice)
    instants = [fact.at for fact in cases.journal(case)]
    assert instants == sorted(instants)


def test_another_workspace_hears_nothing_of_it(
    desk: Listening, sparfin: Workspace, carol: Membership, place: Path
) -> None:
    desk.look()
    assert Mention.objects.filter(workspace=sparfin).count() == 0
    assert sum(cases.counts(sparfin.pk, carol.user).trays.values()) == 0
