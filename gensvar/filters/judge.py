"""`gensvar judge`: for each post of a stream, what it is and why."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path

import msgspec

from gensvar.filters.errors import Unreadable
from gensvar.filters.lines import MARK, UNREADABLE, Sink, Stream, batches, why
from gensvar.reading.judge.judge import Judge
from gensvar.reading.judge.model import UnreadableModel
from gensvar.reading.judge.verdict import Text, Verdict

BATCH = 500
MOST_REASONS = 6
PLACES = 4
"""Decimal places of a probability."""


class PostLine(msgspec.Struct, gc=False):
    """A line of posts.jsonl, as far as judging asks."""

    id: str
    text: str
    language: str | None = None


def run(
    source: Stream,
    sink: Sink,
    complain: Callable[[str], object],
    *,
    batch: int = BATCH,
    model: Path | None = None,
) -> int:
    """Judge every line of `source`, in order, `batch` at once; how many could not be read.

    Raises Unreadable when the model cannot be read.
    """
    try:
        judge = Judge.read(model)
    except UnreadableModel as error:
        raise Unreadable(str(error)) from None
    bad = [0]

    def skipped(sentence: str) -> None:
        bad[0] += 1
        complain(sentence)

    number = 0
    for arrived in batches(source):
        lines = (arrived if number else arrived.removeprefix(MARK)).removesuffix(b"\n").split(b"\n")
        posts = list(_posts(lines, number, skipped))
        for begin in range(0, len(posts), batch):
            sink.write(_answers(judge, posts[begin : begin + batch]))
            sink.flush()
        number += len(lines)
    return bad[0]


def _posts(lines: Sequence[bytes], number: int, skipped: Callable[[str], object]) -> Iterator[PostLine]:
    for place, line in enumerate(lines, number + 1):
        try:
            yield _DECODER.decode(line)
        except UNREADABLE as error:
            skipped(f"Line {place} is skipped: {why(error)}.")


_DECODER = msgspec.json.Decoder(PostLine)
_ENCODER = msgspec.json.Encoder()


def _answers(judge: Judge, posts: Sequence[PostLine]) -> bytes:
    verdicts = judge.judge([Text(post.text, post.language or "") for post in posts])
    return _ENCODER.encode_lines(
        [_answer(post, verdict) for post, verdict in zip(posts, verdicts, strict=True)]
    )


def _answer(post: PostLine, verdict: Verdict) -> dict[str, object]:
    reasons = sorted(verdict.reasons, key=attrgetter("weight"), reverse=True)
    return {
        "id": post.id,
        "language": verdict.language,
        "sentiment": verdict.sentiment,
        "kind": verdict.kind,
        "abuse": verdict.abuse,
        "urgency": verdict.urgency,
        "scores": {
            "sentiment": _rounded(verdict.sentiments),
            "kind": _rounded(verdict.kinds),
            "abuse": round(verdict.abusive, PLACES),
            "urgency": _rounded(verdict.urgencies),
        },
        "reasons": list(dict.fromkeys(one.text for one in reasons))[:MOST_REASONS],
        "spans": [{"start": one.start, "end": one.end, "head": one.head} for one in reasons],
        "target": verdict.target,
        "unsure": sorted(verdict.unsure),
    }


def _rounded(scores: dict[str, float]) -> dict[str, float]:
    return {answer: round(score, PLACES) for answer, score in scores.items()}
