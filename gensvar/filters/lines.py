"""Lines from a stream, a batch at a time: whatever has arrived, so that answers never wait for more posts."""

from collections.abc import Iterator
from typing import Protocol

import msgspec

AT_ONCE = 1 << 18
LONGEST = 1 << 24
"""Bytes that one line may have; a longer one is handed on cut, and then fails to be read."""


MARK = b"\xef\xbb\xbf"
"""What some editors write before the first line."""
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What reading a line may raise; `why` says it in words."""


class Stream(Protocol):
    """Bytes that come as they come (`io.BufferedReader`)."""

    def read1(self, size: int, /) -> bytes:
        """At most `size` bytes, and none only at the end."""


class Sink(Protocol):
    """Where answers go, each batch at once."""

    def write(self, data: bytes, /) -> object:
        """Take it."""

    def flush(self) -> None:
        """Hand it on."""


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


def why(error: Exception) -> str:
    """Why a line is no post, and how to mend it."""
    if isinstance(error, msgspec.ValidationError):
        return f"it is no post ({error}); give it id and text as strings"
    if isinstance(error, UnicodeDecodeError):
        return "it is no UTF-8; write the file as UTF-8"
    return f"it is no JSON object ({' '.join(str(error).split())}); write one object per line"
