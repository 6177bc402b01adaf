"""The egress guard for apprise, which calls through `requests`, and a record of how far each call came.

`requests` makes its own sessions, so the guard stands one floor lower: urllib3 lets a program say of which
class its connections are (`ConnectionCls`). Every connection in this process is made by the classes below:
to the very address that was judged (`connectors.contract.networks`), never by a proxy, redirects included.
"""

import contextlib
import http.client
import os
import socket
import threading
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

from gensvar.connectors.contract import NotAllowed
from gensvar.connectors.contract.networks import ALLOW, allowed

LONGEST = 25.0
"""Seconds that a whole call may take, sign-in and sending together; then its connections are cut."""
LARGEST = 300_000
"""Bytes of an answer that are read."""


@dataclass
class Call:
    """How far a call came. `trusted`: a host that the operator named, which need not be public."""

    trusted: str = ""
    refused: NotAllowed | None = None
    left: bool = False
    """A request has left and its answer is not here."""
    status: int | None = None
    """Of the newest answer."""
    _open: list[socket.socket] = field(default_factory=list)

    def watch(self, connection: socket.socket) -> None:
        """Remember how to end this connection, also when TLS or a response has taken it over."""
        self._open.append(socket.socket(fileno=os.dup(connection.fileno())))

    def cut(self) -> None:
        """End every connection now: whoever waits for them goes on with an error."""
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of what `watch` holds."""
        for each in self._open:
            each.close()


_now: ContextVar[Call | None] = ContextVar("call", default=None)


@contextlib.contextmanager
def calling(trusted: str = "", longest: float = LONGEST) -> Iterator[Call]:
    """A call to the world in this thread, which ends after `longest` seconds at the latest."""
    call = Call(trusted)
    token = _now.set(call)
    end = threading.Timer(longest, call.cut)
    end.daemon = True
    end.start()
    try:
        yield call
    finally:
        end.cancel()
        _now.reset(token)
        call.close()


class _Answer(http.client.HTTPResponse):
    """An answer of bounded size, read as it came: what is packed stays packed and is not wanted."""

    _left = LARGEST

    def begin(self) -> None:
        super().begin()
        del self.headers["Content-Encoding"]

    def read(self, amt: int | None = None) -> bytes:
        part = super().read(self._left + 1 if amt is None else min(amt, self._left + 1))
        self._left -= len(part)
        if self._left < 0:
            raise OSError("The answer is too large.")
        return part


class _Guarded(HTTPConnection):
    response_class = _Answer

    def _new_conn(self) -> socket.socket:
        call = _now.get() or Call()
        try:
            made = self._connect(call)
        except NotAllowed as error:
            call.refused = error
            raise
        call.watch(made)
        return made

    def _connect(self, call: Call) -> socket.socket:
        if self.proxy is not None:
            raise NotAllowed(
                "The desk sends alerts without a proxy; unset HTTP_PROXY and HTTPS_PROXY for it."
            )
        try:
            found = socket.getaddrinfo(self._dns_host, self.port or 0, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise NameResolutionError(self.host, self, socket.gaierror(str(error))) from error
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if self.host != call.trusted:
            addresses = allowed(addresses)
        if not addresses:
            raise NotAllowed(
                f"{self.host[:100]} leads into a private network and is not opened. "
                f"An administrator can allow it with {ALLOW}."
            )
        try:
            return create_connection(
                (addresses[0], self.port or 0), self.timeout, self.source_address, self.socket_options
            )
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"{self.host} did not answer.") from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self.sock is None:
            self.connect()
        if call := _now.get():
            call.left, call.status = True, None
        super().request(*args, **kwargs)

    def getresponse(self) -> Any:
        answer = super().getresponse()
        if call := _now.get():
            call.left, call.status = False, answer.status
        return answer


class _GuardedTLS(_Guarded, HTTPSConnection):
    pass


HTTPConnectionPool.ConnectionCls = _Guarded
HTTPSConnectionPool.ConnectionCls = _GuardedTLS
