"""The databases that are measured: a file of its own, and a PostgreSQL that is given or started."""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Iterator

import psycopg

from bench.line import words
from tests.servers import atnet


@contextlib.contextmanager
def sqlite() -> Iterator[dict[str, str]]:
    """The environment of a process that works on an empty SQLite file."""
    with tempfile.TemporaryDirectory(prefix="gensvar-bench-") as folder:
        yield {"GENSVAR_DATA": folder, "DATABASE_URL": ""}


@contextlib.contextmanager
def postgresql() -> Iterator[dict[str, str] | None]:
    """The environment of a process that works on an empty PostgreSQL database; None where there is none."""
    with contextlib.ExitStack() as kept:
        server = os.environ.get("DATABASE_URL", "")
        if not server.startswith("postgres"):
            try:
                server = kept.enter_context(atnet.postgres())
            except atnet.Absent as reason:
                words(
                    f"PostgreSQL is left out: {reason}. Install it (apt-get install postgresql), or give "
                    "DATABASE_URL=postgres://user@host:port/name of a server on which databases may be made."
                )
                yield None
                return
            words("This PostgreSQL was started with fsync=off, as the shared script does it.")
        name = f"bench_{secrets.token_hex(6)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
            try:
                env = kept.enter_context(sqlite())
                yield {**env, "DATABASE_URL": f"{server.rsplit('/', 1)[0]}/{name}"}
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
