"""How each part starts: the database made ready, the port tried, signals heard, the supervisor watched."""

import asyncio
import os
import signal
import socket
import threading

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gensvar.engine.supervisor import LIFELINE
from gensvar.kernel import database, environment
from gensvar.kernel.ids import token


class CannotStart(Exception):
    """Something outside stands in the way; the message says what, and what to do."""


def check_port() -> None:
    """Raise CannotStart when the port is taken or not a port."""
    host, given = environment.HOST.read(), environment.PORT.read()
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise CannotStart(f"GENSVAR_PORT is '{given}'. Give a number from 1 to 65535.")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(given)))
        except OSError as error:
            raise CannotStart(
                f"Port {given} on {host} cannot be used ({error.strerror}). Another desk may be running: end "
                f"it, or choose another port: GENSVAR_PORT={int(given) % 65535 + 1} gensvar up"
            ) from None


def prepare() -> None:
    """Make the database if this is the first start, and bring its tables up to date."""
    _make_sqlite()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
    connection.close()


def _make_sqlite() -> None:
    """Create the file at the very first start; a file that is lost later is never silently made anew."""
    if connection.vendor != "sqlite":
        return
    path = database.sqlite_path(str(settings.DATABASES["default"]["NAME"]))
    marker = path.with_name(path.name + ".made")
    if path.exists():
        marker.touch()
        return
    if marker.exists():
        raise CannotStart(
            f"The database {path} is gone, though it has been here before. Put it back from a backup; or, to "
            f"begin anew with an empty desk, remove {marker} and start again."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    database.create(path)
    marker.touch()


def web() -> None:
    """Serve the pages until told to stop."""
    import uvicorn

    check_port()
    if LIFELINE not in os.environ:  # started by itself, on a machine of its own
        prepare()
    _watch_supervisor()
    uvicorn.run(
        "gensvar.asgi:application",
        host=environment.HOST.read(),
        port=int(environment.PORT.read()),
        lifespan="off",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
        server_header=False,
    )


def listen() -> None:
    """Follow all streams until told to stop."""
    from gensvar.process.listen.runner import Listener

    _watch_supervisor()

    async def run() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await Listener(f"{socket.gethostname()[:40]}-{os.getpid()}-{token(6)}").run(stop)

    asyncio.run(run())


def work(lanes: tuple[str, ...]) -> None:
    """Answer doorbells until told to stop."""
    from gensvar.engine import worker

    unknown = set(lanes) - set(worker.LANES)
    if unknown:
        raise CannotStart(f"There is no lane '{min(unknown)}'. Lanes are: {', '.join(worker.LANES)}.")
    _watch_supervisor()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    worker.work(lanes or worker.LANES, stop)


def _watch_supervisor() -> None:
    """End cleanly when the supervisor is gone, however it went: its end of the lifeline closes."""
    if LIFELINE not in os.environ:
        return
    lifeline = int(os.environ[LIFELINE])

    def wait() -> None:
        os.read(lifeline, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()
