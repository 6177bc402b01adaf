"""Which watches a post meets, and where: one automaton over their rarest words, then the exact check."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from gensvar.reading import check
from gensvar.reading.folding import Folded
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.keys import Key, rarest
from gensvar.reading.literals import Literals
from gensvar.reading.post import Mark, Post
from gensvar.reading.query import parse


class Span(msgspec.Struct, frozen=True):
    """Where a watch was met, in code points of the text, and how (see INTERFACES: `how`)."""

    start: int
    end: int
    text: str
    how: str


class Hit(msgspec.Struct, frozen=True):
    """One watch that a post meets. `tagged`: the brand's handle or hashtag is in the post."""

    watch: int
    spans: tuple[Span, ...]
    tagged: bool


class Matcher:
    """All watches of the desk, ready to be asked about one post after the other."""

    def __init__(
        self, queries: Mapping[int, str], languages: Mapping[int, Sequence[str]] | None = None
    ) -> None:
        """`queries`: readable query text by watch id; `languages`: whose inflections count, else all."""
        self._queries = {watch: (text, _whose(languages, watch)) for watch, text in queries.items()}
        self._checks: dict[int, check.Check] = {}
        watches: dict[Key, list[int]] = {}
        for watch, (text, whose) in self._queries.items():
            for key in rarest(parse(text), whose):
                watches.setdefault(key, []).append(watch)
        self._named_in = Literals(
            {key.text: ids for key, ids in watches.items() if key.kind == "text"}
        ).named_in
        self._by_field = {key: tuple(ids) for key, ids in watches.items() if key.kind != "text"}

    def match(
        self,
        text: str,
        *,
        addressed: Iterable[str] = (),
        links: Iterable[str] = (),
        author: str = "",
        language: str = "",
    ) -> list[Hit]:
        """The watches that this post meets, in the order of their ids. See `Post` for what is what."""
        watches = self._named_in(text)
        if not (watches or addressed or links or self._by_field):
            return []  # most posts meet nothing: this road makes no object for them
        post = Post(text, addressed=addressed, links=links, author=author, language=language)
        if addressed or links or self._by_field:
            watches = {*watches, *self._around(post)}
        found = ((watch, self._check(watch)(post)) for watch in sorted(watches))
        return [_hit(watch, marks, post.folded) for watch, marks in found if marks is not None]

    def _around(self, post: Post) -> Iterator[int]:
        """The watches of which a key stands beside the text."""
        yield from self._named_in("\n".join((*post.links, *("@" + each for each in post.addressed))))
        yield from self._by_field.get(Key("from", post.author), ())
        yield from self._by_field.get(Key("lang", post.language), ())

    def _check(self, watch: int) -> check.Check:
        """Made when it is first needed, so that many watches are ready soon."""
        made = self._checks.get(watch)
        if made is None:
            text, whose = self._queries[watch]
            made = self._checks[watch] = check.compiled(parse(text), whose)
        return made


_TAGS = frozenset(("handle", "hashtag"))


def _hit(watch: int, marks: list[Mark], folded: Folded) -> Hit:
    spans = tuple([_span(mark, folded) for mark in (sorted(set(marks)) if len(marks) > 1 else marks)])
    return Hit(watch, spans, any(span.how in _TAGS for span in spans))


def _span(mark: Mark, folded: Folded) -> Span:
    if mark.end == mark.start:
        return Span(0, 0, "", mark.how)
    start, end = folded.place(mark.start, mark.end)
    return Span(start, end, folded.original[start:end], mark.how)


def _whose(languages: Mapping[int, Sequence[str]] | None, watch: int) -> tuple[str, ...]:
    return tuple(languages.get(watch) or LANGUAGES) if languages else LANGUAGES
