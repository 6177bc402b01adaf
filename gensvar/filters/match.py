"""`gensvar match`: for each post of a stream, the watches that it meets."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import msgspec

from gensvar.filters.lines import Stream, batches
from gensvar.filters.watchlist import ListedWatch
from gensvar.reading.matcher import Matcher, Span


class Author(msgspec.Struct):
    """Who wrote it, as far as queries ask."""

    handle: str | None = None


class PostLine(msgspec.Struct):
    """A line of posts.jsonl, as far as queries ask."""

    id: str
    text: str
    language: str | None = None
    author: Author | None = None


class Met(msgspec.Struct):
    """One watch of an answer."""

    watch: str
    spans: tuple[Span, ...]
    tagged: bool


class Answer(msgspec.Struct):
    """A line of the answer."""

    id: str
    watches: list[Met]


class Sink(Protocol):
    """Where answers go, each batch at once."""

    def write(self, data: bytes, /) -> object:
        """Take it."""

    def flush(self) -> None:
        """Hand it on."""


class Asked:
    """The watches, ready to answer lines."""

    def __init__(self, watches: Iterable[ListedWatch]) -> None:
        listed = dict(enumerate(watches))
        self._ids = {place: watch.id for place, watch in listed.items()}
        self._matcher = Matcher(
            {place: watch.query for place, watch in listed.items()},
            {place: watch.languages for place, watch in listed.items()},
        )
        self._decode = msgspec.json.Decoder(PostLine).decode
        self._encode = msgspec.json.Encoder().encode

    def answer(self, line: bytes) -> bytes:
        """The answer to one line, without its end; raises msgspec.DecodeError or UnicodeDecodeError."""
        post = self._decode(line)
        hits = self._matcher.match(
            post.text,
            author=(post.author and post.author.handle) or "",
            language=post.language or "",
        )
        met = [Met(self._ids[hit.watch], hit.spans, hit.tagged) for hit in hits]
        return self._encode(Answer(post.id, met))


def run(watches: Iterable[ListedWatch], source: Stream, sink: Sink, complain: Callable[[str], object]) -> int:
    """Answer every line of `source`, in order; how many could not be read (each named to `complain`)."""
    asked, bad, number = Asked(watches), 0, 0
    for lines in batches(source):
        answers: list[bytes] = []
        for number, line in enumerate(lines, number + 1):  # noqa: B020  goes on where the batch before ended
            try:
                answers.append(asked.answer(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line))
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                bad += 1
                complain(f"Line {number} is skipped: {_why(error)}.")
        sink.write(b"".join(_ended(answers)))
        sink.flush()
    return bad


def _ended(answers: list[bytes]) -> Iterator[bytes]:
    for answer in answers:
        yield answer
        yield b"\n"


def _why(error: Exception) -> str:
    if isinstance(error, msgspec.ValidationError):
        return f"it is no post ({error}); give it id and text as strings"
    if isinstance(error, UnicodeDecodeError):
        return "it is no UTF-8; write the file as UTF-8"
    return f"it is no JSON object ({' '.join(str(error).split())}); write one object per line"
