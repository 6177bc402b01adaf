"""The query language again, as plainly as it can be said: every place of the text, every item, no index.

It shares the tree and the tables of endings with the matcher, and nothing of how places are found or how
what follows a name is taken apart. One `Reading` is asked about many queries and remembers each term.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from gensvar.reading.endings import dutch, english, finnish, german, north
from gensvar.reading.endings.compounds import is_compound
from gensvar.reading.endings.friends import false_friends
from gensvar.reading.tree import Group, Item, Near, Term

type Places = set[tuple[int, int, str]]

STRAIGHT = str.maketrans("’ʼ‐‑", "''--")


@dataclass(frozen=True)
class Said:
    """A post; `text` is folded already (ASCII in small letters, or letters that fold to themselves)."""

    text: str
    author: str = ""
    language: str = ""
    addressed: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


class Reading:
    """One post, asked about in some languages."""

    def __init__(self, said: Said, languages: tuple[str, ...]) -> None:
        self.said, self.text, self.languages = said, said.text, languages
        self.free = list(_free(said.text))
        self.begins = [_begins_a_word(said.text, place) for place in range(len(said.text) + 1)]
        self.found: dict[Term, Places | None] = {}

    def meets(self, item: Item) -> Places | None:
        """Where `item` is met; None when it is not."""
        if isinstance(item, Near):
            return self._near(item)
        if isinstance(item, Group):
            if any(self.meets(each) is not None for each in item.without):
                return None
            return self._ways(item)
        if item not in self.found:
            self.found[item] = self._term(item)
        return self.found[item]

    def _ways(self, group: Group) -> Places | None:
        met: Places | None = None
        for way in group.ways:
            found = [self.meets(item) for item in way]
            if None not in found:
                met = (met or set()).union(*(each for each in found if each))
        return met

    def _near(self, near: Near) -> Places | None:
        pairs: Places = set()
        for one in self.meets(near.left) or ():
            for two in self.meets(near.right) or ():
                first, second = sorted((one, two))
                if (
                    first[1] > first[0]
                    and first[1] <= second[0]
                    and second[1] > second[0]
                    and sum(self.begins[first[1] : second[0] + 1]) <= near.words
                ):
                    pairs |= {one, two}
        return pairs or None

    def _term(self, term: Term) -> Places | None:
        said, text = self.said, self.text
        if term.how == "from":
            return set() if said.author == term.text else None
        if term.how == "lang":
            return set() if said.language == term.text else None
        if term.how == "url":
            outside = any(_sites(term.text, link) for link in said.links)
            return _sites(term.text, text) or ({(0, 0, "url")} if outside else None)
        if term.how == "handle":
            outside = term.text in said.addressed
            return _handles(term.text, text) or ({(0, 0, "handle")} if outside else None)
        if term.how == "tag":
            return _tags(term.text, text) or None
        if term.how == "phrase":
            return self._phrases(term.text.split()) or None
        looked_for = _LOOKED_FOR[term.how]
        found: Places = set()
        for place in self.free:
            length, how = looked_for(term.text, _chunk(text, place), self.languages)
            if how:
                found.add((place, place + length, how))
        return found or None

    def _phrases(self, words: list[str]) -> Places:
        found: Places = set()
        for start in self.free:
            place = start
            for word in words[:-1]:
                if place < 0 or not self.text.startswith(word, place):
                    place = -1
                    break
                place = _over_gap(self.text, place + len(word))
            if place >= 0:
                length, how = _first_form(words[-1], _chunk(self.text, place), self.languages)
                if how:
                    found.add((start, place + length, "phrase"))
        return found


def meets(item: Item, said: Said, languages: tuple[str, ...]) -> Places | None:
    """Where `item` is met in `said`; None when it is not."""
    return Reading(said, languages).meets(item)


def _is_letter(text: str, place: int) -> bool:
    return 0 <= place < len(text) and (text[place].isalnum() or text[place] == "_")


def _begins_a_word(text: str, place: int) -> bool:
    if not _is_letter(text, place):
        return False
    if place == 0 or _is_letter(text, place - 1):
        return place == 0
    return not (text[place - 1] in ":'’ʼ.-‐‑" and _is_letter(text, place - 2))


def _free(text: str) -> Iterator[int]:
    """Where a word may begin: not within a word, a hashtag's beginning or a handle."""
    in_handle = False
    for place, letter in enumerate(text):
        before = text[place - 1] if place else " "
        if not (_is_letter(text, place - 1) or before in "#@" or in_handle):
            yield place
        in_handle = letter == "@" or (in_handle and (_is_letter(text, place) or letter in ".-"))


def _chunk(text: str, place: int) -> str:
    """What stands from `place` to the next space."""
    return text[place:].split(maxsplit=1)[0] if text[place : place + 1].strip() else ""


def _tail(chunk: str, place: int) -> str:
    """The letters and joined parts (`-app`, `:n`, at most eight) that follow `place`."""
    end, joins = place, 0
    while _is_letter(chunk, end) or (
        end < len(chunk) and chunk[end] in ":'’ʼ-‐‑" and _is_letter(chunk, end + 1) and joins < 8
    ):
        joins += not _is_letter(chunk, end)
        end += 1
    return chunk[place:end]


@lru_cache(maxsize=5000)
def _stems(word: str, languages: tuple[str, ...]) -> list[tuple[str, frozenset[str]]]:
    """The word with its endings in all the languages, then what it changes into."""
    found: dict[str, frozenset[str]] = {word: frozenset()}
    for language in languages:
        pairs = (
            north.stems(word, language)
            if language in ("sv", "no", "da")
            else {"fi": finnish, "nl": dutch, "de": german, "en": english}[language].stems(word)
        )
        for stem, endings in pairs:
            found[stem] = found.get(stem, frozenset()) | endings
    return list(found.items())


@lru_cache(maxsize=200_000)
def _form(word: str, chunk: str, languages: tuple[str, ...]) -> tuple[int, str]:
    """How much of `chunk` is the longest form of `word`, and how it is one; how is empty for none."""
    return max(_forms(word, chunk, languages), default=(0, ""), key=lambda form: form[0])


@lru_cache(maxsize=200_000)
def _first_form(word: str, chunk: str, languages: tuple[str, ...]) -> tuple[int, str]:
    return next(_forms(word, chunk, languages), (0, ""))


def _forms(word: str, chunk: str, languages: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for stem, endings in _stems(word, languages):
        if chunk.startswith(stem):
            length, how = _ending(word, stem, endings, _tail(chunk, len(stem)), languages)
            if how:
                yield len(stem) + length, how


def _ending(
    word: str, stem: str, endings: frozenset[str], tail: str, languages: tuple[str, ...]
) -> tuple[int, str]:
    """How much of `tail` makes a form of the word together with `stem`, and how."""
    end = 0
    while _is_letter(tail, end):
        end += 1
    letters, joined = tail[:end], tail[end:].translate(STRAIGHT)
    if letters:
        how = _letters(word, stem, endings, letters, languages)
        if joined.startswith("'"):
            return 0, ""
        return (len(tail), how and "compound") if joined.startswith("-") else (end, how)
    if stem != word:
        return 0, ""
    if joined.startswith("-"):
        return len(tail), "compound"
    if joined in endings:
        return len(tail), "inflected"
    return 0, "" if joined.startswith("'") else "exact"


def _letters(word: str, stem: str, endings: frozenset[str], letters: str, languages: tuple[str, ...]) -> str:
    if any((stem + letters).startswith(other) for other in false_friends(word)):
        return ""
    if letters in endings:
        return "inflected"
    return "compound" if stem == word and is_compound(word, letters, languages) else ""


def _itself(word: str, chunk: str, languages: tuple[str, ...]) -> tuple[int, str]:
    """The word, when `chunk` has it without an ending."""
    length, how = _form_of_itself(word, chunk, languages)
    return (len(word), "exact") if how == "exact" and length == 0 else (0, "")


@lru_cache(maxsize=200_000)
def _beginning(word: str, chunk: str, languages: tuple[str, ...]) -> tuple[int, str]:
    """The word with whatever follows it."""
    if not chunk.startswith(word):
        return 0, ""
    length, how = _form_of_itself(word, chunk, languages)
    return len(word) + (length if how else len(_tail(chunk, len(word)))), how or "compound"


@lru_cache(maxsize=200_000)
def _form_of_itself(word: str, chunk: str, languages: tuple[str, ...]) -> tuple[int, str]:
    if not chunk.startswith(word):
        return 0, ""
    return _ending(word, *_stems(word, languages)[0], _tail(chunk, len(word)), languages)


_LOOKED_FOR: dict[str, Callable[[str, str, tuple[str, ...]], tuple[int, str]]] = {
    "word": _form,
    "exact": _itself,
    "prefix": _beginning,
}


def _over_gap(text: str, place: int) -> int:
    """Behind the signs at `place`; -1 when there are none."""
    end = place
    while end < len(text) and not _is_letter(text, end) and text[end] not in "#@":
        end += 1
    return end if end > place else -1


def _tags(tag: str, text: str) -> Places:
    return {
        (place, place + 1 + len(tag), "hashtag")
        for place in range(len(text))
        if text.startswith("#" + tag, place)
        and not _is_letter(text, place - 1)
        and not _is_letter(text, place + 1 + len(tag))
    }


def _handles(handle: str, text: str) -> Places:
    found: Places = set()
    for place in range(len(text)):
        end = place + 1 + len(handle)
        if text.startswith("@" + handle, place) and not _is_letter(text, place - 1):
            rest = text[end:].lstrip(".-")
            if not (rest and _is_letter(rest, 0)):
                found.add((place, end, "handle"))
    return found


def _sites(site: str, text: str) -> Places:
    found: Places = set()
    for place in range(len(text)):
        end = place + len(site)
        if not text.startswith(site, place) or _is_letter(text, place - 1):
            continue
        after = text[end : end + 1]
        if _is_letter(text, end) or after in ("-", "@") or (after == "." and _is_letter(text, end + 1)):
            continue
        if _begins_an_address(text[:place]):
            found.add((place, end, "url"))
    return found


def _begins_an_address(before: str) -> bool:
    """Whether what ends here is nothing but the labels of one host, at the beginning of an address."""
    while before.endswith("."):
        label = before[:-1]
        cut = len(label)
        while cut and (_is_letter(label, cut - 1) or label[cut - 1] == "-"):
            cut -= 1
        if cut == len(label):
            break
        before = label[:cut]
    if before.endswith("//"):
        return before == "//" or before.endswith("://")
    return not before or not (_is_letter(before, len(before) - 1) or before[-1] in "@/=?&#%\\-.")
