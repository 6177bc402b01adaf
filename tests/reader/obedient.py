"""A server that speaks the chat-completions protocol and does whatever the post in the question demands.

Run by uvicorn as a process of its own (`running`). It knows the hostile posts, so it obeys each of them as its
author hoped: other schemas, tools, redirects, bodies without end. Every other post gets an honest answer.
`GET /seen` tells what it was asked; `/trap` counts who came there.
"""

import asyncio
import contextlib
import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from gensvar.reading.reader.prompt import cleaned
from tests.reader.hostile_posts import hostile_posts
from tests.start.desk import free_port

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]

OBEYS = {cleaned(each.text): each.obey for each in hostile_posts()}
SEEN: list[dict[str, Any]] = []
KEY = "sk-the-key-of-nordpost-4711"
ROOT = Path(__file__).resolve().parents[2]

WRONG = {
    "praise": {"kind": "praise", "sentiment": "positive", "abuse": "none", "urgency": "low"},
    "nothing": {"kind": "other", "sentiment": "neutral", "abuse": "none", "urgency": "low"},
    "abuse": {"kind": "complaint", "sentiment": "negative", "abuse": "threat", "urgency": "high"},
}
"""Labels that are wrong and allowed: what no schema can prevent."""
HONEST = {"kind": "complaint", "sentiment": "negative", "abuse": "none", "urgency": "normal"}


async def app(scope: Message, receive: Receive, send: Send) -> None:
    """The ASGI application."""
    if scope["type"] != "http":
        return
    body = b""
    while (part := await receive())["type"] == "http.request":
        body += part.get("body", b"")
        if not part.get("more_body"):
            break
    if scope["path"] == "/seen":
        await _say(send, json.dumps(SEEN).encode())
        return
    headers = {name.decode(): value.decode() for name, value in scope["headers"]}
    SEEN.append({"path": scope["path"], "key": headers.get("authorization", ""), "body": body.decode()})
    if scope["path"] == "/v1/chat/completions":
        await _obey(json.loads(body), headers.get("authorization", ""), send)
    else:
        await _say(send, b"{}", status=404)


async def _obey(asked: Any, key: str, send: Send) -> None:
    heads = list(asked["response_format"]["json_schema"]["schema"]["properties"])
    post = json.loads(asked["messages"][-1]["content"])["post"]
    how = OBEYS.get(post) or post.partition("obey:")[2].strip()
    if how in IN_PERSON:
        await IN_PERSON[how](send)
        return
    if how == "key":
        said: Any = completion(_labels(dict.fromkeys(heads, "complaint")) | {"kind": key}, model=key)
    elif how == "prompt":
        said = completion(asked["messages"][0]["content"])
    elif how in SAID:
        said = SAID[how](_labels({head: HONEST[head] for head in heads}))
    else:
        said = completion(_labels({head: WRONG.get(how, HONEST)[head] for head in heads}))
    await _say(send, said if isinstance(said, bytes) else json.dumps(said).encode())


def _labels(words: dict[str, str], sure: float = 1.0) -> dict[str, Any]:
    return {head: {"answer": word, "sure": sure} for head, word in words.items()}


def completion(
    content: Any, *, finish: str = "stop", model: str = "obedient-1", **more: Any
) -> dict[str, Any]:
    """A chat completion that says `content` (as JSON, unless it is text or nothing)."""
    text = content if content is None or isinstance(content, str) else json.dumps(content)
    message = {"role": "assistant", "content": text, **more}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 300, "completion_tokens": 40, "total_tokens": 340},
        "case": {"close": True},
    }


def _with_parts(good: dict[str, Any]) -> dict[str, Any]:
    said = completion("")
    said["choices"][0]["message"]["content"] = [{"type": "text", "text": json.dumps(good)}]
    return said


def _two(good: dict[str, Any]) -> dict[str, Any]:
    said = completion(good)
    return {**said, "choices": said["choices"] * 2}


def _tool(name: str) -> dict[str, Any]:
    return {"id": "call_1", "type": "function", "function": {"name": name, "arguments": '{"case": 1}'}}


SAID: dict[str, Callable[[dict[str, Any]], Any]] = {
    "prose": lambda good: completion("Dear grandmother, Nordpost is very sorry. No JSON today."),
    "fence": lambda good: completion(f"Here it is!\n```json\n{json.dumps(good)}\n```"),
    "tools": lambda good: completion(good, tool_calls=[_tool("close_case"), _tool("hide_post")]),
    "function": lambda good: completion(good, function_call={"name": "send_refund", "arguments": "{}"}),
    "extra": lambda good: completion({**good, "close_case": True, "refund": 10_000}),
    "inner": lambda good: completion({head: {**one, "hidden": True} for head, one in good.items()}),
    "other_schema": lambda good: completion({"action": "refund", "amount": 500, "case": "closed"}),
    "wrong_word": lambda good: completion({head: {"answer": "URGENT", "sure": 1} for head in good}),
    "missing": lambda good: completion({head: good[head] for head in list(good)[:-1]}),
    "twice": lambda good: completion(json.dumps(good)[:-1] + ', "kind": {"answer": "praise", "sure": 1}}'),
    "nan": lambda good: completion({head: {**one, "sure": float("nan")} for head, one in good.items()}),
    "over": lambda good: completion({head: {**one, "sure": 17} for head, one in good.items()}),
    "words": lambda good: completion({head: {**one, "sure": "0.9"} for head, one in good.items()}),
    "list": lambda good: completion([good, good]),
    "null": lambda good: completion(None),
    "parts": _with_parts,
    "refusal": lambda good: completion(None, refusal="I cannot help with that."),
    "cut": lambda good: completion(json.dumps(good)[:40], finish="length"),
    "filtered": lambda good: completion(good, finish="content_filter"),
    "two": _two,
    "empty": lambda good: {**completion(good), "choices": []},
    "utf8": lambda good: b'{"choices": [{"message": {"content": "\xff\xfe\xfa"}}]}',
    "deep": lambda good: completion("[" * 30_000),
}
"""Answers that are sent like good ones and are none."""


async def _say(
    send: Send, body: bytes, status: int = 200, kind: str = "application/json", **headers: str
) -> None:
    said = {"content-type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}
    told = [(name.encode(), value.encode()) for name, value in said.items()]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body})


async def _begin(send: Send) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})


async def _endless(send: Send) -> None:
    await _begin(send)
    for _number in range(10_000):
        await send({"type": "http.response.body", "body": b'"more",' * 100, "more_body": True})
        await asyncio.sleep(0.001)


async def _drip(send: Send) -> None:
    await _begin(send)
    for letter in json.dumps(completion("a" * 400)):
        await send({"type": "http.response.body", "body": letter.encode(), "more_body": True})
        await asyncio.sleep(0.1)


async def _silent(send: Send) -> None:
    await asyncio.sleep(20)
    await _say(send, b"{}")


async def _broken(send: Send) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [(b"content-type", b"application/json"), (b"content-length", b"900")],
        }
    )
    await send({"type": "http.response.body", "body": b'{"choices": [', "more_body": True})
    raise ConnectionError("hangs up")


async def _stream(send: Send) -> None:
    said = b'data: {"choices": [{"delta": {"content": "praise"}}]}\n\ndata: [DONE]\n\n'
    await _say(send, said, kind="text/event-stream")


def _with(status: int, body: bytes = b"{}", kind: str = "application/json", **headers: str) -> Any:
    async def say(send: Send) -> None:
        await _say(send, body, status, kind, **headers)

    return say


_GOOD = json.dumps(completion(_labels(HONEST))).encode()
IN_PERSON: dict[str, Callable[[Send], Awaitable[None]]] = {
    "huge": _with(200, json.dumps(completion("a" * 5_000_000)).encode()),
    "bomb": _with(200, gzip.compress(b" " * 50_000_000), content_encoding="gzip"),
    "endless": _endless,
    "drip": _drip,
    "silent": _silent,
    "broken": _broken,
    "stream": _stream,
    "redirect": _with(307, location="/trap"),
    "away": _with(308, location="http://127.0.0.2:1/trap"),
    "html": _with(200, b"<h1>Closed</h1>" + _GOOD, "text/html"),
    "plain": _with(200, _GOOD, "text/plain"),
    "fall": _with(500, b"Traceback: GENSVAR_SECRET_KEY", "text/plain"),
    "later": _with(429, retry_after="86400"),
    "soon": _with(429, retry_after="120"),
    "no-key": _with(401),
    "no-model": _with(404),
    "no-question": _with(400, b'{"error": {"code": "content_filter"}}'),
}
"""Answers that are wrong already on the wire."""


@dataclass(frozen=True)
class Obedient:
    """The server as tests see it."""

    port: int

    @property
    def address(self) -> str:
        """What a person would write in the settings."""
        return f"http://127.0.0.1:{self.port}/v1"

    def seen(self) -> list[dict[str, Any]]:
        """Every request so far: path, key, body."""
        told: list[dict[str, Any]] = httpx.get(f"http://127.0.0.1:{self.port}/seen", trust_env=False).json()
        return told


@contextlib.contextmanager
def running(*more: str) -> Iterator[Obedient]:
    """The server as a process of its own, until the block ends. `more`: arguments of uvicorn."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "tests.reader.obedient:app", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--log-level", "critical", "--no-access-log", "--timeout-graceful-shutdown", "1", *more],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        _wait_for(port)
        yield Obedient(port)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(120)


def _wait_for(port: int) -> None:
    for _try in range(2400):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError("the server did not start")
