"""A whole desk in processes of its own, as a person starts it, with a data folder and a port of its own."""

import atexit
import contextlib
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import psycopg

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240.0
"""Seconds. Generous, since the machine of a test may be busy: what is there at once costs nothing."""
PORTS = range(10_000, 20_000)
"""Below those that systems give away by themselves, so that nobody is given one between look and use."""


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    for port in secrets.SystemRandom().sample(PORTS, 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("No port is free.")


def wait_for(what: Callable[[], bool], words: str, patience: float = PATIENCE) -> None:
    """Wait until `what` holds; an AssertionError with `words` when it does not."""
    end = time.monotonic() + patience
    while not what():
        assert time.monotonic() < end, words
        time.sleep(0.05)


@dataclass
class Desk:
    """A running `gensvar up` (or one of its parts): where it is, and what it has said."""

    data: Path
    port: int
    env: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    @property
    def log_file(self) -> Path:
        """Beside the data folder, whose disk may be full."""
        return self.data.with_name(f"{self.data.name}.log")

    def environment(self) -> dict[str, str]:
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("GENSVAR_", "DATABASE_URL"))
        }
        ours = {"GENSVAR_DATA": str(self.data), "GENSVAR_PORT": str(self.port), "PYTHONUNBUFFERED": "1"}
        return {**inherited, **ours, **self.env}

    def start(self, *words: str) -> None:
        """Start `gensvar` with these words (`up` when none are given)."""
        self.data.mkdir(parents=True, exist_ok=True)
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gensvar.cli", *(words or ("up",))],
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=log,
            )

    def wait_until_open(self) -> None:
        """Wait until a page is answered."""
        wait_for(self.is_open, f"The desk did not open.\n{self.log}")

    def is_open(self) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(self.url, timeout=30).status_code < 500
        return False

    def stop(self) -> int:
        """End it as Ctrl-C does; the exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        """End it, however it stands."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def beside(self, **env: str) -> "Desk":
        """Another part of the same desk: the same data, port and database."""
        return Desk(self.data, self.port, {**self.env, **env})

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """What the desk's database answers."""
        url = self.env.get("DATABASE_URL")
        if url:
            with psycopg.connect(url) as connection:
                return connection.execute(query.encode()).fetchall()
        with contextlib.closing(sqlite3.connect(self.data / "gensvar.db", timeout=PATIENCE)) as database:
            return database.execute(query).fetchall()

    def tell(self, statement: str) -> None:
        """Change a row behind the desk's back, as a restored backup or a failing disk does."""
        url = self.env.get("DATABASE_URL")
        if url:
            with psycopg.connect(url) as connection:
                connection.execute(statement.encode())
            return
        with contextlib.closing(sqlite3.connect(self.data / "gensvar.db", timeout=PATIENCE)) as database:
            database.execute(statement)
            database.commit()

    def parts(self) -> dict[str, int]:
        """The process ids of its parts, by name."""
        assert self.process is not None
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        rows = [line.split() for line in listed.stdout.splitlines() if "gensvar.cli" in line]
        return {row[-1]: int(row[0]) for row in rows}


@contextlib.contextmanager
def desk(data: Path, **env: str) -> Iterator[Desk]:
    """A desk on the database of this run (a new one), which is ended whatever happens.

    Its tables are there and empty, as after a first start, which takes some seconds.
    """
    if not list(data.glob("gensvar.db*")):
        data.mkdir(parents=True, exist_ok=True)
        for file in _prepared().glob("gensvar.db*"):
            shutil.copy(file, data)
    with (
        _database(prepared=True) as url,
        _ended(Desk(data, free_port(), {"DATABASE_URL": url, **env})) as one,
    ):
        yield one


@contextlib.contextmanager
def untouched_desk(data: Path, **env: str) -> Iterator[Desk]:
    """The same on a database that has no tables yet."""
    with (
        _database(prepared=False) as url,
        _ended(Desk(data, free_port(), {"DATABASE_URL": url, **env})) as one,
    ):
        yield one


@contextlib.contextmanager
def _ended(one: Desk) -> Iterator[Desk]:
    try:
        yield one
    finally:
        one.end()


@cache
def _prepared() -> Path:
    """A folder with the file of a database that has all its tables and nothing in them."""
    folder = Path(tempfile.mkdtemp(prefix="gensvar-prepared-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _prepare(folder, "")
    return folder


@cache
def _template(server: str) -> str:
    """The same on PostgreSQL: the name of a database that others are copied from."""
    name = f"desk_{secrets.token_hex(6)}"
    _tell(server, f"CREATE DATABASE {name}")
    atexit.register(_tell, server, f"DROP DATABASE {name} WITH (FORCE)")
    _prepare(_prepared(), f"{server.rsplit('/', 1)[0]}/{name}")
    return name


def _prepare(data: Path, url: str) -> None:
    """Make the tables, as `gensvar up` does before it starts its parts."""
    make = "import django; django.setup(); from gensvar import start; start.prepare()"
    env = {**Desk(data, 0, {"DATABASE_URL": url}).environment(), "DJANGO_SETTINGS_MODULE": "gensvar.settings"}
    subprocess.run([sys.executable, "-c", make], cwd=ROOT, env=env, check=True, timeout=PATIENCE)


def _tell(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


@contextlib.contextmanager
def _database(*, prepared: bool) -> Iterator[str]:
    """The address of an empty database on the PostgreSQL of this run; "" for a file in the data folder."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield ""
        return
    name = f"desk_{secrets.token_hex(6)}"
    _tell(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {_template(server)}" if prepared else ""))
    try:
        yield f"{server.rsplit('/', 1)[0]}/{name}"
    finally:
        _tell(server, f"DROP DATABASE {name} WITH (FORCE)")
