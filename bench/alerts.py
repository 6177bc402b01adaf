"""From a post on the network to the alert about it at the mail server, on a whole running desk."""

import contextlib
import random
import re
import socketserver
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.line import limit, say, share, words
from gensvar.demo.internet import Internet
from gensvar.demo.script import Line, people
from tests.start.desk import Desk, desk, wait_for
from tests.start.visitor import Visitor

POSTS, WARM = 32, 3
EACH = 0.8
"""Seconds between two posts, about."""
LIMIT = 3.0
A_ROUTE = 9
"""Posts until another address is alerted: after ten messages, the test among them, a route would gather."""


class _Session(socketserver.StreamRequestHandler):
    """One conversation of SMTP (RFC 5321) with whoever brings a mail."""

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            command = line[:4].upper()
            if command == b"QUIT":
                self._say("221 bye")
                return
            if command == b"DATA":
                self._say("354 go on")
                self._take()
            self._say("250 taken")

    def _take(self) -> None:
        mail = b""
        while (line := self.rfile.readline()) != b".\r\n":
            mail += line
        self.server.taken.append((time.time(), mail))  # type: ignore[attr-defined]

    def _say(self, what: str) -> None:
        self.wfile.write(what.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.taken: list[tuple[float, bytes]] = []

    def text(self) -> bytes:
        """All mails that were taken."""
        return b"".join(mail for _at, mail in self.taken)


def main() -> None:
    """All lines of this subject."""
    with _mail_server() as server, tempfile.TemporaryDirectory(prefix="gensvar-bench-") as folder:
        settings = {"GENSVAR_MAIL_URL": f"smtp://127.0.0.1:{server.server_address[1]}"}
        with desk(Path(folder) / "data", **settings) as one:
            one.start()
            one.wait_until_open()
            took = _measure(one, server, Path(folder) / "internet.db")
    say("alert.post_to_mail.p50", share(took, 0.5), "s", len(took))
    say("alert.post_to_mail.p95", share(took, 0.95), "s", len(took))
    limit("alert.post_to_mail.p95", LIMIT, "s")


@contextlib.contextmanager
def _mail_server() -> Iterator[_Server]:
    with _Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def _measure(one: Desk, server: _Server, place: Path) -> list[float]:
    """Seconds for each post, after a few that do not count."""
    alice = Visitor(one)
    alice.set_up("Alice", "Benchpost", "Benchpost")
    alice.post(alice.here("channels/connect/demo/"), place=str(place), pace="100000")
    heard = "select count(*) from listen_source where heard_at is not null"
    wait_for(lambda: bool(one.ask(heard)[0][0]), f"The listener hears nothing.\n{one.log}")
    ((workspace,),) = one.ask("select id from people_workspace")
    internet, writer = Internet(place, datetime.now(UTC)), people("en")["priya"]
    took = []
    for number in range(WARM + POSTS):
        if number % A_ROUTE == 0:
            alice.post(
                "/me/alerts/",
                tell=f"{workspace}:everything:",
                route=str(_way(alice, one, server, number)),
                every="0",
            )
        time.sleep(EACH * random.uniform(0.5, 1.5))  # no step with the beats of the desk
        said = f"Benchpost has lost my parcel again, token{number}x, and the phone line is dead."
        posted_at = time.time()
        internet.remember(Line(f"en-token{number}", writer, "en", said), datetime.now(UTC))
        wait_for(lambda n=number: _arrived(server, n) > 0, f"No alert came.\n{one.log[-2000:]}")  # type: ignore[misc]
        took.append(_arrived(server, number) - posted_at)
    internet.close()
    words(f"{len(server.taken)} mails were taken in all.")
    return took[WARM:]


def _way(alice: Visitor, one: Desk, server: _Server, number: int) -> int:
    """A new address of Alice's, confirmed by its code; the one before is removed, and its rule with it."""
    for (pk,) in one.ask("select id from alert_route"):
        alice.post(f"/me/alerts/ways/{pk}/remove/")
    address = f"alice{number}@benchpost.example"
    alice.post("/me/alerts/ways/", way="mail", address=address)
    pattern = re.compile(rb"To: " + address.encode() + rb".*?code is (\d{6})", re.DOTALL)
    wait_for(lambda: bool(pattern.search(server.text())), f"No test message came.\n{one.log[-2000:]}")
    found = pattern.search(server.text())
    assert found
    ((pk,),) = one.ask("select id from alert_route")
    alice.post(f"/me/alerts/ways/{pk}/confirm/", code=found[1].decode())
    return int(pk)


def _arrived(server: _Server, number: int) -> float:
    """When the alert about this post was taken; 0.0 before."""
    token = f"token{number}x".encode()
    return next((at for at, mail in list(server.taken) if token in mail.replace(b"=\r\n", b"")), 0.0)


if __name__ == "__main__":
    main()
