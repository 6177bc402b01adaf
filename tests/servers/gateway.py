"""A real gateway for text messages on this machine: Kannel, and the fake SMSC that comes with it behind it."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from tests.servers.mailbox import SERVERS, Absent

URL = (
    "form://127.0.0.1:13013/cgi-bin/sendsms?method=GET&-username=desk&-password=pw&-from=Nordpost"
    "&-to={to}&-charset=UTF-8&-coding={coding}&:message=text&:title=&:type=&:version="
)
"""What GENSVAR_SMS_URL must hold for the desk to send by it."""
SMSC = "/usr/lib/kannel/test/fakesmsc"
_MESSAGE = re.compile(r"Got message \d+: <(\S+) (\S+) (text|ucs-2|udh \S+ data) (.*)>$", re.MULTILINE)


@dataclass(frozen=True)
class Phone:
    """Every telephone of the world, as the SMSC sees them."""

    said: Path

    def messages(self) -> list[tuple[str, str]]:
        """Number and text of each message, in the order in which they came; parts are messages of their own."""
        found = _MESSAGE.findall(self.said.read_text())
        return [(number, _text(kind, text)) for _sender, number, kind, text in found]


def _text(kind: str, text: str) -> str:
    if kind == "ucs-2":
        return unquote_to_bytes(text.replace("+", " ")).decode("utf-16-be")
    return unquote_to_bytes(text.replace("+", " ")).decode() if kind.startswith("udh") else text


@contextlib.contextmanager
def running() -> Iterator[Phone]:
    """The gateway, until the block ends. Raises Absent."""
    if not (SERVERS / "kannel.sh").exists():
        raise Absent("the folder ../shared/servers, which starts the gateway, is not here")
    if not (shutil.which("bearerbox") and Path(SMSC).exists()):
        raise Absent("apt-get install kannel kannel-extras")
    with tempfile.TemporaryDirectory(prefix="gensvar-sms-") as place:
        pids = _started(Path(place))
        said = Path(place) / "smsc.log"
        with said.open("w") as log:
            smsc = subprocess.Popen(
                [SMSC, "-H", "127.0.0.1", "-r", "10000", "-i", "1"],
                stdin=subprocess.PIPE,  # it ends where its input ends
                stdout=log,
                stderr=log,
            )
            time.sleep(1)
            try:
                yield Phone(said)
            finally:
                smsc.terminate()
                smsc.communicate(timeout=120)
                for pid in reversed(pids):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGTERM)
                time.sleep(0.5)


def _started(place: Path) -> list[int]:
    with (place / "said").open("w+") as said:
        subprocess.run(
            ["bash", str(SERVERS / "kannel.sh")],
            env={**os.environ, "SERVERS_DIR": str(place)},
            stdout=said,
            stderr=said,
            stdin=subprocess.DEVNULL,
            check=True,
            timeout=240,
        )
        said.seek(0)
        found = re.search(r"pids=(\d+),(\d+)", said.read())
    assert found
    return [int(found[1]), int(found[2])]
