"""The real Bluesky network on this machine: directory, PDS, AppView and moderation, started for the tests.

`running()` gives a `Network`. It runs `../shared/servers/atnet.sh`, which needs node, PostgreSQL and redis,
all of it on ports of its own, so that two runs on one machine share nothing; what it started it stops again, by
its number.
"""

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import httpx

SERVERS = Path(__file__).resolve().parents[3] / "shared" / "servers"
PORTS = range(20_000, 32_000)
"""Where ports are looked for: below those that the system hands out by itself."""
AROUND = range(-2, 6)
"""What the network takes, counted from the port of its PDS."""
TRIES = 3
ON_LOOPBACK = "127.0.0.0/8,::1/128"
"""What GENSVAR_EGRESS_ALLOW must hold for the desk to reach this network."""


class Absent(Exception):
    """This machine cannot run the network; the message says what is missing."""


class Person(NamedTuple):
    """An account on the network, with all that its owner knows."""

    did: str
    password: str
    app_password: str
    session: dict[str, Any]

    @property
    def handle(self) -> str:
        return str(self.session["handle"])


@dataclass
class Network:
    """The network and what people do on it."""

    pds: str
    appview: str
    plc: str
    pid: int
    _client: httpx.Client = field(default_factory=lambda: httpx.Client(trust_env=False, timeout=120))

    def make_account(self, handle: str) -> Person:
        """A new account. One without a dot gets an ending that is new: maria -> maria-3fa9.test."""
        handle = handle if "." in handle else f"{handle}-{secrets.token_hex(2)}.test"
        password = secrets.token_hex(8)
        asked = {"handle": handle, "password": password, "email": f"{secrets.token_hex(6)}@example.com"}
        session = self.call(None, "com.atproto.server.createAccount", asked)
        person = Person(session["did"], password, "", session)
        made = self.call(person, "com.atproto.server.createAppPassword", {"name": secrets.token_hex(4)})
        return person._replace(app_password=made["password"])

    def post(self, who: Person, text: str, **fields: Any) -> dict[str, str]:
        """A public post; `fields` go into its record. Returns uri and cid."""
        record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": now(), **fields}
        asked = {"repo": who.did, "collection": "app.bsky.feed.post", "record": record}
        made = self.call(who, "com.atproto.repo.createRecord", asked)
        return {"uri": made["uri"], "cid": made["cid"]}

    def reply(self, who: Person, to: dict[str, str], text: str, **fields: Any) -> dict[str, str]:
        """An answer to `to` (uri and cid), in its thread."""
        parent = {"uri": to["uri"], "cid": to["cid"]}
        root = self.record(parent["uri"])["value"].get("reply", {}).get("root", parent)
        return self.post(who, text, reply={"root": root, "parent": parent}, **fields)

    def edit(self, who: Person, uri: str, text: str) -> None:
        """The same post with other words."""
        value = self.record(uri)["value"] | {"text": text}
        asked = {"repo": who.did, "collection": "app.bsky.feed.post", "rkey": _key(uri), "record": value}
        self.call(who, "com.atproto.repo.putRecord", asked)

    def delete(self, who: Person, uri: str) -> None:
        """The post taken away by its author."""
        asked = {"repo": who.did, "collection": "app.bsky.feed.post", "rkey": _key(uri)}
        self.call(who, "com.atproto.repo.deleteRecord", asked)

    def deactivate(self, who: Person) -> None:
        """The whole account put away by its owner."""
        self.call(who, "com.atproto.server.deactivateAccount", {})

    def record(self, uri: str) -> dict[str, Any]:
        """The record as the PDS holds it: uri, cid, value."""
        did, collection, key = uri.removeprefix("at://").split("/")
        return self.ask(self.pds, "com.atproto.repo.getRecord", repo=did, collection=collection, rkey=key)

    def posts_of(self, did: str) -> list[dict[str, Any]]:
        """All posts in an account's repository: uri, cid, value. This is what cannot be fooled."""
        asked = {"repo": did, "collection": "app.bsky.feed.post", "limit": 100}
        found: list[dict[str, Any]] = self.ask(self.pds, "com.atproto.repo.listRecords", **asked)["records"]
        return found

    def replies_to(self, uri: str) -> list[dict[str, Any]]:
        """What the AppView shows as answers to `uri`: post views with uri, cid, author, record."""
        try:
            thread = self.ask(self.appview, "app.bsky.feed.getPostThread", uri=uri, depth=1)["thread"]
        except httpx.HTTPStatusError:
            return []
        return [each["post"] for each in thread.get("replies", []) if "post" in each]

    def is_shown(self, uri: str) -> bool:
        """Does the AppView show the post yet?"""
        return bool(self.ask(self.appview, "app.bsky.feed.getPosts", uris=[uri])["posts"])

    def call(self, who: Person | None, method: str, body: dict[str, Any]) -> dict[str, Any]:
        """A procedure on the PDS, as `who`."""
        headers = {"Authorization": f"Bearer {who.session['accessJwt']}"} if who else _from_somewhere()
        answer = self._client.post(f"{self.pds}/xrpc/{method}", json=body, headers=headers)
        return _read(answer)

    def ask(self, host: str, method: str, **parameters: Any) -> dict[str, Any]:
        """A query that needs no account."""
        return _read(self._client.get(f"{host}/xrpc/{method}", params=parameters))


def now() -> str:
    """The present instant as records hold it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def wait_for[T](look: Callable[[], T], seconds: float = 120.0) -> T:
    """What `look` finds, as soon as it finds anything; after `seconds`, what it found last."""
    ends_at = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < ends_at:
        time.sleep(0.05)
    return found


@contextlib.contextmanager
def running(*, limits: bool = True) -> Iterator[Network]:
    """The network, until the block ends; `limits`: with the server's rate limits. Raises Absent."""
    _check_machine()
    with contextlib.ExitStack() as started:
        database, redis = _start_postgres(started), _start_redis(started)
        yield _start_network(started, database, redis, limits=limits)


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL that lasts until the block ends. Raises Absent."""
    if not SERVERS.is_dir() or shutil.which("psql") is None:
        raise Absent("there is no PostgreSQL on this machine, or no ../shared/servers, which starts it")
    with contextlib.ExitStack() as started:
        yield _start_postgres(started)


def _check_machine() -> None:
    if not SERVERS.is_dir():
        raise Absent("the folder ../shared/servers, which starts the Bluesky network, is not here")
    for program in ("bash", "npm", "psql", "pg_isready", "redis-server", "redis-cli"):
        if shutil.which(program) is None:
            raise Absent(f"{program} is not installed; the Bluesky network needs it")


def _free_port() -> int:
    """A port that nobody uses, with its neighbours; found by chance, so that two runs do not meet."""
    for _ in range(100):
        base = secrets.choice(PORTS[-AROUND.start : -AROUND.stop])
        if not any(_is_open(base + each) for each in AROUND):
            return base
    raise Absent("no free ports for the Bluesky network")


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _run(script: str, *arguments: str, **environment: str) -> str:
    """The output of one of the shared scripts, which leave their server running."""
    with tempfile.TemporaryFile("w+") as output:
        subprocess.run(
            ["bash", str(SERVERS / script), *arguments],
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
            start_new_session=True,
            check=False,
            timeout=480,
        )
        output.seek(0)
        return output.read()


def _start_postgres(started: contextlib.ExitStack) -> str:
    """The address of a PostgreSQL in a folder of its own, which its user can enter (unlike the home of root)."""
    folder = tempfile.mkdtemp(prefix="gensvar-postgres-")
    started.callback(shutil.rmtree, folder, ignore_errors=True)
    port = _free_port()
    said = _run("postgres.sh", str(port), SERVERS_DIR=folder)
    if not wait_for(lambda: _is_open(port), 60):
        raise Absent(f"PostgreSQL did not start: {said[-400:]}")
    started.callback(_stop, _pid(said), signal.SIGINT)
    return f"postgres://postgres@127.0.0.1:{port}/postgres"


def _start_redis(started: contextlib.ExitStack) -> str:
    port = _free_port()
    said = _run("redis.sh", str(port))
    if not wait_for(lambda: _is_open(port), 60):
        raise Absent(f"redis did not start: {said[-400:]}")
    started.callback(_stop, _pid(said), signal.SIGTERM)
    return f"127.0.0.1:{port}"


def _start_network(started: contextlib.ExitStack, database: str, redis: str, *, limits: bool) -> Network:
    """The network on these servers. Somebody may take a port while it starts: then it is tried elsewhere."""
    limited = {"RATE_LIMITS": "1"} if limits else {}
    settings = {
        "DB_POSTGRES_URL": database,
        "REDIS_HOST": redis,
        "PATH": f"{_at_rest(started)}:{os.environ['PATH']}",
    }
    said = ""
    for _ in range(TRIES):
        said = _run("atnet.sh", str(_free_port()), **settings, **limited)
        ready = re.search(r"^\{.*\"ready_ms\".*\}$", said, re.MULTILINE)
        pid = _pid(said)
        if ready is not None and _lives(pid):
            started.callback(_stop, pid, signal.SIGTERM)
            told = json.loads(ready[0])
            return Network(pds=told["pds"], appview=told["appview"], plc=told["plc"], pid=pid)
        _stop(pid, signal.SIGTERM)
    raise Absent(f"the Bluesky network did not start: {said[-800:]}")


def _at_rest(started: contextlib.ExitStack) -> str:
    """A folder of programs that tell the script that its own PostgreSQL and redis run: it is given others."""
    folder = Path(started.enter_context(tempfile.TemporaryDirectory(prefix="gensvar-atnet-")))
    for program in ("pg_isready", "redis-cli"):
        (folder / program).write_text("#!/bin/sh\nexit 0\n")
        (folder / program).chmod(0o755)
    return str(folder)


def _pid(said: str) -> int:
    found = re.search(r"\bpid=(\d+)", said)
    assert found, said
    return int(found[1])


def _stop(pid: int, how: signal.Signals) -> None:
    """End a process that we started, kindly and then not."""
    for each in (how, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, each)
        if wait_for(lambda: not _lives(pid), 8):
            return


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _from_somewhere() -> dict[str, str]:
    """A home of one's own: the server makes a hundred accounts per address in five minutes, and no more."""
    return {"X-Forwarded-For": f"203.0.{secrets.randbelow(256)}.{secrets.randbelow(256)}"}


def _key(uri: str) -> str:
    return uri.rpartition("/")[2]


def _read(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_error:
        raise httpx.HTTPStatusError(
            f"{answer.status_code} {answer.text[:300]}", request=answer.request, response=answer
        )
    found: dict[str, Any] = answer.json() if answer.content else {}
    return found
