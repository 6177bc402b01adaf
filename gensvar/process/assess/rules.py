"""What of a post stands on the cover of its case."""

LONGEST = 290
"""Code points of an excerpt; the column holds 300."""
IN_SIGHT = 60
"""A match that begins later than this would be cut off in a row of two short lines."""
BEFORE = 40
"""Code points that are kept before such a match, at most."""
CUT = "… "

Spans = list[list[int]]


def excerpt(text: str, spans: Spans) -> tuple[str, Spans]:
    """The stretch of `text` in which the first match can be seen, and the spans as they lie in it."""
    first = spans[0][0] if spans else 0
    if first <= IN_SIGHT:
        return text[:LONGEST], _within(spans, 0, 0)
    begin = _word_after(text, first - BEFORE, first)
    return CUT + text[begin : begin + LONGEST - len(CUT)], _within(spans, begin, len(CUT))


def _word_after(text: str, begin: int, first: int) -> int:
    """Where the first whole word after `begin` starts; `begin` itself when there is none before `first`."""
    gap = text.find(" ", begin, first)
    return gap + 1 if gap >= 0 else begin


def _within(spans: Spans, begin: int, shift: int) -> Spans:
    moved = [[start - begin + shift, end - begin + shift] for start, end in spans if start >= begin]
    return [span for span in moved if span[1] <= LONGEST]
