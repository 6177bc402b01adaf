"""How each kind of term is looked for in a post: the exact check behind the matcher's candidates."""

import re
from collections.abc import Callable, Iterator

from gensvar.reading.forms import TAIL, Stem, forms
from gensvar.reading.post import Mark, Post
from gensvar.reading.tree import Term

type Found = list[Mark] | None
"""None: not met. Empty: met, but not by words (who wrote it, its language)."""
type Finder = Callable[[Post], Found]

_IN_HANDLE = re.compile(r"@[\w.\-]*\Z")
_AFTER_HANDLE = re.compile(r"\w|[.\-]+\w")
_AFTER_SITE = re.compile(r"[\w\-@]|\.\w")
_HOST = re.compile(r"(?:[\w\-]+\.)*\Z")
_NO_SITE_AFTER = frozenset("@/=?&#%\\_-.")
_GAP = re.compile(r"[^\w#@]+")
_LONGEST_HANDLE = 260


def finder(term: Term, languages: tuple[str, ...]) -> Finder:
    """How `term` is looked for; `languages`: whose inflections count."""
    if term.how == "phrase":
        return _phrase(term.text.split(" "), languages)
    if term.how in ("word", "exact", "prefix"):
        stems = forms(term.text, languages)
        return {"word": _word, "exact": _exact, "prefix": _prefix}[term.how](stems)
    return {"tag": _tag, "handle": _handle, "url": _url, "from": _from, "lang": _lang}[term.how](term.text)


def _places(hay: str, text: str) -> list[int]:
    """Where `text` begins in `hay` and no letter or digit stands before it."""
    places: list[int] = []
    place = hay.find(text)
    while place >= 0:
        if place == 0 or not (hay[place - 1].isalnum() or hay[place - 1] == "_"):
            places.append(place)
        place = hay.find(text, place + 1)
    return places


def _word_places(hay: str, text: str) -> list[int]:
    """Where `text` begins a word that is no hashtag and no part of somebody's handle."""
    return [place for place in _places(hay, text) if place == 0 or not _belongs(hay, place)]


def _belongs(hay: str, place: int) -> bool:
    """Whether what begins at `place` is a hashtag or a part of somebody's handle."""
    before = hay[place - 1]
    if before in ".-":
        return _IN_HANDLE.search(hay, max(0, place - _LONGEST_HANDLE), place) is not None
    return before in "#@"


def _form_at(hay: str, place: int, stem: Stem) -> Mark | None:
    end = place + len(stem.text)
    tail = TAIL.match(hay, end)
    assert tail is not None
    how, length = stem.ends(tail.group())
    return Mark(place, end + length, how) if how else None


def _word(stems: tuple[Stem, ...]) -> Finder:
    beginning = _shared([stem.text for stem in stems])

    def find(post: Post) -> Found:
        if beginning not in post.hay:
            return None
        marks = [longest_form(post.hay, place, stems) for place in _word_places(post.hay, beginning)]
        return [mark for mark in marks if mark] or None

    return find


def _shared(texts: list[str]) -> str:
    """The beginning that all of them have."""
    first, last = min(texts), max(texts)
    pairs = enumerate(zip(first, last, strict=False))
    return first[: next((place for place, (one, two) in pairs if one != two), len(first))]


def longest_form(hay: str, place: int, stems: tuple[Stem, ...]) -> Mark | None:
    """The mark of the longest form at `place`; of two as long, that of the stem named first."""
    longest = None
    for stem in stems:
        mark = _form_at(hay, place, stem) if hay.startswith(stem.text, place) else None
        if mark and (longest is None or longest.end < mark.end):
            longest = mark
    return longest


def _exact(stems: tuple[Stem, ...]) -> Finder:
    word = stems[0]

    def find(post: Post) -> Found:
        marks = (_form_at(post.hay, place, word) for place in _word_places(post.hay, word.text))
        return [mark for mark in marks if mark and mark.how == "exact"] or None

    return find


def _prefix(stems: tuple[Stem, ...]) -> Finder:
    word = stems[0]

    def find(post: Post) -> Found:
        marks = []
        for place in _word_places(post.hay, word.text):
            end = place + len(word.text)
            tail = TAIL.match(post.hay, end)
            assert tail is not None
            how, length = word.ends(tail.group())
            marks.append(Mark(place, end + (length if how else len(tail.group())), how or "compound"))
        return marks or None

    return find


def _phrase(words: list[str], languages: tuple[str, ...]) -> Finder:
    lasts = forms(words[-1], languages)

    def find(post: Post) -> Found:
        marks = []
        for place in _word_places(post.hay, words[0]):
            start = _behind(post.hay, place, words[:-1])
            if start is None:
                continue
            for stem in lasts:
                if post.hay.startswith(stem.text, start) and (last := _form_at(post.hay, start, stem)):
                    marks.append(Mark(place, last.end, "phrase"))
                    break
        return marks or None

    return find


def _behind(hay: str, place: int, words: list[str]) -> int | None:
    """Where what follows `words` begins, when they stand at `place`."""
    for word in words:
        if not hay.startswith(word, place):
            return None
        gap = _GAP.match(hay, place + len(word))
        if gap is None:
            return None
        place = gap.end()
    return place


def _tag(text: str) -> Finder:
    sign = "#" + text

    def find(post: Post) -> Found:
        if sign not in post.hay:
            return None
        hay, long = post.hay, len(sign)
        ends = ((place, place + long) for place in _places(hay, sign))
        return [
            Mark(start, end, "hashtag")
            for start, end in ends
            if end == len(hay) or not (hay[end].isalnum() or hay[end] == "_")
        ] or None

    return find


def _handle(text: str) -> Finder:
    sign = "@" + text

    def find(post: Post) -> Found:
        ends = [place + len(sign) for place in _places(post.hay, sign)]
        marks = [
            Mark(end - len(sign), end, "handle") for end in ends if not _AFTER_HANDLE.match(post.hay, end)
        ]
        return marks or ([Mark(0, 0, "handle")] if text in post.addressed else None)

    return find


def _sites(hay: str, site: str) -> Iterator[Mark]:
    """Where `site`, or a site below it, stands as the host of an address."""
    for place in _places(hay, site):
        end = place + len(site)
        if _AFTER_SITE.match(hay, end):
            continue
        host = _HOST.search(hay, max(0, place - _LONGEST_HANDLE), place)
        assert host is not None
        start = host.start()
        if (
            start == 0
            or not (hay[start - 1] in _NO_SITE_AFTER or hay[start - 1].isalnum())
            or (hay[start - 2 : start] == "//" and (start == 2 or hay[start - 3] == ":"))
        ):
            yield Mark(place, end, "url")


def _url(site: str) -> Finder:
    def find(post: Post) -> Found:
        marks = list(_sites(post.hay, site)) if site in post.hay else None
        if marks:
            return marks
        if not post.links:
            return None
        return [Mark(0, 0, "url")] if any(any(_sites(link, site)) for link in post.links) else None

    return find


def _from(handle: str) -> Finder:
    return lambda post: [] if post.author == handle else None


def _lang(language: str) -> Finder:
    return lambda post: [] if post.language == language else None
