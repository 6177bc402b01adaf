"""Starting, killing and waiting for processes that work on the database of the running test."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from gensvar.kernel import environment

ROOT = Path(__file__).parents[2]
WAIT = 240
"""Seconds for a child; a hanging one fails the test."""


def start(*words: str, crash_at: str = "") -> "subprocess.Popen[str]":
    """A child at work on the test's database."""
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.crashes.child", *words],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url(), environment.CRASH_AT.name: crash_at},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*words: str) -> str:
    """A child that does its work and ends well; what it said."""
    process = start(*words)
    said, complained = process.communicate(timeout=WAIT)
    assert process.returncode == 0, complained
    return said


def killed(*words: str, crash_at: str) -> None:
    """A child that dies at `crash_at` as from `kill -9`."""
    process = start(*words, crash_at=crash_at)
    _, complained = process.communicate(timeout=WAIT)
    assert process.returncode == -signal.SIGKILL, f"ended with {process.returncode}: {complained}"


def database_url() -> str:
    """DATABASE_URL of the database that the test uses."""
    of = connection.settings_dict
    name = str(of["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite://{quote(name)}"
    user = f"{quote(str(of['USER']), safe='')}:{quote(str(of['PASSWORD']), safe='')}"
    port = f":{of['PORT']}" if of["PORT"] else ""
    return f"postgresql://{user}@{of['HOST']}{port}/{quote(name, safe='')}"
