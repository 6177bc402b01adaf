"""The egress guard: the only way out to addresses that other people choose.

`client` opens web pages, feeds and APIs; `check` and `addresses` serve what brings its own transport
(websockets, the browser). An address is judged by what it resolves to, not by how it is spelled, and
the connection goes to the very address that was judged, so a name that changes its mind in between
gains nothing. Host header, SNI and certificate check keep the name.

Refused: every scheme but http(s) (and ws(s) for `check`), and every address that is not plainly public,
unless it lies in `GENSVAR_EGRESS_ALLOW` (CIDRs with commas between), which is read at each connection.
"""

import asyncio
import contextlib
import socket
import ssl
import typing
import zlib
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from functools import cache

import httpcore
import httpx

from gensvar.connectors.contract.errors import BadAnswer, NotAllowed, TryLater
from gensvar.connectors.contract.networks import ALLOW, allowed

__all__ = ["ALLOW", "REDIRECTS", "Resolve", "addresses", "ask_system", "check", "client"]

REDIRECTS = 5
TRIED = 4
"""Addresses of one name that are tried before giving up."""
WEB = frozenset({"http", "https"})
CHECKED = WEB | {"ws", "wss"}
PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Numeric addresses of a host and port; raises OSError when there are none."""


async def ask_system(host: str, port: int) -> list[str]:
    """What the system's resolver says; it reads 2130706433, 0177.0.0.1 and 127.1 as the number they are."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def client(
    *,
    timeout: float = 10.0,
    largest: int = 5_000_000,
    headers: Mapping[str, str] | None = None,
    longest: float = 60.0,
    resolve: Resolve = ask_system,
) -> httpx.AsyncClient:
    """An HTTP client for addresses that others chose.

    timeout: seconds for each connect, read and write. longest: seconds until the whole answer must be here.
    largest: bytes of an answer, packed or unpacked, that are read at most; one more raises `NotAllowed`.
    A refused address raises `NotAllowed`; everything else raises what httpx raises.
    Redirects are followed, at most five, each judged anew.
    """
    return httpx.AsyncClient(
        transport=_Transport(largest=largest, longest=longest, resolve=resolve),
        timeout=timeout,
        headers={"Accept-Encoding": "gzip", **(headers or {})},
        follow_redirects=True,
        max_redirects=REDIRECTS,
        trust_env=False,  # neither a proxy nor a .netrc of this machine may speak for a stranger's address
    )


async def check(url: str, *, resolve: Resolve = ask_system) -> None:
    """Raise `NotAllowed` unless `url` (http, https, ws, wss) may be opened, `TryLater` for an unknown name.

    What opens the address afterwards resolves the name again, so every address of it must be allowed.
    Where the opener can be told where to connect, `addresses` is safer.
    """
    found = await _looked_up(url, resolve)
    if len(allowed(found)) < len(found):
        raise _private(url)


async def addresses(url: str, *, resolve: Resolve = ask_system) -> list[str]:
    """The allowed numeric addresses behind `url`, to connect to instead of its name; raises like `check`."""
    found = allowed(await _looked_up(url, resolve))
    if not found:
        raise _private(url)
    return found


def _parse(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError):
        raise NotAllowed("This is not an address that can be opened.") from None


def _check_scheme(scheme: str, schemes: frozenset[str]) -> None:
    if scheme not in schemes:
        raise NotAllowed("Only addresses that begin with http:// or https:// are opened.")


async def _looked_up(url: str, resolve: Resolve) -> list[str]:
    parsed = _parse(url)
    _check_scheme(parsed.scheme, CHECKED)
    host, port = parsed.raw_host.decode("ascii"), parsed.port or PORTS[parsed.scheme]
    try:
        return await _numbers(host, port, resolve)
    except OSError:
        raise TryLater("The name %(host)s is not known at the moment.", host=host) from None


async def _numbers(host: str, port: int, resolve: Resolve) -> list[str]:
    """At least one numeric address of `host`, not yet judged; OSError when there is none."""
    if not host:
        raise NotAllowed("The address names no host.")
    try:
        found = await resolve(host, port)
    except UnicodeError:
        raise NotAllowed("The name %(host)s cannot be a host.", host=host[:80]) from None
    if not found:
        raise OSError(f"no address for {host}")
    return found


def _private(where: str) -> NotAllowed:
    return NotAllowed(
        "The address %(where)s leads into a private network and is not opened. "
        "An administrator can allow it with %(setting)s.",
        where=where[:200],
        setting=ALLOW,
    )


class _Backend(httpcore.AsyncNetworkBackend):
    """Resolves, judges, and connects to the address that was judged."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (httpcore's signature)
        local_address: str | None = None,
        socket_options: Iterable[typing.Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                found = allowed(await _numbers(host, port, self._resolve))[:TRIED]
        except TimeoutError:
            raise httpcore.ConnectTimeout(f"{host} was not resolved in time") from None
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        if not found:
            raise _private(host)
        share = timeout / len(found) if timeout else None
        for address in found[:-1]:
            with contextlib.suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return await self._plain.connect_tcp(address, port, share, local_address, socket_options)
        return await self._plain.connect_tcp(found[-1], port, share, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 (httpcore's signature)
        socket_options: Iterable[typing.Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise NotAllowed("Files of this machine are not opened.")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()


class _Transport(httpx.AsyncBaseTransport):
    """httpx over a pool whose connections are all made by `_Backend`."""

    def __init__(self, *, largest: int, longest: float, resolve: Resolve) -> None:
        self._largest, self._longest = largest, longest
        self._pool = httpcore.AsyncConnectionPool(ssl_context=_tls(), network_backend=_Backend(resolve))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        _check_scheme(request.url.scheme, WEB)
        ends_at = asyncio.get_running_loop().time() + self._longest
        with _httpx_errors():
            async with asyncio.timeout_at(ends_at):
                answer = await self._pool.handle_async_request(_to_httpcore(request))
        stream = typing.cast(AsyncIterable[bytes], answer.stream)
        body = _Body(stream, ends_at, self._largest)
        headers = httpx.Headers(answer.headers)
        try:
            if request.method != "HEAD" and answer.status != 304:
                body.unpack = _unpacker(headers)
                _check_declared(headers, self._largest)
        except NotAllowed:
            await body.aclose()
            raise
        if body.unpack is not None:
            headers.pop("Content-Encoding", None)
            headers.pop("Content-Length", None)
        return httpx.Response(answer.status, headers=headers, stream=body, extensions=answer.extensions)

    async def aclose(self) -> None:
        await self._pool.aclose()


def _to_httpcore(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=typing.cast(AsyncIterable[bytes], request.stream),
        extensions=request.extensions,
    )


def _unpacker(headers: httpx.Headers) -> "zlib._Decompress | None":
    """What unpacks the body; unpacking here, and not in httpx, is what lets the limit hold within a chunk."""
    encoding = headers.get("Content-Encoding", "").strip().lower()
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip", "deflate"):
        return zlib.decompressobj(zlib.MAX_WBITS | 32)
    raise BadAnswer("The answer is packed in a way that is not read here.")


def _check_declared(headers: httpx.Headers, largest: int) -> None:
    declared = headers.get("Content-Length", "")
    if declared.isdecimal() and int(declared[:20]) > largest:
        raise _too_large(largest)


def _too_large(largest: int) -> BadAnswer:
    return BadAnswer(
        "The answer is larger than %(size)s bytes and was not read to its end.", size=f"{largest:,}"
    )


class _Body(httpx.AsyncByteStream):
    """An answer's body, unpacked, that ends with an error where its limits end."""

    def __init__(self, stream: AsyncIterable[bytes], ends_at: float, largest: int) -> None:
        self._stream, self._ends_at, self._left = stream, ends_at, largest
        self._packed_left, self._largest = largest, largest
        self.unpack: zlib._Decompress | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunks = aiter(self._stream)
        with _httpx_errors():
            while True:
                async with asyncio.timeout_at(self._ends_at):
                    chunk = await anext(chunks, None)
                if chunk is None:
                    return
                yield self._bounded(chunk)

    def _bounded(self, chunk: bytes) -> bytes:
        self._packed_left -= len(chunk)
        plain = chunk if self.unpack is None else self.unpack.decompress(chunk, self._left + 1)
        self._left -= len(plain)
        if self._left < 0 or self._packed_left < 0:
            raise _too_large(self._largest)
        return plain

    async def aclose(self) -> None:
        if hasattr(self._stream, "aclose"):
            with _httpx_errors():
                await self._stream.aclose()


@contextlib.contextmanager
def _httpx_errors() -> Iterator[None]:
    """httpcore's errors by the names that httpx gives them (they are the same names)."""
    try:
        yield
    except TimeoutError:
        raise httpx.ReadTimeout("The answer took too long.") from None
    except zlib.error as error:
        raise httpx.DecodingError(str(error)) from error
    except (
        httpcore.TimeoutException,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.ProxyError,
        httpcore.UnsupportedProtocol,
    ) as error:
        raise getattr(httpx, type(error).__name__, httpx.TransportError)(str(error)) from error
