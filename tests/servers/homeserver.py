"""A real Matrix homeserver on this machine: Synapse, with people and a room."""

import contextlib
import hashlib
import hmac
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
from typing import Any

import httpx

from tests.servers.mailbox import SERVERS, Absent
from tests.start.desk import free_port

ALIAS = "#webcare:desk.test"
PASSWORD = "tall-birch-by-the-quay"
CACHE = Path(os.environ.get("SERVERS_DIR") or Path.home() / ".cache" / "gensvar-servers")


@dataclass(frozen=True)
class Room:
    """A room that Bob made, and into which the desk's own account is invited."""

    url: str
    id: str
    token: str

    @property
    def address(self) -> str:
        """What Bob writes on the page Alerts."""
        return f"matrix://gensvar:{PASSWORD}@{self.url.removeprefix('http://')}/{ALIAS}"

    def messages(self) -> list[dict[str, Any]]:
        """What was said in it, oldest first."""
        found = _call(self.url, "GET", f"rooms/{self.id}/messages?dir=b&limit=50", self.token)["chunk"]
        return [each["content"] for each in reversed(found) if each["type"] == "m.room.message"]


@contextlib.contextmanager
def running() -> Iterator[Room]:
    """The homeserver with a room, until the block ends. Raises Absent."""
    if not (SERVERS / "synapse.sh").exists():
        raise Absent("the folder ../shared/servers, which starts the homeserver, is not here")
    port = str(free_port())
    with tempfile.TemporaryFile("w+") as said:
        try:
            subprocess.run(
                ["bash", str(SERVERS / "synapse.sh"), port],
                env={**os.environ, "SERVERS_DIR": str(CACHE)},
                stdout=said,
                stderr=said,
                stdin=subprocess.DEVNULL,
                check=True,
                timeout=480,
            )
        except subprocess.SubprocessError as error:
            raise Absent(f"Synapse could not be installed or started: {error}") from None
        said.seek(0)
        found = re.search(r"^pid=(\d+) ", said.read(), re.MULTILINE)
    assert found
    try:
        yield _room(f"http://127.0.0.1:{port}")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(found[1]), signal.SIGTERM)
        time.sleep(1)
        shutil.rmtree(CACHE / f"synapse-{port}", ignore_errors=True)


def _room(url: str) -> Room:
    bob, _ = _register(url, "bob"), _register(url, "gensvar")
    made = _call(url, "POST", "createRoom", bob, {"preset": "public_chat", "room_alias_name": "webcare"})
    return Room(url, made["room_id"], bob)


def _register(url: str, name: str) -> str:
    """A new account by the shared secret of the server; its access token."""
    admin = f"{url}/_synapse/admin/v1/register"
    nonce = httpx.get(admin, timeout=240).json()["nonce"]
    said = b"\x00".join([nonce.encode(), name.encode(), PASSWORD.encode(), b"notadmin"])
    mac = hmac.new(b"shared", said, hashlib.sha1).hexdigest()
    body = {"nonce": nonce, "username": name, "password": PASSWORD, "admin": False, "mac": mac}
    return str(httpx.post(admin, json=body, timeout=240).raise_for_status().json()["access_token"])


def _call(url: str, method: str, path: str, token: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    answer = httpx.request(
        method,
        f"{url}/_matrix/client/v3/{path}",
        json=body,
        headers={"Authorization": f"Bearer {token}"},
        timeout=240,
    )
    found: dict[str, Any] = answer.raise_for_status().json()
    return found
