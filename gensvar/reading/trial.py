"""A query tried on posts: which meet it, which nearly do and why not, and what each exclusion takes away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick

from gensvar.reading import tree
from gensvar.reading.check import compiled
from gensvar.reading.folding import folded
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.keys import literals
from gensvar.reading.parts import exclusions, nears, together, without_exclusions
from gensvar.reading.post import Mark, Post
from gensvar.reading.query import parse
from gensvar.reading.tree import Item, Term, terms

SHORTEST = 3
"""Letters of a word that are looked for inside of other words; shorter ones stand everywhere."""
NEARBY = 5
"""Words that may lie between those of a phrase and still be meant as it."""

type Why = Literal["languages", "far", "order", "part", "inside"]


class Sample(NamedTuple):
    """A post to try a query on. `key` is the caller's."""

    key: int
    text: str
    title: str = ""
    author: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """A post that meets the query. `spans`: start and end in code points of the text; `how` see INTERFACES."""

    key: int
    spans: tuple[tuple[int, int], ...] = ()
    how: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """A post that does not meet the query and nearly does.

    `languages`: with the inflections of all languages it would. `far`: both sides of a NEAR are in it,
    too far apart. `order`: the words of the phrase `missing` are near each other in it, in another order or form.
    `part`: it has some of what must stand together and lacks `missing`. `inside`: what is
    looked for stands in it only within other words, or as another form; `text` is such a word.
    """

    key: int
    why: Why
    spans: tuple[tuple[int, int], ...] = ()
    missing: tuple[Item, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Excluded:
    """A post that only exclusions keep out: what they met in it, and their places among all of them."""

    met: Met
    by: tuple[int, ...]


@dataclass(slots=True)
class Taken:
    """What one NOT of the query takes away."""

    what: Item
    count: int = 0
    examples: list[Met] = field(default_factory=list)


@dataclass(slots=True)
class Tried:
    """What became of all posts; of each kind all are counted and the first few kept."""

    searched: int = 0
    hits: int = 0
    hit_examples: list[Met] = field(default_factory=list)
    excluded: int = 0
    taken: list[Taken] = field(default_factory=list)
    nears: int = 0
    near_examples: list[Near] = field(default_factory=list)
    gained: int = 0
    lost: int = 0
    lost_examples: list[Met] = field(default_factory=list)


class Trial:
    """One query, ready to be tried."""

    def __init__(self, query: str, languages: Sequence[str] = LANGUAGES) -> None:
        """Raises BadQuery when the query cannot be read."""
        whole, whose = parse(query), tuple(languages) or LANGUAGES
        plain = without_exclusions(whole)
        self.whole = compiled(whole, whose)
        self.plain = compiled(plain, whose)
        self.anywhere = compiled(whole, LANGUAGES) if set(whose) != set(LANGUAGES) else None
        self.exclusions = [(item, compiled(item, whose)) for item in dict.fromkeys(exclusions(whole))]
        self.together = [[(item, compiled(item, whose)) for item in way] for way in together(plain)]
        self.pairs = [(compiled(near.left, whose), compiled(near.right, whose)) for near in nears(plain)]
        self.phrases = [
            (term, compiled(term, whose), compiled(_loosely(term), whose))
            for term in dict.fromkeys(terms(plain))
            if term.how == "phrase"
        ]
        self.terms = [
            (term, compiled(term, whose)) for term in dict.fromkeys(terms(plain)) if _may_hide(term)
        ]
        self.literals = _literals(plain)

    def look(self, sample: Sample) -> Met | Excluded | Near | None:
        """What `sample` is to the query; None when it is far from it."""
        post = _post(sample)
        if not self._may_concern(post, sample.title):
            return None
        return self._met(sample, post) or self._excluded(sample.key, post) or self._near(sample.key, post)

    def met(self, sample: Sample) -> Met | None:
        """How `sample` meets the query, if it does. What stands only in the title has no span."""
        post = _post(sample)
        return self._met(sample, post) if self._may_concern(post, sample.title) else None

    def _may_concern(self, post: Post, title: str) -> bool:
        """Whether any word of the query stands in it at all: most posts need no more than this look."""
        if self.literals is None:
            return True
        found = self.literals.find_matches_as_indexes
        return bool(found(post.hay) or (title and found(folded(title))))

    def _met(self, sample: Sample, post: Post) -> Met | None:
        marks = self.whole(post)
        if marks is not None:
            return _met(sample.key, marks, post)
        if sample.title and (titled := self.whole(_post(sample, sample.title))) is not None:
            return Met(sample.key, (), _hows(titled))
        return None

    def _excluded(self, key: int, post: Post) -> Excluded | None:
        if not self.exclusions or self.plain(post) is None:
            return None
        found = [(place, check(post)) for place, (_, check) in enumerate(self.exclusions)]
        marks = [mark for _, some in found for mark in some or ()]
        return Excluded(_met(key, marks, post), tuple(place for place, some in found if some is not None))

    def _near(self, key: int, post: Post) -> Near | None:
        if self.anywhere and (marks := self.anywhere(post)) is not None:
            return Near(key, "languages", _spans(marks, post))
        return (
            self._far(key, post) or self._order(key, post) or self._part(key, post) or self._inside(key, post)
        )

    def _far(self, key: int, post: Post) -> Near | None:
        for left, right in self.pairs:
            if (ones := left(post)) and (twos := right(post)):
                return Near(key, "far", _spans([*ones, *twos], post))
        return None

    def _order(self, key: int, post: Post) -> Near | None:
        for phrase, check, loosely in self.phrases:
            if (marks := loosely(post)) and check(post) is None:
                return Near(key, "order", _spans(marks, post), (phrase,))
        return None

    def _part(self, key: int, post: Post) -> Near | None:
        best: Near | None = None
        for way in self.together:
            found = [(item, check(post)) for item, check in way]
            spans = _spans([mark for _, marks in found for mark in marks or ()], post)
            missing = tuple(item for item, marks in found if marks is None)
            if spans and missing and (best is None or len(missing) < len(best.missing)):
                best = Near(key, "part", spans, missing)
        return best

    def _inside(self, key: int, post: Post) -> Near | None:
        for term, check in self.terms:
            place = post.hay.find(term.text)
            if place >= 0 and check(post) is None:
                start, end = post.folded.place(place, place + len(term.text))
                return Near(
                    key, "inside", ((start, end),), text=_word_around(post.folded.original, start, end)
                )
        return None


def try_on(samples: Iterable[Sample], trial: Trial, before: Trial | None = None, *, shown: int = 20) -> Tried:
    """What `trial` makes of `samples`, next to what the watch was `before`; `shown` examples of each kind."""
    tried = Tried(taken=[Taken(item) for item, _ in trial.exclusions])
    for sample in samples:
        tried.searched += 1
        found = trial.look(sample)
        _compare(tried, sample, isinstance(found, Met), before, shown)
        if isinstance(found, Met):
            tried.hits += 1
            _keep(tried.hit_examples, found, shown)
        elif isinstance(found, Near):
            tried.nears += 1
            _keep(tried.near_examples, found, shown)
        elif found:
            _count_taken(tried, found, shown)
    return tried


def _count_taken(tried: Tried, found: Excluded, shown: int) -> None:
    tried.excluded += 1
    for place in found.by:
        tried.taken[place].count += 1
        _keep(tried.taken[place].examples, found.met, shown)


def _compare(tried: Tried, sample: Sample, is_met: bool, before: Trial | None, shown: int) -> None:
    if before is None:
        return
    was = before.met(sample)
    if is_met and not was:
        tried.gained += 1
    elif was and not is_met:
        tried.lost += 1
        _keep(tried.lost_examples, was, shown)


def _keep[T](examples: list[T], one: T, shown: int) -> None:
    if len(examples) < shown:
        examples.append(one)


def _literals(plain: Item) -> AhoCorasick | None:
    """Texts of which one stands in every post that the query could concern; None: it may be any post."""
    found = list(terms(plain))
    if any(term.how in ("from", "lang") for term in found):
        return None
    texts = {key for term in found for key in literals(term, LANGUAGES)} | {term.text for term in found}
    return AhoCorasick(list(texts))


def _loosely(phrase: Term) -> Item:
    """The words of `phrase` in any form and order, near each other."""
    words: list[Item] = [Term("word", word) for word in phrase.text.split(" ")]
    return reduce(lambda one, two: tree.Near(one, two, NEARBY), words)


def _may_hide(term: Term) -> bool:
    """Whether it is worth telling that the term stands within something else."""
    return term.how not in ("from", "lang") and len(term.text) >= SHORTEST


def _post(sample: Sample, text: str | None = None) -> Post:
    return Post(sample.text if text is None else text, author=sample.author, language=sample.language)


def _met(key: int, marks: list[Mark], post: Post) -> Met:
    return Met(key, _spans(marks, post), _hows(marks))


def _hows(marks: list[Mark]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark.how for mark in sorted(marks)))


def _spans(marks: list[Mark], post: Post) -> tuple[tuple[int, int], ...]:
    placed = sorted({(mark.start, mark.end) for mark in marks if mark.end > mark.start})
    return tuple(post.folded.place(start, end) for start, end in placed)


def _word_around(text: str, start: int, end: int) -> str:
    """What stands without a space around `start` … `end`, bounded."""
    while start > 0 and not text[start - 1].isspace() and end - start < 60:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - start < 60:
        end += 1
    return text[start:end]
