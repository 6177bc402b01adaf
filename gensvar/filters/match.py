"""`gensvar match`: for each post of a stream, the watches that it meets."""

import gc
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from gensvar.filters import watchlist
from gensvar.filters.lines import MARK, UNREADABLE, Sink, Stream, batches, why
from gensvar.reading.matcher import Matcher, Span


class Author(msgspec.Struct, gc=False):
    """Who wrote it, as far as queries ask."""

    handle: str | None = None


class PostLine(msgspec.Struct, gc=False):
    """A line of posts.jsonl, as far as queries ask."""

    id: str
    text: str
    language: str | None = None
    author: Author | None = None


class Met(msgspec.Struct, gc=False):
    """One watch of an answer."""

    watch: str
    spans: tuple[Span, ...]
    tagged: bool


class Answer(msgspec.Struct, gc=False):
    """A line of the answer."""

    id: str
    watches: Sequence[Met]


class Asked:
    """The watches, ready to answer lines."""

    def __init__(self, watches: Iterable[watchlist.ListedWatch]) -> None:
        listed = dict(enumerate(watches))
        self._ids = {place: watch.id for place, watch in listed.items()}
        self._match = Matcher(
            {place: watch.query for place, watch in listed.items()},
            {place: watch.languages for place, watch in listed.items()},
            {place: watch.tree for place, watch in listed.items() if watch.tree},
        ).match
        self._decoder = msgspec.json.Decoder(PostLine)
        self._encoder = msgspec.json.Encoder()

    def answer(self, line: bytes) -> bytes:
        """The answer to one line, without its end; raises msgspec.DecodeError or UnicodeDecodeError."""
        return self._encoder.encode(self._answered(self._decoder.decode(line)))

    def answers(self, lines: bytes) -> bytes | None:
        """The answers to all of `lines`; None unless every one of them is a post."""
        try:
            posts = self._decoder.decode_lines(lines)
        except UNREADABLE:
            return None
        # Between a brace and a brace on the next line nothing goes on: so each line is one post.
        if lines.count(b"}\n{") != len(posts) - 1 or _number(lines) != len(posts):
            return None
        # A list: given an iterator, msgspec 0.22 never lets go of it, and memory grows with the input.
        return self._encoder.encode_lines([self._answered(post) for post in posts])

    def _answered(self, post: PostLine) -> Answer:
        author = post.author.handle if post.author else None
        hits = self._match(post.text, author=author or "", language=post.language or "")
        if not hits:
            return Answer(post.id, ())
        return Answer(post.id, [Met(self._ids[hit.watch], hit.spans, hit.tagged) for hit in hits])


def ready(path: Path) -> Asked:
    """The watches of the file at `path`; Unreadable says in one line what to mend.

    They stay until the process ends, so the garbage collector is spared the sight of them: an eighth of the time.
    """
    gc.disable()
    try:
        asked = Asked(watchlist.load(path))
        gc.freeze()
    finally:
        gc.enable()
    return asked


def run(asked: Asked, source: Stream, sink: Sink, complain: Callable[[str], object]) -> int:
    """Answer every line of `source`, in order; how many could not be read (each named to `complain`)."""
    bad, number = 0, 0
    for arrived in batches(source):
        lines = arrived if number else arrived.removeprefix(MARK)
        answers = asked.answers(lines)
        if answers is None:
            answers, skipped = _one_by_one(asked, lines, number, complain)
            bad += skipped
        sink.write(answers)
        sink.flush()
        number += _number(lines)
    return bad


def _one_by_one(
    asked: Asked, lines: bytes, number: int, complain: Callable[[str], object]
) -> tuple[bytes, int]:
    """The answers to the lines that are posts, and how many are none."""
    answers, skipped = [], 0
    for place, line in enumerate(lines.removesuffix(b"\n").split(b"\n"), number + 1):
        try:
            answers.append(asked.answer(line) + b"\n")
        except UNREADABLE as error:
            skipped += 1
            complain(f"Line {place} is skipped: {why(error)}.")
    return b"".join(answers), skipped


def _number(lines: bytes) -> int:
    """How many lines they are."""
    return lines.count(b"\n") + (not lines.endswith(b"\n"))
