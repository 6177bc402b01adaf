"""Addresses that people write: only chats, one place each, and nowhere into the house."""

import http.server
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from gensvar.connectors.contract import ConnectorError, Refused, TryLater, Unsure, egress
from gensvar.process.alert import guard
from gensvar.process.alert.chat import CHATS, chat, send_chat

TAKEN = [
    ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#news", "Slack"),
    ("https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", "Slack"),
    ("tgram://123456789:abcdefg_hijklmnop/12315544", "Telegram"),
    ("ntfys://ntfy.example/topic", "ntfy"),
    ("matrixs://user:pw@matrix.example/#room:matrix.example", "Matrix"),
    ("mmosts://mattermost.example/4bd3ebe0e7a74d3d9b7a1b1b1b1b1b1b", "Mattermost"),
    ("discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js", "Discord"),
    ("gotifys://gotify.example/abcdefghijklmn", "Gotify"),
    ("signals://signal.example:8080/+46701234567/+46707654321", "Signal"),
    ("workflows://prod.example:443/WorkflowID1/Signature_2/", "Microsoft Teams"),
]


@pytest.mark.parametrize(("url", "name"), TAKEN, ids=[url.split(":")[0] + name for url, name in TAKEN])
def test_chats_are_taken(url: str, name: str) -> None:
    assert chat(url)[1] == name


REFUSED = [
    "",
    "hello",
    "file:///etc/passwd",
    "syslog://",
    "dbus://",
    "gnome://",
    "macosx://",
    "windows://",
    "json://127.0.0.1/hook",
    "jsons://example.org/hook?method=DELETE",
    "xml://example.org",
    "form://example.org",
    "mailto://user:pw@example.org",
    "mqtt://localhost/topic",
    "rsyslog://localhost",
    "smpp://user:pw@localhost:2775/a/b",
    "apprise://localhost/token",
    "http://169.254.169.254/latest/meta-data",
    "https://example.org/hook",
    "ntfys://ntfy.example/topic?attach=file:///etc/passwd",
    "workflows://prod.example:443/Workflow1/Signature_2/?template=/etc/passwd",
    "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#news?template=/etc/passwd",
    "ntfys://ntfy.example/topic?verify=no",
    "ntfys://ntfy.example/topic?+X-Evil=1",
    "ntfys://ntfy.example/topic?-x=1",
    "ntfys://ntfy.example/topic?:message=x",
    "ntfys://ntfy.example/one/two",
    "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#news/#more",
    "ntfys://ntfy.example/topic\r\nHost: evil.example",
    "ntfys://ntfy.example/" + "a" * 100_000 + "/b",
]


@pytest.mark.parametrize("url", REFUSED, ids=[url[:40] for url in REFUSED])
def test_everything_else_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        chat(url)


def test_no_chat_that_is_taken_talks_anything_but_http() -> None:
    from apprise import Apprise

    known = {scheme for one in Apprise().details()["schemas"] for scheme in one["secure_protocols"] or []}
    known |= {scheme for one in Apprise().details()["schemas"] for scheme in one["protocols"] or []}
    assert set(CHATS) <= known
    assert not {"file", "syslog", "dbus", "glib", "gnome", "windows", "macosx", "json", "form", "xml"} & set(
        CHATS
    )


@dataclass
class Server:
    """A chat server of this machine that answers as it is told."""

    port: int = 0
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    act: Callable[[http.server.BaseHTTPRequestHandler], None] | None = None
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.asked.append(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())
            if told.act:
                told.act(self)
                return
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.end_headers()

        do_GET = do_POST  # noqa: N815  (the name is the standard library's)

        def log_message(self, *said: object) -> None:
            del said  # the tests look at the server itself

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        told.port = running.server_address[1]
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield told
        running.shutdown()


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(egress.ALLOW, "127.0.0.0/8")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "127.1", "[::1]"])
def test_the_house_itself_is_not_called(server: Server, host: str) -> None:
    with pytest.raises(ConnectorError):
        send_chat(f"ntfy://{host}:{server.port}/topic", "Hej")
    assert server.asked == []


def test_what_the_administrator_allows_is_called(server: Server, allowed: None) -> None:
    send_chat(f"ntfy://127.0.0.1:{server.port}/topic", "Hej på dig")
    (said,) = server.asked
    assert "Hej p" in said


def test_a_redirect_into_the_house_is_not_followed(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(egress.ALLOW, "127.0.0.1/32")
    server.status, server.headers = 307, {"Location": f"http://127.0.0.2:{server.port}/inner"}
    with pytest.raises(Refused, match="private network"):
        send_chat(f"ntfy://127.0.0.1:{server.port}/topic", "Hej")
    assert len(server.asked) == 1


def test_no_proxy_of_the_machine_speaks_for_it(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.port}")
    monkeypatch.setenv(egress.ALLOW, "127.0.0.0/8")
    with pytest.raises(Refused, match="proxy"):
        send_chat("ntfy://ntfy.example/topic", "Hej")
    assert server.asked == []


ANSWERS: list[tuple[int, type[ConnectorError]]] = [
    (400, Refused),
    (401, Refused),
    (404, Refused),
    (429, TryLater),
    (503, TryLater),
    (500, Unsure),
    (502, Unsure),
    (504, Unsure),
]


@pytest.mark.parametrize(("status", "meaning"), ANSWERS)
def test_what_an_answer_means(
    server: Server, allowed: None, status: int, meaning: type[ConnectorError]
) -> None:
    server.status = status
    with pytest.raises(meaning):
        send_chat(f"ntfy://127.0.0.1:{server.port}/topic", "Hej")


def test_nobody_at_the_door_means_later(allowed: None) -> None:
    with pytest.raises(TryLater):
        send_chat("ntfy://127.0.0.1:9/topic", "Hej")


def test_a_line_that_goes_dead_leaves_doubt(server: Server, allowed: None) -> None:
    server.act = lambda handler: handler.connection.close()
    with pytest.raises(Unsure):
        send_chat(f"ntfy://127.0.0.1:{server.port}/topic", "Hej")
    assert len(server.asked) == 1


def test_an_answer_without_end_ends(server: Server, allowed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def drip(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        for _ in range(300):
            handler.wfile.write(b"x")
            time.sleep(0.1)

    server.act = drip
    monkeypatch.setattr(guard.calling.__wrapped__, "__defaults__", ("", 1.5))  # type: ignore[attr-defined]
    began = time.monotonic()
    with pytest.raises(ConnectorError):
        send_chat(f"ntfy://127.0.0.1:{server.port}/topic", "Hej")
    assert time.monotonic() - began < 20


def test_an_answer_that_is_too_large_is_not_read(server: Server, allowed: None) -> None:
    sent = 0

    def flood(handler: http.server.BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
        for _ in range(100):
            try:
                sent += handler.wfile.write(b"x" * 1_000_000)
            except OSError:
                return

    server.act = flood
    with pytest.raises(ConnectorError):
        send_chat(f"ntfy://127.0.0.1:{server.port}/topic", "Hej")
    assert sent < 50_000_000
