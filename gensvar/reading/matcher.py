"""Which watches a post meets, and where: one automaton over their rarest words, then the exact check."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from ahocorasick_rs import AhoCorasick

from gensvar.reading import check
from gensvar.reading.folding import Folded, fold_in_place
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.keys import Key, rarest
from gensvar.reading.post import Mark, Post
from gensvar.reading.query import parse
from gensvar.reading.tree import Group


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
        self._trees: dict[int, tuple[Group, tuple[str, ...]]] = {}
        self._checks: dict[int, check.Check] = {}
        watches: dict[Key, list[int]] = {}
        for watch, text in queries.items():
            tree, whose = parse(text), tuple((languages or {}).get(watch) or LANGUAGES)
            self._trees[watch] = tree, whose
            for key in rarest(tree, whose):
                watches.setdefault(key, []).append(watch)
        texts = [key for key in watches if key.kind == "text"]
        self._by_text = [tuple(watches[key]) for key in texts]
        self._by_field = {key: tuple(ids) for key, ids in watches.items() if key.kind != "text"}
        self._automaton = AhoCorasick([key.text for key in texts]) if texts else None

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
        hay = fold_in_place(text)
        if hay is not None and not (links or addressed or self._by_field):
            # Most posts meet nothing: this road makes no object for them.
            watches = self._named_in(hay)
            if not watches:
                return []
            post = Post(text, author=author, language=language, ready=Folded(hay, text))
            return self._checked(watches, post)
        post = Post(text, addressed=addressed, links=links, author=author, language=language)
        return self._checked(self._candidates(post), post)

    def _checked(self, watches: set[int], post: Post) -> list[Hit]:
        found = ((watch, self._check(watch)(post)) for watch in sorted(watches))
        return [_hit(watch, marks, post.folded) for watch, marks in found if marks is not None]

    def _check(self, watch: int) -> check.Check:
        """Made when it is first needed, so that many watches are ready soon."""
        made = self._checks.get(watch)
        if made is None:
            made = self._checks[watch] = check.compiled(*self._trees[watch])
        return made

    def _candidates(self, post: Post) -> set[int]:
        watches = self._named_in(
            "\n".join((post.hay, *post.links, *("@" + each for each in post.addressed)))
            if post.links or post.addressed
            else post.hay
        )
        watches.update(self._by_field.get(Key("from", post.author), ()))
        watches.update(self._by_field.get(Key("lang", post.language), ()))
        return watches

    def _named_in(self, hay: str) -> set[int]:
        """The watches of which a key begins a word of `hay`."""
        watches: set[int] = set()
        if self._automaton is None:
            return watches
        for index, start, _ in self._automaton.find_matches_as_indexes(hay, overlapping=True):
            if start == 0 or not (hay[start - 1].isalnum() or hay[start - 1] == "_"):
                watches.update(self._by_text[index])
        return watches


def _hit(watch: int, marks: list[Mark], folded: Folded) -> Hit:
    spans = tuple(_span(mark, folded) for mark in sorted(set(marks)))
    return Hit(watch, spans, any(span.how in ("handle", "hashtag") for span in spans))


def _span(mark: Mark, folded: Folded) -> Span:
    if mark.end == mark.start:
        return Span(0, 0, "", mark.how)
    start, end = folded.place(mark.start, mark.end)
    return Span(start, end, folded.original[start:end], mark.how)
