"""What becomes of an answer, or of none: each from a server on this machine that gives it."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import pytest

from gensvar.connectors.bluesky import xrpc
from gensvar.connectors.bluesky.xrpc import Place, Said
from gensvar.connectors.contract import NotAllowed, Refused, TryLater, Unsure, egress

GOOD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(egress.ALLOW, "127.0.0.1/32")


def says(status: str, body: str = "", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body.encode())}", "Connection: close", *headers]
    return "\r\n".join([*lines, "", body]).encode()


async def answered(answer: bytes | None, call: Callable[[Place], Awaitable[bytes]]) -> tuple[bytes, int]:
    """What `call` gives when the server answers so (None: hangs up), and how many requests it got."""
    requests = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal requests
        with suppress(asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            requests += 1
            writer.write(answer or b"")
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        place = Place(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", "token", secrets.token_hex(4))
        return await call(place), requests


def asking(answer: bytes | None) -> bytes:
    return asyncio.run(answered(answer, lambda place: xrpc.get(place, "app.example.ask")))[0]


def doing(answer: bytes | None) -> bytes:
    return asyncio.run(answered(answer, lambda place: xrpc.post(place, "app.example.do", {})))[0]


def test_a_good_answer_is_its_bytes() -> None:
    assert asking(GOOD) == b"{}"
    assert doing(GOOD) == b"{}"


def test_a_question_that_a_server_does_not_know_is_refused() -> None:
    with pytest.raises(Said) as caught:
        asking(says("501 Method Not Implemented", '{"error": "MethodNotImplemented"}'))
    assert caught.value.name == "MethodNotImplemented"
    with pytest.raises(TryLater):
        doing(says("501 Method Not Implemented"))


@pytest.mark.parametrize("status", ["500 Internal Server Error", "503 Service Unavailable"])
def test_trouble_of_theirs_means_try_later(status: str) -> None:
    for way in (asking, doing):
        with pytest.raises(TryLater):
            way(says(status, "<html>"))


def test_a_server_that_asks_for_patience_gets_it() -> None:
    with pytest.raises(TryLater) as caught:
        doing(says("503 Service Unavailable", "", "Retry-After: 30"))
    assert caught.value.after
    assert timedelta(seconds=28) < caught.value.after <= timedelta(seconds=30)


@pytest.mark.parametrize(
    "answer", [says("502 Bad Gateway"), says("504 Gateway Timeout"), None, b"HTTP/1.1 200 OK\r\n"]
)
def test_without_an_answer_of_whoever_acts_it_may_have_happened(answer: bytes | None) -> None:
    with pytest.raises(Unsure):
        doing(answer)
    with pytest.raises(TryLater):
        asking(answer)


def test_too_many_requests_are_not_made_again_before_the_time() -> None:
    async def twice(place: Place) -> bytes:
        with pytest.raises(TryLater) as caught:
            await xrpc.get(place, "app.example.ask")
        assert caught.value.after
        assert timedelta(seconds=50) < caught.value.after <= timedelta(seconds=60)
        with pytest.raises(TryLater, match="slow down"):
            await xrpc.get(place, "app.example.ask")
        return b""

    _, requests = asyncio.run(answered(says("429 Too Many Requests", "{}", "ratelimit-reset: 60"), twice))
    assert requests == 1


def test_a_refusal_carries_the_networks_own_sentence_and_name() -> None:
    with pytest.raises(Said) as caught:
        doing(says("400 Bad Request", '{"error":"InvalidRequest","message":"Text is\\n too long\\u202e."}'))
    assert caught.value.why == "Bluesky refused: Text is too long."
    assert caught.value.name == "InvalidRequest"
    assert isinstance(caught.value, Refused)


@pytest.mark.parametrize("body", ["", "<html>", "[]", "7", '{"error":[1],"message":{}}', "[" * 9999])
def test_a_refusal_in_nonsense_is_still_a_refusal(body: str) -> None:
    with pytest.raises(Refused):
        doing(says("403 Forbidden", body))


def test_a_redirect_is_not_followed_with_our_token() -> None:
    with pytest.raises(Refused):
        asking(says("302 Found", "", "Location: http://127.0.0.1:9/elsewhere"))


def test_nothing_listening_means_try_later_also_for_what_acts() -> None:
    with pytest.raises(TryLater, match="cannot be reached"):
        asyncio.run(xrpc.post(Place("http://127.0.0.1:9"), "app.example.do", {}))


def test_a_private_address_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(egress.ALLOW)
    with pytest.raises(NotAllowed):
        doing(GOOD)
