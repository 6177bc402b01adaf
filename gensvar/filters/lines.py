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


def batches(stream: Stream) -> Iterator[bytes]:
    """The lines that arrived together, each with its end but perhaps the very last. Memory stays bounded."""
    pieces: list[bytes] = []
    held, cutting = 0, False
    while arrived := stream.read1(AT_ONCE):
        end = arrived.rfind(b"\n") + 1
        if cutting:  # what is left of a line that was too long
            first = arrived.find(b"\n")
            if first < 0:
                continue
            pieces.append(arrived[first:end])
        else:
            pieces.append(arrived[:end] or arrived)
        held, cutting = held + len(pieces[-1]), False
        if end:
            yield b"".join(pieces)
            pieces, held = [arrived[end:]], len(arrived) - end
        elif held > LONGEST:
            pieces, cutting = [b"".join(pieces)[:LONGEST]], True
    if last := b"".join(pieces):
        yield last
