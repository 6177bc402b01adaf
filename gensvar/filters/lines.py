"""Lines from a stream, a batch at a time: whatever has arrived, so that answers never wait for more posts."""

from collections.abc import Iterator
from typing import Protocol

AT_ONCE = 1 << 18
LONGEST = 1 << 24
"""Bytes that one line may have; a longer one is handed on cut, and then fails to be read."""


class Stream(Protocol):
    """Bytes that come as they come (`io.BufferedReader`)."""

    def read1(self, size: int, /) -> bytes:
        """At most `size` bytes, and none only at the end."""


def batches(stream: Stream) -> Iterator[list[bytes]]:
    """The lines that arrived together, without their ends, until the stream ends. Memory stays bounded."""
    pieces: list[bytes] = []
    held, cutting = 0, False
    while arrived := stream.read1(AT_ONCE):
        first, *others = arrived.split(b"\n")
        if not cutting:
            pieces.append(first)
            held += len(first)
        if held > LONGEST:
            pieces, held, cutting = [b"".join(pieces)[:LONGEST]], LONGEST, True
        if not others:
            continue
        line = b"".join(pieces)
        pieces, held, cutting = [others[-1]], len(others[-1]), False
        yield [line, *others[:-1]]
    if last := b"".join(pieces):
        yield [last]
