"""The egress guard, against a real server on this machine that stands for whatever must not be reached."""

import asyncio
import gzip
import ipaddress
import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gensvar.connectors.contract import NotAllowed, TryLater, egress
from gensvar.connectors.contract.networks import ALLOW, is_public

BOMB = gzip.compress(b"\0" * 50_000_000)


class Stranger(BaseHTTPRequestHandler):
    """A server that misbehaves by path, and remembers what it was asked."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str]]

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output quiet."""

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers.get("Host", "")))
        name = self.path.strip("/").split("/")[0] or "page"
        getattr(self, f"give_{name}")()

    def give_page(self) -> None:
        self.give(b"hello")

    def give_to(self) -> None:
        self.send_response(302)
        self.send_header("Location", self.path.removeprefix("/to/"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def give_loop(self) -> None:
        self.send_response(302)
        self.send_header("Location", self.path + "/on")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def give_packed(self) -> None:
        self.give(gzip.compress(b"hello " * 10), encoding="gzip")

    def give_bomb(self) -> None:
        self.give(BOMB, encoding="gzip")

    def give_broken(self) -> None:
        self.give(b"this is not gzip", encoding="gzip")

    def give_twice(self) -> None:
        self.give(gzip.compress(gzip.compress(b"\0" * 1000)), encoding="gzip, gzip")

    def give_large(self) -> None:
        self.give(b"x" * 20_000)

    def give_endless(self) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for _ in range(5_000):
                self.wfile.write(b"y" * 1_000)
        except OSError:
            self.close_connection = True

    def give_drip(self) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"z")
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    def give(self, body: bytes, encoding: str = "") -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True


class Host:
    """The stranger's server and what it saw."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        handler = type("Handler", (Stranger,), {"asked": self.asked})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host()
    threading.Thread(target=host.server.serve_forever, args=(0.01,), daemon=True).start()
    yield host
    host.server.shutdown()
    host.server.server_close()


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ALLOW, "127.0.0.1/32")


@pytest.fixture(autouse=True)
def nothing_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ALLOW, raising=False)


def get(url: str, **settings: object) -> httpx.Response:
    async def run() -> httpx.Response:
        async with egress.client(**settings) as client:  # type: ignore[arg-type]
            return await client.get(url)

    return asyncio.run(run())


def check(url: str) -> None:
    asyncio.run(egress.check(url))


def names(**known: list[str]) -> egress.Resolve:
    """A resolver that knows only `known`; underscores in its names stand for dots."""

    async def resolve(host: str, port: int) -> list[str]:
        try:
            return known[host.replace(".", "_")]
        except KeyError:
            raise socket.gaierror("unknown") from None

    return resolve


def test_it_opens_what_the_administrator_allows(host: Host, allowed: None) -> None:
    assert get(host.url).text == "hello"


def test_it_reads_the_permission_at_each_call(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ALLOW, " 10.0.0.0/8 , 127.0.0.0/8 ")
    assert get(host.url).text == "hello"
    monkeypatch.setenv(ALLOW, "10.0.0.0/8")
    with pytest.raises(NotAllowed):
        get(host.url)


def test_it_says_when_the_permission_cannot_be_read(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ALLOW, "localhost")
    with pytest.raises(NotAllowed, match="GENSVAR_EGRESS_ALLOW cannot be read"):
        get(host.url)


@pytest.mark.parametrize(
    "spelling",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "0x7f000001",
        "127.1",
        "127.0.0.1.",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "0.0.0.0",
        "0",
        "①②⑦.⓪.⓪.①",
    ],
)
def test_no_spelling_of_this_machine_gets_through(host: Host, spelling: str) -> None:
    url = f"http://{spelling}:{host.port}/"
    with pytest.raises((NotAllowed, httpx.ConnectError, httpx.InvalidURL)):
        get(url)
    with pytest.raises((NotAllowed, TryLater)):
        check(url)
    assert host.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "198.18.0.1",
        "fe80::1",
        "fe80::1%lo",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "::",
        "::ffff:93.184.216.34",
        "2001:db8::1",
        "2001:0:7f00:1::",
        "64:ff9b::a9fe:a9fe",
        "2002:c0a8:101::1",
    ],
)
def test_an_inner_address_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://127.0.0.1/",
        "data:text/html,x",
        "javascript:1",
        "",
    ],
)
def test_it_opens_no_other_scheme(url: str) -> None:
    with pytest.raises(NotAllowed, match="http"):
        check(url)
    with pytest.raises((NotAllowed, httpx.UnsupportedProtocol)):
        get(url)


@pytest.mark.parametrize(
    "url", ["http://", "http://[::1", "http://a b/", "http://x:99999999/", "http://" + "a" * 70]
)
def test_a_broken_address_is_refused_in_words(url: str) -> None:
    with pytest.raises((NotAllowed, TryLater)) as refusal:
        check(url)
    assert refusal.value.why.endswith(".")


def test_a_websocket_is_judged_like_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotAllowed, match="private network"):
        check("ws://127.0.0.1:9/")
    monkeypatch.setenv(ALLOW, "127.0.0.1/32")
    check("ws://127.0.0.1:9/")
    check("wss://127.0.0.1:9/")


def test_every_address_of_a_name_must_be_allowed_for_what_looks_it_up_again() -> None:
    resolve = names(two_faced_example=["93.184.216.34", "10.0.0.1"])
    with pytest.raises(NotAllowed):
        asyncio.run(egress.check("https://two.faced.example/", resolve=resolve))
    found = asyncio.run(egress.addresses("https://two.faced.example/", resolve=resolve))
    assert found == ["93.184.216.34"]


def test_an_unknown_name_may_be_known_later() -> None:
    with pytest.raises(TryLater, match=r"nobody\.example"):
        asyncio.run(egress.check("https://nobody.example/", resolve=names()))
    with pytest.raises(httpx.ConnectError):
        get("http://nobody.example/", resolve=names())


def test_a_redirect_is_judged_anew(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ALLOW, "127.0.0.1/32")
    with pytest.raises(NotAllowed, match="private network"):
        get(f"{host.url}/to/http://127.0.0.2:{host.port}/page")
    with pytest.raises((NotAllowed, httpx.UnsupportedProtocol)):
        get(f"{host.url}/to/file:///etc/passwd")
    assert [path for path, _ in host.asked if path.startswith("/page")] == []


def test_it_follows_a_redirect_that_is_allowed(host: Host, allowed: None) -> None:
    assert get(f"{host.url}/to/{host.url}/page").text == "hello"


def test_it_follows_five_redirects_and_no_more(host: Host, allowed: None) -> None:
    with pytest.raises(httpx.TooManyRedirects):
        get(f"{host.url}/loop")
    assert len(host.asked) == 1 + egress.REDIRECTS


def test_it_connects_to_the_address_that_was_judged(host: Host, allowed: None) -> None:
    asked: list[str] = []

    async def rebinding(name: str, port: int) -> list[str]:
        asked.append(name)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    answer = get(f"http://shop.nordpost.example:{host.port}/", resolve=rebinding)
    assert answer.text == "hello"
    assert asked == ["shop.nordpost.example"]
    assert host.asked == [("/", f"shop.nordpost.example:{host.port}")]


def test_a_name_that_changes_its_mind_is_judged_at_each_connection(host: Host, allowed: None) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])

    async def rebinding(name: str, port: int) -> list[str]:
        return next(answers)

    async def run() -> None:
        for _ in range(2):
            async with egress.client(resolve=rebinding) as client:
                await client.get(f"http://evil.example:{host.port}/")

    with pytest.raises(NotAllowed):
        asyncio.run(run())
    assert len(host.asked) == 1


def test_it_tries_the_next_address_when_one_is_dead(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ALLOW, "127.0.0.0/8")
    resolve = names(two_example=["127.0.0.9", "127.0.0.1"])
    assert get(f"http://two.example:{host.port}/", resolve=resolve).text == "hello"


def test_it_tells_the_server_the_name_and_checks_its_certificate(allowed: None, tmp_path: Path) -> None:
    greeted: list[str | None] = []
    server, port = tls_server(tmp_path, greeted)
    try:
        with pytest.raises(httpx.ConnectError, match=r"(?i)certificate"):
            get(f"https://feeds.example:{port}/", resolve=names(feeds_example=["127.0.0.1"]))
    finally:
        server.shutdown()
        server.server_close()
    assert greeted == ["feeds.example"]


def test_no_proxy_of_the_machine_is_used(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", host.url)
    monkeypatch.setenv("ALL_PROXY", host.url)
    with pytest.raises(NotAllowed):
        get("http://10.0.0.1/")
    assert host.asked == []


def test_it_unpacks_what_is_packed(host: Host, allowed: None) -> None:
    assert get(f"{host.url}/packed").text == "hello " * 10


@pytest.mark.parametrize("path", ["bomb", "large", "endless"])
def test_it_stops_reading_after_the_largest(host: Host, allowed: None, path: str) -> None:
    with pytest.raises(NotAllowed, match="10,000 bytes"):
        get(f"{host.url}/{path}", largest=10_000)


def test_a_bomb_is_never_unpacked_beyond_the_largest(host: Host, allowed: None) -> None:
    async def run() -> int:
        read = 0

        async def read_all(answer: httpx.Response) -> None:
            nonlocal read
            async for chunk in answer.aiter_raw():
                read += len(chunk)

        async with (
            egress.client(largest=1_000_000) as client,
            client.stream("GET", f"{host.url}/bomb") as answer,
        ):
            with pytest.raises(NotAllowed):
                await read_all(answer)
        return read

    tracemalloc.start()
    try:
        assert asyncio.run(run()) <= 1_000_000
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_exactly_the_largest_is_still_read(host: Host, allowed: None) -> None:
    assert len(get(f"{host.url}/large", largest=20_000).content) == 20_000
    with pytest.raises(NotAllowed):
        get(f"{host.url}/large", largest=19_999)


def test_what_is_packed_twice_or_badly_is_refused(host: Host, allowed: None) -> None:
    with pytest.raises(NotAllowed, match="packed"):
        get(f"{host.url}/twice")
    with pytest.raises(httpx.DecodingError):
        get(f"{host.url}/broken")


def test_a_dripping_answer_ends(host: Host, allowed: None) -> None:
    began = time.monotonic()
    with pytest.raises(httpx.ReadTimeout):
        get(f"{host.url}/drip", longest=0.3)
    assert time.monotonic() - began < 30, "without the limit it would drip for ever"


def tls_server(folder: Path, greeted: list[str | None]) -> tuple[ThreadingHTTPServer, int]:
    """A server whose certificate nobody vouches for, which notes the name that it is greeted by."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(folder))
    context.sni_callback = lambda _socket, name, _context: greeted.append(name)
    handler = type("Handler", (Stranger,), {"asked": []})

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """The handshake is meant to fail."""

    server = Quiet(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return server, server.server_address[1]


def self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "feeds.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("feeds.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "both.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    return path
