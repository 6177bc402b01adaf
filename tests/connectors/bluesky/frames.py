"""Frames as hosts send them, made by hand: for what a well-behaved host never sends."""

import hashlib
from typing import Any

import libipld

DID = "did:plc:fari6j3j4pdykln3f3wdo32s"
PATH = "app.bsky.feed.post/3n2ud4fhows2f"
URI = f"at://{DID}/{PATH}"
TIME = "2026-11-21T10:00:01.000Z"


def cid_of(block: bytes) -> bytes:
    return b"\x01\x71\x12\x20" + hashlib.sha256(block).digest()


def car_of(*blocks: bytes) -> bytes:
    header = libipld.encode_dag_cbor({"roots": [], "version": 1})
    parts = [header, *(cid_of(each) + each for each in blocks)]
    return b"".join(_varint(len(each)) + each for each in parts)


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def frame(kind: str, body: Any, operation: int = 1) -> bytes:
    header = {"op": operation, "t": kind} if kind else {"op": operation}
    return bytes(libipld.encode_dag_cbor(header) + libipld.encode_dag_cbor(body))


def commit(record: Any = None, *, number: int = 2, **changes: Any) -> bytes:
    """A commit with one new post; `changes` replace parts of its body."""
    block = libipld.encode_dag_cbor({"text": "Paketet är borta"} if record is None else record)
    operation = {"action": "create", "path": PATH, "cid": cid_of(block)}
    body = {"seq": number, "repo": DID, "time": TIME, "ops": [operation], "blocks": car_of(block)}
    return frame("#commit", {**body, **changes})
