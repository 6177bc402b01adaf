"""The database guard: which database this desk uses, and what to say when it cannot be used.

SQLite as measured for this load: WAL, IMMEDIATE transactions, synchronous=FULL. The file is opened in
mode `rw`, never created on the way, so that a lost file is noticed and not replaced by an empty one.
"""

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"


class BadDatabaseURL(ValueError):
    """DATABASE_URL cannot be read; the message says how to write it."""


def configuration(url: str, folder: Path) -> dict[str, Any]:
    """Django's settings for the database that `url` names; a file in `folder` when it is empty."""
    if not url:
        return _sqlite(folder / "gensvar.db")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in ("postgres", "postgresql"):
        return _postgres(parts)
    raise BadDatabaseURL(
        f"DATABASE_URL begins with '{parts.scheme}:'. Write postgres://user:password@host:port/name, "
        "or sqlite:///path/to/file.db, or leave it out."
    )


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"file:{path}?mode=rw",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
        "TEST": {
            "NAME": str(path.parent / f"test-{path.name}")
        },  # a plain path: parallel runs add to its end
    }


def _postgres(parts: Any) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
    }


def sqlite_path(name: str) -> Path:
    """The file behind the NAME that `configuration` wrote."""
    return Path(name.removeprefix("file:").split("?")[0])


def create(path: Path) -> None:
    """An empty database file in WAL mode, where there is none."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    path.chmod(0o600)


def sentence(error: BaseException, place: str) -> str:
    """What happened, what is safe and what to do, for an error of the database at `place`."""
    words = str(error).lower()
    for signs, answer in _SENTENCES:
        if any(sign in words for sign in signs):
            return answer.format(place=place)
    return f"The database at {place} answered: {error}. Nothing new was written. Run 'gensvar doctor' to see more."


_SENTENCES = (
    (
        ("disk is full", "no space left", "disk full", "disk i/o error"),
        "The disk that holds {place} is full. Nothing that was saved is lost, and posts wait at their "
        "networks. Free some space; the desk carries on by itself.",
    ),
    (
        (
            "unable to open database file",
            "no such table",
            "does not exist",
            "file is not a database",
            "malformed",
        ),
        "The database at {place} is missing or damaged. Stop the desk, put the file back from a backup, "
        "and start again; the desk does not overwrite it.",
    ),
    (
        ("readonly", "read-only", "permission denied"),
        "The database at {place} cannot be written to. Give the user that runs the desk the right to write "
        "there; the desk carries on by itself.",
    ),
    (
        ("locked", "deadlock"),
        "The database at {place} was busy for too long. What you typed is kept in your browser; send it again.",
    ),
    (
        (
            "connection refused",
            "could not connect",
            "connection failed",
            "server closed",
            "timeout",
            "terminating",
        ),
        "The database at {place} does not answer. Start it, or mend DATABASE_URL; nothing is lost, and the "
        "desk carries on by itself.",
    ),
    (
        ("password authentication", "no password supplied", "role"),
        "The database at {place} refused the user or password in DATABASE_URL. Mend it and start again.",
    ),
)


def place(configured: dict[str, Any]) -> str:
    """How to name the database of these settings to a person: a path, or host and name (never a password)."""
    if configured["ENGINE"].endswith("sqlite3"):
        return str(sqlite_path(configured["NAME"]))
    return f"{configured['HOST']}:{configured['PORT']}/{configured['NAME']}"
