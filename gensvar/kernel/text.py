"""Text from outside, made safe to keep and to show.

Nothing here makes HTML: templates escape. What is removed is what breaks a database (NUL, lone
surrogates) or a reader's eye (marks that turn the writing direction, UAX #9).
"""

import re

LONGEST = 20_000
"""Code points of one post that are kept as text; the raw record keeps everything."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def storable(text: str, longest: int = LONGEST) -> str:
    """`text` as both databases can hold it: no NUL, no lone surrogate, at most `longest` code points."""
    cut = text[: longest + 1]
    if len(cut) > longest:
        cut = cut[: longest - 1] + "…"
    return _UNSTORABLE.sub(REPLACEMENT, cut).replace("\r\n", "\n").replace("\r", "\n")


def showable(text: str) -> str:
    """`text` without marks that could turn, hide or reorder what stands around it."""
    return _CONTROLS.sub(REPLACEMENT, _BIDI.sub("", text))


def one_line(text: str, longest: int = 160) -> str:
    """The beginning of `text` as a single line, for lists and titles."""
    line = " ".join(showable(text[: longest * 4]).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
