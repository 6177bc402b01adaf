"""A query in the reader's words: what it finds as lists and as one sentence, and where it goes wrong."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gensvar.kernel.text import showable
from gensvar.people.language import said
from gensvar.reading.explain import Piece, explain
from gensvar.reading.folding import folded
from gensvar.reading.mends import mend
from gensvar.reading.query import BadQuery, parse
from gensvar.reading.tree import Group, Item, Near, Term

SENTENCES: dict[str, Promise] = {
    "any": gettext_lazy("Any of these:"),
    "all": gettext_lazy("All of these together:"),
    "without": gettext_lazy("But not posts with any of these:"),
    "word": gettext_lazy("“%(text)s”, its inflected forms and compounds that begin with it"),
    "exact": gettext_lazy("“%(text)s” in this form only"),
    "prefix": gettext_lazy("words that begin with “%(text)s”"),
    "phrase": gettext_lazy("the words “%(text)s” in this order; the last may be inflected"),
    "tag": gettext_lazy("the hashtag #%(text)s"),
    "handle": gettext_lazy("the handle @%(text)s"),
    "url": gettext_lazy("links to %(text)s and below it"),
    "from": gettext_lazy("posts written by @%(text)s"),
    "lang": gettext_lazy("posts in the language %(text)s"),
}
"""What `reading.explain` says, for people of all languages; `near` needs a number and stands below."""

SHORT: dict[str, Promise] = {
    "word": gettext_lazy("“%(text)s”"),
    "exact": gettext_lazy("“%(text)s” in this form only"),
    "prefix": gettext_lazy("“%(text)s…”"),
    "phrase": gettext_lazy("“%(text)s”"),
    "tag": gettext_lazy("#%(text)s"),
    "handle": gettext_lazy("@%(text)s"),
    "url": gettext_lazy("links to %(text)s"),
    "from": gettext_lazy("posts by @%(text)s"),
    "lang": gettext_lazy("posts in %(text)s"),
}
"""The same within a sentence."""

MOST_LINES = 60
"""Lines of an explanation; nobody reads more of them."""
AROUND = 36
"""Characters of a query that are shown on either side of a slip."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Where and why a query cannot be read: the query around the slip, cut, and the query put right."""

    why: str
    column: int
    before: str
    at: str
    after: str
    mended: str

    @property
    def caret(self) -> str:
        """A line that points from below at the slip."""
        return " " * len(self.before) + "▲"


class Words:
    """Says what a query finds, with its words spelled as they are in it."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.spelled: dict[str, str] = {}
        for word in re.findall(r"[^\W_][^\s()\"*]*", query):
            self.spelled.setdefault(folded(word), word)

    def explained(self) -> SafeString:
        """What the query finds, as lists within lists; BadQuery when it cannot be read."""
        pieces = explain(self.query)
        more = len(pieces) - MOST_LINES
        lists = self._lists(pieces[:MOST_LINES], 0, 0)[0]
        if more <= 0:
            return lists
        rest = ngettext("And %(n)s line more.", "And %(n)s lines more.", more) % {"n": more}
        return format_html("{}<p>{}</p>", lists, rest)

    def sentence(self, longest: int = 8) -> str:
        """What the query finds in one sentence that names at most `longest` things of each list."""
        try:
            return self._group(parse(self.query), longest)
        except BadQuery:  # kept by an older version that read it differently
            return ""

    def short(self, item: Item, longest: int = 8) -> str:
        """A part of the query, within a sentence."""
        if isinstance(item, Term):
            return str(SHORT[item.how]) % {"text": self._text(item.how, item.text)}
        if isinstance(item, Near):
            sides = {"one": self.short(item.left, longest), "other": self.short(item.right, longest)}
            return _("%(one)s near %(other)s") % sides
        return f"({self._group(item, longest)})"

    def _lists(self, pieces: Sequence[Piece], place: int, depth: int) -> tuple[SafeString, int]:
        """The list at `depth` that begins with the piece at `place`, and where it ended."""
        items = []
        while place < len(pieces) and pieces[place].depth == depth:
            words, place = self._said(pieces[place]), place + 1
            below = SafeString("")
            if place < len(pieces) and pieces[place].depth > depth:
                below, place = self._lists(pieces, place, depth + 1)
            items.append((words, below))
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}{}</li>", items)), place

    def _said(self, piece: Piece) -> str:
        if piece.kind == "near":
            words = ngettext("At most %(words)s word apart:", "At most %(words)s words apart:", piece.words)
            return words % {"words": piece.words}
        return str(SENTENCES[piece.kind]) % {"text": self._text(piece.kind, piece.text)}

    def _text(self, how: str, text: str) -> str:
        if how not in ("word", "exact", "prefix", "phrase"):
            return showable(text)
        return showable(" ".join(self.spelled.get(word, word) for word in text.split(" ")))

    def _group(self, group: Group, longest: int) -> str:
        found = _list([self._way(way, longest) for way in group.ways], longest, _("or"))
        if not group.without:
            return found
        without = _list([self.short(each, longest) for each in group.without], longest, _("or"))
        return _("%(found)s, but not with %(without)s") % {"found": found, "without": without}

    def _way(self, way: Sequence[Item], longest: int) -> str:
        first, *others = (self.short(each, longest) for each in way)
        if not others:
            return first
        return _("%(one)s together with %(others)s") % {
            "one": first,
            "others": _list(others, longest, _("and")),
        }


def _list(words: list[str], longest: int, join: str) -> str:
    if len(words) > longest:
        more = len(words) - longest
        words = [*words[:longest], ngettext("%(n)s more", "%(n)s more", more) % {"n": more}]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {join} {words[-1]}"


def slip(query: str, error: BadQuery) -> Slip:
    """Where `query` went wrong, ready to be shown."""
    place = min(max(error.column - 1, 0), len(query))
    end = place + 1
    while end < len(query) and not query[end].isspace() and end - place < AROUND:
        end += 1
    start = max(0, place - AROUND)
    return Slip(
        why=said(error.why),
        column=error.column,
        before=("…" if start else "") + _plain(query[start:place]),
        at=_plain(query[place:end]) or " ",
        after=_plain(query[end : end + AROUND]) + ("…" if len(query) > end + AROUND else ""),
        mended=mend(query) or "",
    )


def _plain(text: str) -> str:
    """One line in which every character keeps its place."""
    return "".join(" " if letter.isspace() else showable(letter) or "·" for letter in text)
