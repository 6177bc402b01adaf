"""Text from outside as HTML: escaped, without marks that turn the writing, and with the matched words marked."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gensvar.kernel.text import showable


def marked(text: str, spans: Sequence[Sequence[int]]) -> SafeString:
    """`text` escaped, with each stretch of `spans` (pairs of code point offsets) in a <mark>."""
    return format_html_join("", "{}", ((piece,) for piece in _pieces(text, spans)))


def _pieces(text: str, spans: Sequence[Sequence[int]]) -> list[str]:
    pieces: list[str] = []
    done = 0
    for start, end in sorted((int(span[0]), int(span[1])) for span in spans):
        if start < done or end <= start or end > len(text):
            continue
        pieces.append(showable(text[done:start]))
        pieces.append(format_html("<mark>{}</mark>", showable(text[start:end])))
        done = end
    pieces.append(showable(text[done:]))
    return pieces


def safe_address(url: str) -> str:
    """`url` when it is one that a browser may open from here, else nothing."""
    return url if url.startswith(("https://", "http://")) else ""


def initials(name: str) -> str:
    """One or two letters for the round mark beside a name."""
    words = [word for word in showable(name).lstrip("@").split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"
