"""Keeps the parts of one desk running: starts them, restarts a dead one and says so, stops them cleanly."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from types import FrameType

from gensvar.kernel import environment

PARTS = ("web", "listen", "work")
STOP_WITHIN = 12.0
"""Seconds that a part has to end what it is doing."""
LIFELINE = "GENSVAR_LIFELINE"
"""Names the file descriptor whose end tells a part that its supervisor is gone."""


@dataclass
class _Running:
    name: str
    process: subprocess.Popen[bytes]
    started: float
    failures: int = 0
    again_at: float = 0.0


def run() -> int:
    """Run all parts until a signal; the exit code."""
    read_end, write_end = os.pipe()
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    parts = [_Running(name, _start(name, read_end), time.monotonic()) for name in PARTS]
    _say(f"The desk is open at {_address()}. Ctrl-C ends it.")
    while not stopping:
        for part in parts:
            _mind(part, read_end)
        time.sleep(0.2)
    _say("Closing the desk.")
    _stop(parts)
    os.close(write_end)
    return 0


def _start(name: str, lifeline: int) -> subprocess.Popen[bytes]:
    """A part of its own session, so that Ctrl-C reaches it through us, once and in order."""
    return subprocess.Popen(  # noqa: S603  our own interpreter and fixed words
        [sys.executable, "-m", "gensvar.cli", name],
        env={**os.environ, LIFELINE: str(lifeline)},
        pass_fds=(lifeline,),
        process_group=0,
    )


def _mind(part: _Running, lifeline: int) -> None:
    """Start a dead part again, with longer waits when it keeps dying."""
    code = part.process.poll()
    if code is None:
        if part.failures and time.monotonic() - part.started > 60:
            part.failures = 0
        return
    if not part.again_at:
        part.failures += 1
        wait = min(30.0, 0.5 * 2 ** (part.failures - 1))
        part.again_at = time.monotonic() + wait
        _say(
            f"The part '{part.name}' ended ({_why(code)}). It is started again in {wait:g} s; nothing is lost."
        )
        _note(part.name, _why(code))
    elif time.monotonic() >= part.again_at:
        part.process, part.started, part.again_at = _start(part.name, lifeline), time.monotonic(), 0.0


def _why(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _note(name: str, why: str) -> None:
    from django.db import DatabaseError

    from gensvar.engine import parts
    from gensvar.kernel.clock import now

    try:
        parts.restarted({"listen": "listener", "work": "worker"}.get(name, name), why, at=now())
    except DatabaseError as error:
        _say(f"This could not be noted in the database: {error}")


def _stop(parts: list[_Running]) -> None:
    for part in parts:
        if part.process.poll() is None:
            part.process.terminate()
    end = time.monotonic() + STOP_WITHIN
    for part in parts:
        try:
            part.process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            _say(f"The part '{part.name}' did not end in time and is stopped.")
            part.process.kill()
            part.process.wait()


def _address() -> str:
    return f"http://{environment.HOST.read()}:{environment.PORT.read()}"


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201  words for people go to standard error
