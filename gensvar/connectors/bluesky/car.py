"""The blocks of a CAR file as they stand in it, byte for byte, each checked against its name.

libipld reads a CAR too, but gives the blocks decoded; a piece of evidence needs the bytes that were
signed. Format: https://ipld.io/specs/transport/car/carv1 (a header, then length, CID, block, repeated).
"""

import hashlib
from collections.abc import Iterator

_SHA256_CIDS = (b"\x01\x71\x12\x20", b"\x01\x55\x12\x20")
"""How a CID begins: version 1, dag-cbor or raw, SHA-256 of 32 bytes. atproto uses no others."""
_CID_LENGTH = 36


def blocks(car: bytes) -> Iterator[tuple[bytes, bytes]]:
    """CID and bytes of every block; ValueError where the file is cut off or names its blocks otherwise."""
    view = memoryview(car)
    length, start = _varint(car, 0)
    start += length
    while start < len(car):
        length, start = _varint(car, start)
        end = start + length
        if end > len(car) or length < _CID_LENGTH:
            raise ValueError("a block of the CAR is cut off")
        cid = bytes(view[start : start + _CID_LENGTH])
        if cid[:4] not in _SHA256_CIDS:
            raise ValueError("a block of the CAR has a name of an unknown kind")
        yield cid, bytes(view[start + _CID_LENGTH : end])
        start = end


def is_named(cid: bytes, block: bytes) -> bool:
    """Is `cid` really the name of these bytes?"""
    return cid[:4] in _SHA256_CIDS and cid[4:] == hashlib.sha256(block).digest()


def _varint(data: bytes, start: int) -> tuple[int, int]:
    """An unsigned LEB128 number of at most five bytes, and where it ends."""
    number = 0
    for place, byte in enumerate(data[start : start + 5]):
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return number, start + place + 1
    raise ValueError("a number in the CAR is cut off or too long")
