"""A real HTTP server of this machine that serves one feed, conditionally, as its test sets it."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from gensvar.connectors.contract import Account, Batch, Identity
from gensvar.connectors.feeds.follow import follow
from gensvar.connectors.feeds.settings import FeedSettings

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class FeedServer:
    """Serves `body` with `status` and `headers`; `asked` holds the headers of each request."""

    def __init__(self) -> None:
        self.body = b""
        self.status = 200
        self.headers: dict[str, str] = {}
        self.asked: list[Message] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                """Keep the test output quiet."""

            def do_GET(self) -> None:
                outer.answer(self)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/feed.xml"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.headers)
        etag = self.headers.get("ETag")
        unchanged = self.status == 200 and etag and request.headers.get("If-None-Match") == etag
        body = b"" if unchanged else self.body
        request.send_response(304 if unchanged else self.status)
        for name, value in {**self.headers, "Content-Length": str(len(body))}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def account(self) -> Account:
        return Account(FeedSettings(address=self.address), Identity(self.address, "feed"))


def look(
    server: FeedServer,
    cursor: str | None = None,
    *,
    times: int = 1,
    between: Callable[[int], None] = lambda _: None,
) -> tuple[list[Batch], list[float]]:
    """Follow for `times` looks without really waiting; the batches, and the waits that were asked for.

    `between(n)` runs after look n, before the next.
    """
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        between(len(waits))

    async def run() -> list[Batch]:
        batches: list[Batch] = []
        stream = follow(server.account, cursor, sleep=sleep, now=lambda: NOON)
        async for batch in stream:
            batches.append(batch)
            if len(batches) == times:
                break
        return batches

    return asyncio.run(run()), waits
