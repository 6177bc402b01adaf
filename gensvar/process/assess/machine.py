"""The judge of this process: loaded once, at the first post. Without one, every case waits for a person."""

import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Protocol

from gensvar.kernel import environment
from gensvar.reading.judge.verdict import Text, Verdict

log = logging.getLogger(__name__)

SHIPPED, OFF = "shipped", "off"


class Judges(Protocol):
    """Whatever says what posts are."""

    @property
    def name(self) -> str:
        """Which model it is; kept with each verdict."""

    def judge(self, texts: Sequence[Text], languages: Sequence[str]) -> list[Verdict]:
        """A verdict for each text."""


class _Seat:
    """Where the judge of this process sits; `trouble` says why it is empty.

    A judge reads for one thread at a time (`reading`).
    """

    def __init__(self) -> None:
        self.lock = Lock()
        self.reading = Lock()
        self.judge: Judges | None = None
        self.trouble = ""
        self.was_asked = False


_seat = _Seat()


def sit(judge: Judges | None) -> None:
    """Let `judge` say what posts are from now on (None: nobody)."""
    with _seat.lock:
        _seat.judge, _seat.trouble, _seat.was_asked = judge, "", True


def judge() -> Judges | None:
    """The judge of this process; None when there is none, and `trouble` then says why."""
    with _seat.lock:
        if not _seat.was_asked:
            before, _seat.was_asked = _seat.trouble, True
            _seat.judge, _seat.trouble = load(environment.JUDGE.read())
            if _seat.trouble and _seat.trouble != before:
                log.error("%s", _seat.trouble)
        return _seat.judge


def look_again() -> None:
    """Where the model could not be read, look for it once more at the next post; what was loaded stays."""
    with _seat.lock:
        if _seat.judge is None and _seat.trouble:
            _seat.was_asked = False


def load(which: str) -> tuple[Judges | None, str]:
    """The judge that an operator asked for, or why there is none ("" when none was asked for)."""
    if which == OFF:
        return None, ""
    try:
        from gensvar.reading.judge.judge import Judge

        return (Judge.read() if which in ("", SHIPPED) else Judge.read(Path(which))), ""
    except Exception as error:  # a broken file may raise anything, and must never stop the listener
        return None, f"The model cannot be read, so people judge alone. {error}"


def verdicts(texts: Sequence[Text], languages: Sequence[str]) -> tuple[str, list[Verdict]]:
    """Which model spoke, and a verdict for each text; none at all where there is no judge or it failed."""
    seated = judge()
    if seated is None or not texts:
        return "", []
    try:
        with _seat.reading:
            return seated.name, seated.judge(texts, languages=languages)
    except Exception:
        # Text from anywhere must never stop the listening: the cases wait for a person.
        log.exception("The judge broke on %d posts", len(texts))
        return "", []
