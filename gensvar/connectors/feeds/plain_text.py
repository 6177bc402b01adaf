"""HTML of a feed's entry as plain text, without running, loading or trusting any of it.

Not `html.parser`: on markup that never closes it takes quadratic time or raises, by Python's patch release.
This reader goes through the letters once, whatever they are.
"""

import re
from html import unescape

from gensvar.connectors import links

LONGEST = 60_000
"""Letters of HTML that are read; what a person reads of an entry is far shorter."""
MOST_LINKS = 50

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})(?P<rest>[\s/][^<>]*)?>|<[!?][^<>]*>")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""", re.IGNORECASE)
_BLOCK = re.compile(r"p|br|div|li|ul|ol|h[1-6r]|tr|table|blockquote|pre|article|section")
_SILENT = re.compile(r"script|style|template|noscript|iframe|object|svg|math|title|head|textarea")


def read(html: str) -> tuple[str, tuple[str, ...]]:
    """The text of `html`, and the web addresses that it links to."""
    html = _without_comments(html[:LONGEST])
    words: list[str] = []
    found: dict[str, None] = {}
    place = 0
    while (tag := _TAG.search(html, place)) is not None:
        words.append(html[place : tag.start()])
        place = tag.end()
        name = (tag["name"] or "").lower()
        if _BLOCK.fullmatch(name):
            words.append("\n")
        elif name == "a" and len(found) < MOST_LINKS:
            found.update(_link(tag["rest"] or ""))
        elif _SILENT.fullmatch(name) and not tag["end"]:
            place = _after(name, html, place)
    words.append(html[place:])
    return _tidy(unescape("".join(words))), tuple(found)


def _without_comments(html: str) -> str:
    kept, place = [], 0
    while (begin := html.find("<!--", place)) >= 0:
        kept.append(html[place:begin])
        end = html.find("-->", begin)
        place = len(html) if end < 0 else end + 3
    return "".join(kept) + html[place:]


def _link(attributes: str) -> dict[str, None]:
    said = _HREF.search(attributes)
    link = links.real(unescape(said[1] or said[2] or said[3] or "")) if said else ""
    return {link: None} if link else {}


def _after(name: str, html: str, place: int) -> int:
    """Where the element `name` that is no text ends; one that never does takes the rest with it."""
    end = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(html, place)
    return end.start() if end else len(html)


def _tidy(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
