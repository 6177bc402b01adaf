"""What `gensvar doctor` looks at: each check is a sentence of what works, or what is missing and what to do."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from gensvar.engine import parts
from gensvar.kernel import database, environment, secrets
from gensvar.kernel.clock import now
from gensvar.process.assess import machine
from gensvar.process.document.models import Capture
from gensvar.process.listen import queries as listen
from gensvar.process.listen.actions import account
from gensvar.process.reader import folder
from gensvar.process.reader import queries as readers
from gensvar.process.reader.states import Way
from gensvar.process.respond.models import Reply
from gensvar.reading.reader import classifier

ENOUGH_SPACE = 200_000_000
"""Bytes that should be free for pictures and the database's own log."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `works`: True, False, or None for what is worth knowing and no fault."""

    about: str
    works: bool | None
    words: str


def examine(say: Say) -> bool:
    """Look at everything, say it, and return whether all that is needed works."""
    findings = list(_all())
    for finding in findings:
        mark = {True: "ok     ", False: "MISSING", None: "note   "}[finding.works]
        say(f"{mark}  {finding.about}: {finding.words}")
    return all(finding.works is not False for finding in findings)


def _all() -> Iterator[Finding]:
    reachable = _database()
    yield reachable
    yield _data_folder()
    yield _browser()
    yield _mail()
    yield _judge()
    if reachable.works:
        yield from _parts()
        yield from _channels()
        yield from _readers()
        yield _clocks()
        yield _evidence()


def _database() -> Finding:
    place = database.place(settings.DATABASES["default"])
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        return Finding("database", False, database.sentence(error, place))
    if waiting:
        words = f"{place} answers; {waiting} changes of its tables wait. Start 'gensvar up' once."
        return Finding("database", False, words)
    return Finding("database", True, f"{place} answers, and its tables are up to date.")


def _data_folder() -> Finding:
    folder = environment.data_folder()
    free = shutil.disk_usage(folder).free
    if not os.access(folder, os.W_OK):
        return Finding("data folder", False, f"{folder} cannot be written to. Give this user the right.")
    if free < ENOUGH_SPACE:
        return Finding(
            "data folder", False, f"{folder} has only {free // 1_000_000} MB free. Free some space."
        )
    return Finding("data folder", True, f"{folder}, {free // 1_000_000_000} GB free.")


def _browser() -> Finding:
    from gensvar.process.document import browser

    found = browser.find()
    if found is None:
        return Finding("browser", False, browser.missing())
    return Finding("browser", True, f"{found} takes the pictures.")


def _mail() -> Finding:
    options = settings.MAILERS["default"]["OPTIONS"]
    if "host" in options:
        return Finding("mail", True, f"sent through {options['host']}:{options['port']}.")
    words = f"no server is set, so mails are written to {options['file_path']}. Set GENSVAR_MAIL_URL."
    return Finding("mail", None, words)


def _judge() -> Finding:
    which = environment.JUDGE.read()
    if which == machine.OFF:
        return Finding("judge", None, "switched off (GENSVAR_JUDGE), so people judge every case alone.")
    judge, trouble = machine.load(which)
    if judge is None:
        return Finding("judge", False, f"{trouble} Nothing is lost: cases wait for a person.")
    return Finding("judge", True, f"the model '{judge.name}' says what posts are.")


def _parts() -> Iterator[Finding]:
    for part in parts.silent(now()):
        words = f"last heard of at {part.seen_at:%Y-%m-%d %H:%M} UTC. Start it: gensvar up."
        yield Finding(f"part '{part.name}'", None, words)


def _channels() -> Iterator[Finding]:
    for channel in listen.live_channels():
        about = f"channel '{channel.name}' ({channel.workspace})"
        try:
            account(channel)
        except secrets.LostKey as error:
            yield Finding(about, False, f"{error} Connect it again under Channels.")
        else:
            yield Finding(about, not channel.trouble, channel.trouble or "connected.")


def _readers() -> Iterator[Finding]:
    rows = list(readers.switched_on())
    for row in rows:
        about = f"better reader ({row.workspace})"
        if row.way == Way.FOLDER:
            yield Finding(about, *_classifier(row.folder))
        else:
            words = row.why or f"{row.model} at {urlsplit(row.address).hostname} is asked."
            yield Finding(about, not row.trouble, words)
    if not rows:
        yield Finding("better reader", None, "none is chosen: posts are judged on this machine alone.")


def _classifier(name: str) -> tuple[bool, str]:
    if not classifier.is_installed():
        return False, classifier.INSTALL
    try:
        found = folder.find(name)
    except classifier.Unreadable as error:
        return False, error.why
    return True, f"the classifier in {name} is asked; its labels are {', '.join(found.labels)[:200]}."


def _clocks() -> Finding:
    late = Reply.objects.filter(due_at__lt=now() - parts.SILENT_AFTER).count()
    if late:
        return Finding("clocks", False, f"{late} replies should have left by now. Is the worker running?")
    return Finding("clocks", True, "nothing that is due waits.")


def _evidence() -> Finding:
    kept = Capture.objects.exclude(picture="")
    gone = sum(not (Path(settings.MEDIA_ROOT) / row.picture).exists() for row in kept.iterator())
    if gone:
        return Finding("evidence", False, f"{gone} pictures are missing below {settings.MEDIA_ROOT}.")
    return Finding("evidence", True, f"{kept.count()} pictures, all there.")
