"""One call to a server that speaks the chat-completions protocol: the post out, labels in, nothing else.

It goes through the egress guard, follows no redirect, and takes an answer of a limited size in a limited time.
A key, and a post, travel in the clear only inside a private network that the administrator has allowed.
"""

import ipaddress
import json
import ssl
from collections.abc import Sequence
from datetime import datetime
from time import monotonic
from typing import Any

import httpx

from gensvar.connectors.contract import BadAnswer, NotAllowed, egress
from gensvar.connectors.contract.limits import wait_asked
from gensvar.connectors.contract.networks import is_public
from gensvar.kernel.sentence import Sentence
from gensvar.kernel.text import storable
from gensvar.process.reader import rules
from gensvar.process.reader.told import Came, Chat, Told
from gensvar.reading.judge.verdict import Text
from gensvar.reading.reader import chat, prompt

LARGEST = 64_000
"""Bytes of an answer; a good one has about five hundred."""


async def ask(server: Chat, text: Text, heads: Sequence[str], at: datetime) -> Told:
    """Ask these questions about this post, once; says in every case what came of it."""
    body = prompt.request(server.model, text, heads, server.temperature)
    asked = rules.kept(json.dumps(body, ensure_ascii=False))
    began = monotonic()
    try:
        answer = await _sent(server, body)
    except NotAllowed as error:
        came = Came.NOTHING if isinstance(error, BadAnswer) else Came.BROKEN
        return Told(came, asked, why=error.why, ms=_since(began))
    except httpx.HTTPError as error:
        came, why = _unheard(error)
        return Told(came, asked, why=why, ms=_since(began))
    return _read(server, asked, answer, heads=heads, at=at, ms=_since(began))


async def _sent(server: Chat, body: dict[str, Any]) -> httpx.Response:
    headers = {"User-Agent": "Gensvar", "Accept": "application/json"}
    if server.key:
        headers["Authorization"] = f"Bearer {server.key}"
    in_clear = server.address.startswith("http://")
    async with egress.client(
        timeout=server.seconds,
        longest=server.seconds,
        largest=LARGEST,
        headers=headers,
        resolve=_ask_private if in_clear else egress.ask_system,
    ) as client:
        return await client.post(server.address, json=body, follow_redirects=False)


async def _ask_private(host: str, port: int) -> list[str]:
    """The addresses of `host`, refused when one of them lies outside: http:// would show key and post there."""
    found = await egress.ask_system(host, port)
    if any(is_public(ipaddress.ip_address(each.partition("%")[0])) for each in found):
        raise NotAllowed(
            "Write the address with https://. Without it, others could read the posts and the key."
        )
    return found


def _unheard(error: httpx.HTTPError) -> tuple[Came, Sentence]:
    """What it means that no answer came."""
    if isinstance(error, httpx.TimeoutException):
        return Came.LATER, Sentence("The reader did not answer in time.")
    if _is_about_the_certificate(error):
        return Came.BROKEN, Sentence("The certificate of the reader's server is not valid.")
    return Came.LATER, Sentence("The reader's server cannot be reached, or broke off.")


def _is_about_the_certificate(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error is not None


def _read(
    server: Chat, asked: str, answer: httpx.Response, *, heads: Sequence[str], at: datetime, ms: int
) -> Told:
    said = rules.kept(rules.without(storable(answer.content.decode(errors="replace"), LARGEST), server.key))
    if answer.status_code != httpx.codes.OK:
        came, why = _status(answer.status_code)
        after = wait_asked(answer.headers, at) if came is Came.LATER else None
        return Told(came, asked, said, why=why, ms=ms, after=after)
    if "json" not in answer.headers.get("Content-Type", "").lower():
        return Told(Came.NOTHING, asked, said, why=Sentence("The answer is no JSON."), ms=ms)
    heard = chat.hear(answer.content, heads)
    return Told(
        Came.NOTHING if heard.answers is None else Came.ANSWER,
        asked,
        said,
        heard.answers or (),
        heard.why if heard.answers is None else None,
        rules.without(heard.model, server.key) or server.model,
        ms,
        heard.tokens_in,
        heard.tokens_out,
    )


def _status(status: int) -> tuple[Came, Sentence]:
    if status in (401, 403):
        return Came.BROKEN, Sentence("The reader's server does not take the key (%(status)s).", status=status)
    if status == 404:
        return Came.BROKEN, Sentence("The reader's server knows no such address or model (404).")
    if 300 <= status < 400:
        return Came.BROKEN, Sentence(
            "The reader's server points elsewhere (%(status)s), and that is not followed.", status=status
        )
    if status == 429:
        return Came.LATER, Sentence("The reader has too much to do (429).")
    if status >= 500 or status == 408:
        return Came.LATER, Sentence("The reader's server answered with an error (%(status)s).", status=status)
    return Came.NOTHING, Sentence("The reader's server refused the question (%(status)s).", status=status)


def _since(began: float) -> int:
    return round((monotonic() - began) * 1000)
