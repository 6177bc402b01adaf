"""The pretend internet: a script that unfolds, threads, edits, deletions, and people who answer when answered.

Time is passed in: `at` moves the script forward, whoever passes it. What happened has a number, and that number
is the cursor. A reply is kept under its key, so the same key twice is one post.
"""

import json
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from gensvar.demo import chatter, earlier, reactions, script
from gensvar.demo.script import COMPANY, PACE, Line, Person
from gensvar.demo.tables import Due, Happening, Kept, Shown, Tables, instant

CHATTER_EVERY = 30
"""Quieter talk comes so many times more slowly than the script."""
SLEPT = timedelta(minutes=10)
"""A demo that was away for longer does not make up for the talk that it missed."""


class Gone(Exception):
    """The post is not there (any more)."""


class Internet:
    """The pretend internet in the file at `path`; it is made, and begins at `at`, when it is not there.

    pace: seconds between two posts of the script; everything else keeps in proportion.
    """

    def __init__(self, path: Path, at: datetime, *, pace: float = PACE) -> None:
        self._tables = Tables(path)
        with self._tables.changing():
            if not self._tables.fact("era"):
                self._begin(at, pace)

    def close(self) -> None:
        """Let go of the file."""
        self._tables.close()

    @property
    def era(self) -> str:
        """Names this internet: a cursor of another one means nothing here."""
        return self._tables.fact("era")

    @property
    def began_at(self) -> datetime:
        return instant(float(self._tables.fact("began")))

    @property
    def pace(self) -> float:
        return float(self._tables.fact("pace"))

    def since(self, number: int, at: datetime, most: int = 200) -> list[Happening]:
        """What happened after `number`, up to `at`, in order."""
        self._move_on(at)
        return self._tables.since(number, most)

    def thread(self, name: str, at: datetime) -> tuple[list[Shown], list[str]]:
        """Ancestors, the post and all answers, oldest first; and the names of those that are gone.

        Raises Gone when the post itself is not there.
        """
        self._move_on(at)
        post = self._tables.post(name)
        if post is None or post.gone:
            raise Gone(name)
        posts = [*self._above(post), post, *sorted(self._below(post), key=lambda each: each.posted_at)]
        gone = [each.id for each in posts if each.gone]
        return [self._tables.shown(each.id) for each in posts if not each.gone], gone

    def reply(
        self, *, key: str, parent: str, text: str, language: str, created_at: datetime, at: datetime
    ) -> Shown:
        """Say `text` under `parent` as the company, once for a `key`; raises Gone when `parent` is not there.

        The same key again gives what was said then, whatever else stands in the call.
        """
        self._move_on(at)
        with self._tables.changing():
            said = self._tables.said_under(key)
            if said is not None:
                return self._tables.shown(said.id)
            above = self._tables.post(parent)
            if above is None or above.gone:
                raise Gone(parent)
            post = Kept(
                f"nordpost-{key}", above.line, above.root or above.id, above.id, created_at, key, False
            )
            self._tables.add(post, _record(post, COMPANY, text, language))
            self._expect_answer(post, at)
        return self._tables.shown(post.id)

    def remember(self, line: Line, at: datetime) -> None:
        """Let `line` have been said at `at`, before the script begins."""
        self._move_on(at)
        with self._tables.changing():
            self._say(line, at)

    def let_answer(self, reply: str, at: datetime | None) -> None:
        """The answer to our `reply` comes at `at`, or not at all (None)."""
        with self._tables.changing():
            self._tables.put_off(reply, at)

    def _begin(self, at: datetime, pace: float) -> None:
        for name, value in (("era", secrets.token_hex(4)), ("began", at.timestamp()), ("pace", pace)):
            self._tables.set_fact(name, str(value))
        turn = 0
        for line in script.lines():
            turn += line.ago is None
            appears_at = at + timedelta(seconds=turn * pace) if line.ago is None else at - line.ago
            self._plan_line(line, appears_at, max(appears_at, at), pace / PACE)
        self._tables.plan(Due(at + timedelta(seconds=(turn + CHATTER_EVERY) * pace), "chatter", "0"))

    def _plan_line(self, line: Line, appears_at: datetime, begins: datetime, slow: float) -> None:
        self._tables.plan(Due(appears_at, "created", line.id))
        if line.edit:
            self._tables.plan(Due(begins + line.edit_after * slow, "edited", line.id, line.edit))
        if line.deleted_after is not None:
            self._tables.plan(Due(begins + line.deleted_after * slow, "deleted", line.id))

    def _move_on(self, at: datetime) -> None:
        """Let everything happen that is due at `at`, in order."""
        if not self._tables.is_due(at):
            return
        with self._tables.changing():
            while (due := self._tables.take_due(at)) is not None:
                self._happen(due, at)

    def _happen(self, due: Due, at: datetime) -> None:
        match due.what:
            case "created":
                self._say(_line(due.line), due.at)
            case "answered":
                self._answer(due)
            case "edited":
                self._edit(due)
            case "deleted":
                self._delete(due)
            case "chatter":
                self._chat(int(due.line), max(due.at, at - SLEPT))

    def _say(self, line: Line, at: datetime) -> None:
        above = self._tables.post(line.reply_to) if line.reply_to else None
        root = (above.root or above.id) if above else ""
        post = Kept(line.id, line.id, root, above.id if above else "", at, None, False)
        self._tables.add(post, _record(post, line.person, line.text, line.language))

    def _answer(self, due: Due) -> None:
        above, line = self._tables.post(due.parent), _line(due.line)
        first = self._tables.post(due.line)
        if above is None or above.gone or first is None or first.gone:
            return
        post = Kept(f"{due.line}-a{due.id}", due.line, above.root or above.id, above.id, due.at, None, False)
        self._tables.add(post, _record(post, line.person, due.text, line.language))

    def _edit(self, due: Due) -> None:
        post, line = self._tables.post(due.line), _line(due.line)
        if post is not None and not post.gone:
            record = _record(post, line.person, due.text, line.language)
            self._tables.reword(post.id, record | {"edited_at": due.at.isoformat()}, due.at)

    def _delete(self, due: Due) -> None:
        post = self._tables.post(due.line)
        if post is not None and not post.gone:
            self._tables.take_away(post.id, due.at)

    def _chat(self, number: int, at: datetime) -> None:
        line = chatter.post(number)
        if line is not None:
            self._say(line, at)
            next_at = at + timedelta(seconds=CHATTER_EVERY * self.pace)
            self._tables.plan(Due(next_at, "chatter", str(number + 1)))

    def _expect_answer(self, reply: Kept, at: datetime) -> None:
        line = _line(reply.line)
        text = reactions.answer(line, self._tables.our_replies(line.id))
        if text:
            self._tables.plan(
                Due(at + reactions.thinks(line, self.pace), "answered", line.id, text, reply.id)
            )

    def _above(self, post: Kept) -> list[Kept]:
        found: list[Kept] = []
        above = self._tables.post(post.parent)
        while above is not None:
            found.insert(0, above)
            above = self._tables.post(above.parent)
        return found

    def _below(self, post: Kept) -> list[Kept]:
        found: list[Kept] = []
        for each in self._tables.answers(post.id):
            found += [each, *self._below(each)]
        return found


def address(person: Person, post: str) -> str:
    """Where a post would stand, if its network existed."""
    return f"{person.url}/{post}"


def _line(name: str) -> Line:
    language, _, rest = name.partition("-")
    if rest.startswith("c") and rest[1:].isdecimal():
        line = chatter.post(int(rest[1:]))
        if line is not None and line.language == language:
            return line
    turn = earlier.turn(name)
    if turn is not None:
        return earlier.post(turn)
    return script.by_id()[name]


def _record(post: Kept, person: Person, text: str, language: str) -> dict[str, Any]:
    """A post as its network would hand it out."""
    return {
        "id": post.id,
        "url": address(person, post.id),
        "text": text,
        "language": language,
        "posted_at": post.posted_at.isoformat(),
        "root": post.root,
        "parent": post.parent,
        "author": {
            "id": person.handle,
            "handle": person.handle,
            "name": person.name,
            "url": person.url,
            "followers": person.followers,
            "created_at": person.since.isoformat(),
            "bio": person.bio,
        },
    }


def read_record(record: bytes) -> dict[str, Any]:
    """A record as it was written by `_record`."""
    read: dict[str, Any] = json.loads(record)
    return read
