"""Which watches a post meets, and where: one automaton over all their words, then the exact check."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from gensvar.reading.query import Group, Term, literals, parse

_WORD = re.compile(r"\w+(?:[:'’.\-]\w+)*")
_LONGEST_ENDING = 5
"""Letters that an inflection adds at most; what is longer is called a compound."""
_SHORT = 3
"""Words up to this length take endings only behind a mark (SJ:n, KPN'er), else `SJ` would find `sjö`."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a watch was met, in code points of the text, and how (see INTERFACES: `how`)."""

    start: int
    end: int
    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One watch that a post meets. `tagged`: the brand's handle or hashtag is in the post."""

    watch: int
    spans: tuple[Span, ...]
    tagged: bool


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    words: tuple[tuple[int, int, str], ...]
    addressed: frozenset[str]
    links: tuple[str, ...]


class Matcher:
    """All watches of the desk, ready to be asked about one post after the other."""

    def __init__(self, queries: Mapping[int, str]) -> None:
        """`queries`: query text by watch id; each must be readable (`query.parse`)."""
        self._trees = {watch: parse(text) for watch, text in queries.items()}
        self._watches: list[set[int]] = []
        index: dict[str, int] = {}
        for watch, tree in self._trees.items():
            for literal in literals(tree):
                key = literal.split(" ", maxsplit=1)[0]
                place = index.setdefault(key, len(index))
                if place == len(self._watches):
                    self._watches.append(set())
                self._watches[place].add(watch)
        self._automaton = AhoCorasick(list(index)) if index else None

    def match(self, text: str, *, addressed: Iterable[str] = (), links: Iterable[str] = ()) -> list[Hit]:
        """The watches that a post with this text, these addressees and these links meets."""
        if self._automaton is None:
            return []
        addressed, links = frozenset(each.casefold() for each in addressed), tuple(links)
        hay = "\n".join((text, *links, *addressed)).casefold()
        found = self._automaton.find_matches_as_indexes(hay, overlapping=True)
        watches = sorted({watch for match in found for watch in self._watches[match[0]]})
        if not watches:
            return []
        words = tuple((m.start(), m.end(), m.group().casefold()) for m in _WORD.finditer(text))
        read = _Text(text, words, addressed, links)
        hits = ((watch, _group(self._trees[watch], read)) for watch in watches)
        return [_hit(watch, spans) for watch, spans in hits if spans is not None]


def _hit(watch: int, spans: list[Span]) -> Hit:
    ordered = tuple(sorted(set(spans), key=lambda span: (span.start, span.end)))
    return Hit(watch, ordered, any(span.how in ("handle", "hashtag") for span in ordered))


def _group(group: Group, read: _Text) -> list[Span] | None:
    if any(_item(item, read) for item in group.without):
        return None
    found: list[Span] = []
    met = False
    for way in group.ways:
        parts = [_item(item, read) for item in way]
        if all(part is not None for part in parts):
            met = True
            found += [span for part in parts for span in part or ()]
    return found if met else None


def _item(item: Term | Group, read: _Text) -> list[Span] | None:
    if isinstance(item, Group):
        return _group(item, read)
    spans = list(_FINDERS[item.how](item.text, read))
    return spans or None


def _span(read: _Text, start: int, end: int, how: str) -> Span:
    return Span(start, end, read.text[start:end], how)


def _word(wanted: str, read: _Text) -> Iterable[Span]:
    for start, end, word in read.words:
        how = _how(word, wanted)
        if how and (start == 0 or read.text[start - 1] not in "#@"):
            yield _span(read, start, end, how)


def _how(word: str, wanted: str) -> str:
    if not word.startswith(wanted):
        return ""
    ending = word[len(wanted) :]
    if not ending:
        return "exact"
    if ending[0] in ":'’-.":
        return "inflected" if len(ending) <= _LONGEST_ENDING + 1 and ending[0] != "-" else "compound"
    if len(wanted) <= _SHORT:
        return ""
    return "inflected" if len(ending) <= _LONGEST_ENDING else "compound"


def _exact(wanted: str, read: _Text) -> Iterable[Span]:
    return (_span(read, start, end, "exact") for start, end, word in read.words if word == wanted)


def _prefix(wanted: str, read: _Text) -> Iterable[Span]:
    return (
        _span(read, start, end, "inflected") for start, end, word in read.words if word.startswith(wanted)
    )


def _phrase(wanted: str, read: _Text) -> Iterable[Span]:
    parts = wanted.split(" ")
    for place in range(len(read.words) - len(parts) + 1):
        run = read.words[place : place + len(parts)]
        if all(have[2] == want for have, want in zip(run[:-1], parts[:-1], strict=True)) and _how(
            run[-1][2], parts[-1]
        ):
            yield _span(read, run[0][0], run[-1][1], "phrase")


def _signed(sign: str, how: str, wanted: str, read: _Text) -> Iterable[Span]:
    for found in re.finditer(rf"{sign}{re.escape(wanted)}(?![\w])", read.text, re.IGNORECASE):
        yield _span(read, found.start(), found.end(), how)


def _handle(wanted: str, read: _Text) -> Iterable[Span]:
    spans = list(_signed("@", "handle", wanted, read))
    return spans or ([Span(0, 0, "", "handle")] if wanted in read.addressed else [])


def _url(wanted: str, read: _Text) -> Iterable[Span]:
    site = re.compile(rf"(?i)(?:^|//|[\s(.]){re.escape(wanted)}(?=$|[/?#\s),])")
    spans = [_span(read, found.end() - len(wanted), found.end(), "url") for found in site.finditer(read.text)]
    return spans or ([Span(0, 0, "", "url")] if any(site.search(link) for link in read.links) else [])


_FINDERS = {
    "word": _word,
    "exact": _exact,
    "prefix": _prefix,
    "phrase": _phrase,
    "tag": lambda wanted, read: _signed("#", "hashtag", wanted, read),
    "handle": _handle,
    "url": _url,
}
