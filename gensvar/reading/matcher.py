"""Which watches a post meets, and where: one automaton over their rarest words, then the exact check."""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from gensvar.reading import check
from gensvar.reading.folding import Folded
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.keys import Key, rarest
from gensvar.reading.literals import Literals
from gensvar.reading.post import Mark, Post, first_part, handle
from gensvar.reading.query import BadQuery, Group, parse


class Span(msgspec.Struct, frozen=True, gc=False):
    """Where a watch was met, in code points of the text, and how (see INTERFACES: `how`)."""

    start: int
    end: int
    text: str
    how: str


class Hit(msgspec.Struct, frozen=True, gc=False):
    """One watch that a post meets. `tagged`: the brand's handle or hashtag is in the post."""

    watch: int
    spans: tuple[Span, ...]
    tagged: bool


type Watched = tuple[str, tuple[str, ...]]
"""The query of a watch, and whose inflections count."""


class Matcher:
    """Watches, ready to be asked about one post after the other."""

    def __init__(
        self,
        queries: Mapping[int, str],
        languages: Mapping[int, Sequence[str]] | None = None,
        trees: Mapping[int, Group] | None = None,
    ) -> None:
        """`queries`: query text by watch id; `languages`: whose inflections count, else all.

        `trees`: of queries that somebody has parsed already; they are not kept.
        What cannot be read meets nothing and stands in `unread`.
        """
        self.watches = {
            watch: _watched(text, (languages or {}).get(watch)) for watch, text in queries.items()
        }
        self.unread: dict[int, BadQuery] = {}
        self._checks: dict[int, check.Check] = {}
        texts: dict[str, list[int]] = {}
        fields: dict[Key, list[int]] = {}
        for watch in self.watches:
            for key in self._keys(watch, (trees or {}).get(watch)):
                if key.kind == "text":
                    texts.setdefault(key.text, []).append(watch)
                else:
                    fields.setdefault(key, []).append(watch)
        self._named_in = Literals(texts).named_in
        self._by_field = fields

    def _keys(self, watch: int, tree: Group | None) -> frozenset[Key]:
        text, languages = self.watches[watch]
        try:
            return rarest(tree or parse(text), languages)
        except BadQuery as error:
            self.unread[watch] = error
            return frozenset()

    def match(
        self,
        text: str,
        *,
        addressed: Collection[str] = (),
        links: Collection[str] = (),
        author: str = "",
        language: str = "",
    ) -> list[Hit]:
        """The watches that this post meets, in the order of their ids. See `Post` for what is what."""
        watches = self._named_in(text)
        if links or addressed:
            watches = watches | self._named_in("\n".join((*links, *("@" + each for each in addressed))))
        if self._by_field:
            watches = watches | self._written_by(author, language)
        if not watches:
            return []  # most posts meet nothing: this road makes no object for them
        post = Post(text, addressed=addressed, links=links, author=author, language=language)
        hits = []
        for watch in sorted(watches):
            marks = self._check(watch)(post)
            if marks is not None:
                hits.append(_hit(watch, marks, post.folded))
        return hits

    def _written_by(self, author: str, language: str) -> set[int]:
        """The watches of which the key is the author or the language."""
        found = self._by_field.get(Key("from", handle(author)), [])
        return {*found, *self._by_field.get(Key("lang", first_part(language)), [])}

    def _check(self, watch: int) -> check.Check:
        """Made when it is first needed, so that many watches are ready soon."""
        made = self._checks.get(watch)
        if made is None:
            text, languages = self.watches[watch]
            made = self._checks[watch] = check.compiled(parse(text), languages)
        return made


_TAGS = frozenset(("handle", "hashtag"))


def _hit(watch: int, marks: list[Mark], folded: Folded) -> Hit:
    if len(marks) > 1:
        marks = sorted(set(marks))
    spans = tuple([_span(mark, folded) for mark in marks])
    return Hit(watch, spans, not _TAGS.isdisjoint([mark.how for mark in marks]))


def _span(mark: Mark, folded: Folded) -> Span:
    start, end, how = mark
    if start == end:
        return Span(0, 0, "", how)
    start, end = folded.place(start, end)
    return Span(start, end, folded.original[start:end], how)


def _watched(query: str, languages: Sequence[str] | None) -> Watched:
    return query, tuple(languages) if languages else LANGUAGES
