"""Text from outside as HTML: escaped, without marks that turn the writing, with what counts in it marked."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gensvar.kernel.text import showable

Stretch = tuple[int, int, str]
"""Begin and end in code points, and words about what stands between."""


def marked(text: str, spans: Sequence[Sequence[int]], why: Iterable[Stretch] = ()) -> SafeString:
    """`text` escaped, with each stretch of `spans` (pairs of code point offsets) in a <mark>.

    `why`: the words that decided what it is, in a mark of another look whose title says for what.
    """
    matched = _apart(((int(span[0]), int(span[1]), "") for span in spans), len(text))
    reasons = _apart(why, len(text))
    cuts = sorted({0, len(text), *(cut for start, end, _ in (*matched, *reasons) for cut in (start, end))})
    pieces = (_piece(text[begin:end], begin, matched, reasons) for begin, end in pairwise(cuts))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _piece(text: str, begin: int, matched: Sequence[Stretch], reasons: Sequence[Stretch]) -> str:
    piece = showable(text)
    if _over(begin, matched) is not None:
        piece = format_html("<mark>{}</mark>", piece)
    if (words := _over(begin, reasons)) is not None:
        piece = format_html('<mark class="why" title="{}">{}</mark>', words, piece)
    return piece


def _over(place: int, stretches: Sequence[Stretch]) -> str | None:
    return next((words for start, end, words in stretches if start <= place < end), None)


def _apart(stretches: Iterable[Stretch], length: int) -> list[Stretch]:
    """In order, without those that overlap an earlier one or leave the text."""
    found: list[Stretch] = []
    for start, end, words in sorted(stretches):
        if (found[-1][1] if found else 0) <= start < end <= length:
            found.append((start, end, words))
    return found


def safe_address(url: str) -> str:
    """`url` when it is one that a browser may open from here, else nothing."""
    return url if url.startswith(("https://", "http://")) else ""


def initials(name: str) -> str:
    """One or two letters for the round mark beside a name."""
    words = [word for word in showable(name).lstrip("@").split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"
