"""The worker: answers the doorbells, one thread per lane, and sweeps for what is due."""

import logging
import os
import threading
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from gensvar.engine import parts
from gensvar.engine.sweep import sweep
from gensvar.kernel import database
from gensvar.kernel.clock import now

log = logging.getLogger(__name__)

LANES = ("default", "captures", "polls", "alerts", "readers")
ANSWER_EVERY = 0.2
"""Seconds between two looks at the doorbells of a lane."""
SWEEP_EVERY = 1.0
KEEP_RINGS = timedelta(hours=1)


def work(lanes: Sequence[str], stop: threading.Event) -> None:
    """Work until `stop` is set; raises when a lane's thread dies, so that the whole part is restarted."""
    workers = {lane: _worker(lane) for lane in lanes}
    threads = [
        threading.Thread(target=_lane, args=(worker, stop), name=f"lane-{lane}")
        for lane, worker in workers.items()
    ]
    for thread in threads:
        thread.start()
    try:
        sweeps, pulse = 0, parts.Pulse("worker")
        while not stop.wait(SWEEP_EVERY):
            _sweep(sweeps, pulse)
            sweeps += 1
            if not all(thread.is_alive() for thread in threads):
                raise RuntimeError("A lane of the worker ended; the reason stands above.")
    finally:
        stop.set()
        for worker in workers.values():
            worker.running = False
        for thread in threads:
            thread.join(timeout=30)


def _lane(worker: Worker, stop: threading.Event) -> None:
    """Answer the doorbells of one lane; a database in trouble only makes it wait."""
    while not stop.is_set():
        try:
            worker.run()
        except DatabaseError as error:
            _say(error)
            stop.wait(SWEEP_EVERY)


def _say(error: DatabaseError) -> None:
    log.error("%s", database.sentence(error, database.place(settings.DATABASES["default"])))
    connection.close()


def _worker(lane: str) -> Worker:
    return Worker(
        queue_names=[lane],
        interval=ANSWER_EVERY,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{os.uname().nodename[:30]}-{os.getpid()}-{lane}",
        excluded_queue_names=[],
    )


def _sweep(number: int, pulse: parts.Pulse) -> None:
    close_old_connections()
    try:
        pulse.beat(at=now())
        sweep(now())
        if number % 300 == 0:
            _forget_old_rings()
    except DatabaseError as error:
        _say(error)


def _forget_old_rings() -> None:
    """Rings are notes, not work: those that were answered are of no use to anybody."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now() - KEEP_RINGS).delete()
