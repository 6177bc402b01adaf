"""The file behind the pretend internet: SQLite in WAL mode, shared by the listener's and the worker's process."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS post (
    id TEXT PRIMARY KEY, line TEXT NOT NULL, root TEXT NOT NULL, parent TEXT NOT NULL,
    posted_at REAL NOT NULL, key TEXT UNIQUE, gone INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX IF NOT EXISTS post_parent ON post (parent);
CREATE TABLE IF NOT EXISTS wording (
    post TEXT NOT NULL, number INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (post, number)) STRICT;
CREATE TABLE IF NOT EXISTS due (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, what TEXT NOT NULL, line TEXT NOT NULL,
    text TEXT NOT NULL, parent TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS due_at ON due (at, id);
CREATE TABLE IF NOT EXISTS happening (
    number INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT NOT NULL, post TEXT NOT NULL,
    wording INTEGER NOT NULL, at REAL NOT NULL) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A post as kept. line: the line of the script that it belongs to; key: set for what the company said."""

    id: str
    line: str
    root: str
    parent: str
    posted_at: datetime
    key: str | None
    gone: bool


@dataclass(frozen=True, slots=True)
class Due:
    """Something that will happen."""

    at: datetime
    what: str
    line: str
    text: str = ""
    parent: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """Something happened: `what` is created, edited or deleted; `record` is the wording then, as JSON."""

    number: int
    what: str
    post: str
    wording: int
    record: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A post as it stands."""

    post: str
    wording: int
    record: bytes


class Tables:
    """Reads and writes of the file; every write stands inside `changing`."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
        self._file.execute("PRAGMA journal_mode = WAL")
        with self.changing():
            for statement in _SCHEMA.split(";"):
                self._file.execute(statement)

    def close(self) -> None:
        self._file.close()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """One transaction, alone: IMMEDIATE, so that two processes wait for each other rather than fail."""
        self._file.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._file.execute("ROLLBACK")
            raise
        self._file.execute("COMMIT")

    def fact(self, name: str) -> str:
        """A fact about this internet, "" when it is not known."""
        row = self._file.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_fact(self, name: str, value: str) -> None:
        self._file.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    def plan(self, due: Due) -> None:
        """Something shall happen."""
        row = (due.at.timestamp(), due.what, due.line, due.text, due.parent)
        self._file.execute("INSERT INTO due (at, what, line, text, parent) VALUES (?, ?, ?, ?, ?)", row)

    def is_due(self, at: datetime) -> bool:
        found = self._file.execute("SELECT 1 FROM due WHERE at <= ? LIMIT 1", (at.timestamp(),)).fetchone()
        return found is not None

    def take_due(self, at: datetime) -> Due | None:
        """The first thing that is due at `at`, taken off the plan."""
        row = self._file.execute(
            "DELETE FROM due WHERE id = (SELECT id FROM due WHERE at <= ? ORDER BY at, id LIMIT 1)"
            " RETURNING at, what, line, text, parent, id",
            (at.timestamp(),),
        ).fetchone()
        return Due(instant(row[0]), *row[1:]) if row else None

    def put_off(self, parent: str, at: datetime | None) -> None:
        """What is planned under `parent` happens at `at`, or never (None)."""
        if at is None:
            self._file.execute("DELETE FROM due WHERE parent = ?", (parent,))
        else:
            self._file.execute("UPDATE due SET at = ? WHERE parent = ?", (at.timestamp(), parent))

    def add(self, post: Kept, record: dict[str, Any]) -> None:
        """A post appears."""
        self._file.execute(
            "INSERT INTO post (id, line, root, parent, posted_at, key) VALUES (?, ?, ?, ?, ?, ?)",
            (post.id, post.line, post.root, post.parent, post.posted_at.timestamp(), post.key),
        )
        self._word(post.id, 1, record)
        self._tell("created", post.id, 1, post.posted_at)

    def reword(self, post: str, record: dict[str, Any], at: datetime) -> None:
        """A post gets another wording."""
        number = self._newest(post) + 1
        self._word(post, number, record)
        self._tell("edited", post, number, at)

    def take_away(self, post: str, at: datetime) -> None:
        """A post is deleted."""
        self._file.execute("UPDATE post SET gone = 1 WHERE id = ?", (post,))
        self._tell("deleted", post, self._newest(post), at)

    def post(self, name: str) -> Kept | None:
        return self._one("id", name)

    def said_under(self, key: str) -> Kept | None:
        return self._one("key", key)

    def answers(self, name: str) -> list[Kept]:
        """What stands directly under a post, oldest first."""
        rows = self._file.execute(
            "SELECT id, line, root, parent, posted_at, key, gone FROM post WHERE parent = ? ORDER BY posted_at, rowid",
            (name,),
        )
        return [_kept(row) for row in rows]

    def our_replies(self, line: str) -> list[str]:
        """What the company said to a line of the script, in the order in which it arrived."""
        rows = self._file.execute(
            "SELECT w.record FROM post p JOIN wording w ON w.post = p.id AND w.number = 1"
            " WHERE p.line = ? AND p.key IS NOT NULL ORDER BY p.rowid",
            (line,),
        )
        return [json.loads(row[0])["text"] for row in rows]

    def shown(self, name: str) -> Shown:
        """The post's newest wording."""
        row = self._file.execute(
            "SELECT number, record FROM wording WHERE post = ? ORDER BY number DESC LIMIT 1", (name,)
        ).fetchone()
        return Shown(name, row[0], row[1].encode())

    def since(self, number: int, most: int) -> list[Happening]:
        """What happened after `number`, in order."""
        rows = self._file.execute(
            "SELECT h.number, h.what, h.post, h.wording, w.record, h.at FROM happening h"
            " JOIN wording w ON w.post = h.post AND w.number = h.wording"
            " WHERE h.number > ? ORDER BY h.number LIMIT ?",
            (number, most),
        )
        return [Happening(row[0], row[1], row[2], row[3], row[4].encode(), instant(row[5])) for row in rows]

    def _one(self, column: str, value: str) -> Kept | None:
        row = self._file.execute(
            f"SELECT id, line, root, parent, posted_at, key, gone FROM post WHERE {column} = ?",  # noqa: S608
            (value,),
        ).fetchone()
        return _kept(row) if row else None

    def _newest(self, post: str) -> int:
        row = self._file.execute("SELECT MAX(number) FROM wording WHERE post = ?", (post,)).fetchone()
        return int(row[0])

    def _word(self, post: str, number: int, record: dict[str, Any]) -> None:
        text = json.dumps(record, ensure_ascii=False, sort_keys=True)
        self._file.execute("INSERT INTO wording VALUES (?, ?, ?)", (post, number, text))

    def _tell(self, what: str, post: str, wording: int, at: datetime) -> None:
        row = (what, post, wording, at.timestamp())
        self._file.execute("INSERT INTO happening (what, post, wording, at) VALUES (?, ?, ?, ?)", row)


def instant(seconds: float) -> datetime:
    """The instant `seconds` after 1970."""
    return datetime.fromtimestamp(seconds, UTC)


def _kept(row: tuple[Any, ...]) -> Kept:
    return Kept(row[0], row[1], row[2], row[3], instant(row[4]), row[5], bool(row[6]))
