"""A workspace with a reader: a real server of its own, which obeys whatever it reads."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from gensvar.connectors.contract import Author, egress
from gensvar.people.models import Membership, Workspace
from gensvar.process.listen.models import Channel
from gensvar.process.reader import actions
from gensvar.process.reader.models import Reader, Reading
from tests import hearing
from tests.judging import Scripted, seated, verdict
from tests.reader.obedient import KEY, Obedient, running

ALL = ("kind", "sentiment", "abuse", "urgency")


@pytest.fixture(scope="session")
def obedient() -> Iterator[Obedient]:
    """The server, for the whole run. It stands on loopback, which an administrator has allowed."""
    with running() as server:
        yield server


@pytest.fixture(autouse=True)
def shipped() -> Iterator[Scripted]:
    """The shipped model, which holds everything for a complaint and is not sure of it."""
    judge = Scripted({"": verdict("complaint", 0.6, unsure=("kind",))})
    with seated(judge):
        yield judge


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The egress guard lets us reach this machine."""
    monkeypatch.setenv(egress.ALLOW, "127.0.0.1/32")


@pytest.fixture
def channel(nordpost: Workspace, at: datetime) -> Channel:
    return hearing.channel(nordpost, at)


@pytest.fixture
def reader(obedient: Obedient, allowed: None, dora: Membership, at: datetime) -> Reader:
    """Nordpost's reader: the obedient server, for every question and every post, with a second to answer."""
    return chosen(dora, at, address=obedient.address)


def chosen(dora: Membership, at: datetime, *, key: str | None = KEY, **more: Any) -> Reader:
    """What Dora chooses as the reader."""
    values = {
        "way": "address",
        "model": "obedient-1",
        "temperature": 0.0,
        "heads": list(ALL),
        "only_unsure": False,
        "seconds": 1,
        "monthly": 1_000,
    }
    return actions.change(dora.workspace, key=key, by=dora.actor(), at=at, **{**values, **more})


def given(channel: Channel, text: str, at: datetime, name: str = "post-1", **more: Any) -> Reading:
    """A post that was heard, read by the shipped model, and given to the reader."""
    author = Author(f"did:plc:{name}", f"{name}.example", f"Eva {name}")
    hearing.case(channel, text, at, name=name, author=author, **more)
    return Reading.objects.get(mention__native_id=name)


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[str, str]:
    """The files of a key and a certificate that the server signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(private)
    (tmp_path / "cert.pem").write_bytes(signed.public_bytes(Encoding.PEM))
    return str(tmp_path / "key.pem"), str(tmp_path / "cert.pem")
