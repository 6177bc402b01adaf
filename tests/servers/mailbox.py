"""A real mail server on this machine: OpenSMTPD takes mails in, Dovecot gives them out."""

import contextlib
import email
import imaplib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

SERVERS = Path(__file__).resolve().parents[3] / "shared" / "servers"
SMTP = "smtp://127.0.0.1:2525"


class Absent(Exception):
    """This machine cannot run the mail server; the message says what is missing."""


@contextlib.contextmanager
def running() -> Iterator[None]:
    """The mail server, until the block ends. Raises Absent."""
    if not (SERVERS / "mail.sh").exists():
        raise Absent("the folder ../shared/servers, which starts the mail server, is not here")
    if not (shutil.which("smtpd") and shutil.which("dovecot")):
        raise Absent("apt-get install opensmtpd dovecot-imapd dovecot-lmtpd")
    if os.geteuid() != 0:
        raise Absent("the mail server must be started by root: sudo make test")
    with tempfile.TemporaryDirectory(prefix="gensvar-mail-") as place, tempfile.TemporaryFile("w+") as said:
        Path(place).chmod(0o755)  # the servers run as users of their own
        subprocess.run(
            ["bash", str(SERVERS / "mail.sh")],
            env={**os.environ, "SERVERS_DIR": place},
            stdout=said,
            stderr=said,
            stdin=subprocess.DEVNULL,
            check=True,
            timeout=240,
        )
        said.seek(0)
        pids = [int(pid) for pid in re.findall(r"pid=(\d+)", said.read())]
        try:
            yield
        finally:
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGTERM)
            time.sleep(0.5)


def mails(address: str) -> list[EmailMessage]:
    """What lies in the mailbox of `address`."""
    with imaplib.IMAP4("127.0.0.1", 1143) as box:
        box.login(address, "pw")
        box.select()
        found = []
        for number in box.search(None, "ALL")[1][0].split():
            raw = box.fetch(number, "(RFC822)")[1][0]
            assert isinstance(raw, tuple)
            message = email.message_from_bytes(raw[1], policy=default)
            assert isinstance(message, EmailMessage)
            found.append(message)
        return found
