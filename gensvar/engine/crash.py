"""Crash points: named moments at which a test kills the process, to see that nothing is lost or doubled."""

import os
import signal
from dataclasses import dataclass

from gensvar.kernel import environment


@dataclass(frozen=True, slots=True)
class CrashPoint:
    """A moment between two effects. `recovery` says what must happen after a death right here."""

    name: str
    recovery: str

    def pass_by(self) -> None:
        """Do nothing, unless GENSVAR_CRASH_AT names this point: then die as from `kill -9`."""
        if environment.CRASH_AT.read() == self.name:
            os.kill(os.getpid(), signal.SIGKILL)
