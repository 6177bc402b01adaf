"""A small web on this machine, and captures to picture."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from gensvar.connectors.contract.egress import ALLOW
from gensvar.kernel.clock import now
from gensvar.people.models import Workspace
from gensvar.process.document import browser
from gensvar.process.document.models import Capture
from tests import hearing
from tests.start.desk import free_port

needs_browser = pytest.mark.skipif(
    browser.find() is None, reason="no Chromium here: apt-get install chromium"
)

Evidence = Callable[..., Capture]


@dataclass
class Web:
    """Pages by path, each (status, content type, body); `asked` lists the paths that were asked for."""

    port: int = 0
    pages: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def page(
        self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", status: int = 200
    ) -> str:
        """Serve `body` at `path`; its address."""
        self.pages[path] = (status, kind, body.encode() if isinstance(body, str) else body)
        return self.url(path)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A web server on this machine that the egress guard lets through."""
    monkeypatch.setenv(ALLOW, "127.0.0.0/8")
    served = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append(self.path)
            if self.path in served.moved:
                self.send_response(302)
                self.send_header("Location", served.moved[self.path])
                self.end_headers()
                return
            status, kind, body = served.pages.get(self.path, (404, "text/plain", b"nothing here"))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield served
    server.shutdown()
    server.server_close()


@pytest.fixture
def closed_port() -> int:
    """A port on which nobody listens."""
    return free_port()


@pytest.fixture
def evidence(nordpost: Workspace) -> Evidence:
    """Hear a post, and give the capture that the flow made of it (its picture is due)."""

    def kept(text: str = "Paketet kom aldrig fram.", url: str = "", **more: Any) -> Capture:
        at = now()
        case = hearing.case(hearing.channel(nordpost, at), text, at, url=url, **more)
        return Capture.objects.get(case=case)

    return kept


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: os.PathLike[str]) -> None:
    """A machine without Chromium: nothing of that name on its PATH."""
    monkeypatch.delenv("GENSVAR_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
