"""The query language again, as plainly as it can be said: every place of the text, every item, no index.

It shares the tree and the tables of endings with the matcher, and nothing of how places are found.
"""

from dataclasses import dataclass

from gensvar.reading.forms import forms
from gensvar.reading.tree import Group, Item, Near, Term

type Places = set[tuple[int, int, str]]


@dataclass(frozen=True)
class Said:
    """A post; `text` is folded already (ASCII in small letters, or letters that fold to themselves)."""

    text: str
    author: str = ""
    language: str = ""
    addressed: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def meets(item: Item, said: Said, languages: tuple[str, ...]) -> Places | None:
    """Where `item` is met; None when it is not."""
    if isinstance(item, Term):
        return _term(item, said, languages)
    if isinstance(item, Near):
        return _near(item, said, languages)
    if any(meets(each, said, languages) is not None for each in item.without):
        return None
    return _ways(item, said, languages)


def _ways(group: Group, said: Said, languages: tuple[str, ...]) -> Places | None:
    met: Places | None = None
    for way in group.ways:
        found = [meets(item, said, languages) for item in way]
        if None not in found:
            met = (met or set()).union(*(each for each in found if each))
    return met


def _near(near: Near, said: Said, languages: tuple[str, ...]) -> Places | None:
    pairs: Places = set()
    for one in meets(near.left, said, languages) or ():
        for two in meets(near.right, said, languages) or ():
            first, second = sorted((one, two))
            if (
                first[1] > first[0]
                and first[1] <= second[0]
                and second[1] > second[0]
                and _word_starts(said.text, first[1], second[0]) <= near.words
            ):
                pairs |= {one, two}
    return pairs or None


def _word_starts(text: str, start: int, end: int) -> int:
    """Words that begin in text[start : end + 1]."""
    return sum(1 for place in range(start, end + 1) if _begins_a_word(text, place))


def _begins_a_word(text: str, place: int) -> bool:
    if not _is_letter(text, place):
        return False
    if place == 0 or _is_letter(text, place - 1):
        return place == 0
    return not (text[place - 1] in ":'’ʼ.-‐‑" and _is_letter(text, place - 2))


def _is_letter(text: str, place: int) -> bool:
    return 0 <= place < len(text) and (text[place].isalnum() or text[place] == "_")


def _term(term: Term, said: Said, languages: tuple[str, ...]) -> Places | None:
    if term.how == "from":
        return set() if said.author == term.text else None
    if term.how == "lang":
        return set() if said.language == term.text else None
    if term.how == "url" and not _sites(term.text, said.text):
        return {(0, 0, "url")} if any(_sites(term.text, link) for link in said.links) else None
    if term.how == "handle" and not _handles(term.text, said.text):
        return {(0, 0, "handle")} if term.text in said.addressed else None
    found: Places = {
        "url": lambda: _sites(term.text, said.text),
        "handle": lambda: _handles(term.text, said.text),
        "tag": lambda: _tags(term.text, said.text),
        "phrase": lambda: _phrases(term.text.split(), said.text, languages),
        "word": lambda: _words(term.text, said.text, languages),
        "exact": lambda: _exact(term.text, said.text, languages),
        "prefix": lambda: _beginnings(term.text, said.text, languages),
    }[term.how]()
    return found or None


def _free(text: str) -> list[int]:
    """Where a word may begin: not within a word, a hashtag's beginning or a handle."""
    places, in_handle = [], False
    for place, letter in enumerate(text):
        before = text[place - 1] if place else " "
        if not (_is_letter(text, place - 1) or before in "#@" or in_handle):
            places.append(place)
        in_handle = letter == "@" or (in_handle and (_is_letter(text, place) or letter in ".-"))
    return places


def _tail(text: str, place: int) -> str:
    end, joins = place, 0
    while _is_letter(text, end) or (
        end < len(text) and text[end] in ":'’ʼ-‐‑" and _is_letter(text, end + 1) and joins < 8
    ):
        joins += not _is_letter(text, end)
        end += 1
    return text[place:end]


def _form_at(word: str, text: str, place: int, languages: tuple[str, ...]) -> tuple[int, str]:
    """Where the longest form of `word` at `place` ends, and how it is one; how is empty for none."""
    best = (0, "")
    for stem in forms(word, languages):
        if text[place : place + len(stem.text)] == stem.text:
            end = place + len(stem.text)
            how, length = stem.ends(_tail(text, end))
            if how and end + length > best[0]:
                best = (end + length, how)
    return best


def _words(word: str, text: str, languages: tuple[str, ...]) -> Places:
    found = ((place, *_form_at(word, text, place, languages)) for place in _free(text))
    return {each for each in found if each[2]}


def _exact(word: str, text: str, languages: tuple[str, ...]) -> Places:
    itself = forms(word, languages)[0]
    return {
        (place, place + len(word), "exact")
        for place in _free(text)
        if text[place : place + len(word)] == word
        and itself.ends(_tail(text, place + len(word))) == ("exact", 0)
    }


def _beginnings(word: str, text: str, languages: tuple[str, ...]) -> Places:
    found: Places = set()
    for place in _free(text):
        if text[place : place + len(word)] == word:
            end, tail = place + len(word), _tail(text, place + len(word))
            how, length = forms(word, languages)[0].ends(tail)
            found.add((place, end + (length if how else len(tail)), how or "compound"))
    return found


def _phrases(words: list[str], text: str, languages: tuple[str, ...]) -> Places:
    found: Places = set()
    for start in _free(text):
        place = start
        for word in words[:-1]:
            if place < 0 or text[place : place + len(word)] != word:
                place = -1
                break
            place = _over_gap(text, place + len(word))
        if place >= 0:
            for stem in forms(words[-1], languages):
                if text[place : place + len(stem.text)] == stem.text:
                    how, length = stem.ends(_tail(text, place + len(stem.text)))
                    if how:
                        found.add((start, place + len(stem.text) + length, "phrase"))
                        break
    return found


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
        if text[place:].startswith("#" + tag)
        and not _is_letter(text, place - 1)
        and not _is_letter(text, place + 1 + len(tag))
    }


def _handles(handle: str, text: str) -> Places:
    found: Places = set()
    for place in range(len(text)):
        end = place + 1 + len(handle)
        if text[place:].startswith("@" + handle) and not _is_letter(text, place - 1):
            rest = text[end:].lstrip(".-")
            if not (rest and _is_letter(rest, 0)):
                found.add((place, end, "handle"))
    return found


def _sites(site: str, text: str) -> Places:
    found: Places = set()
    for place in range(len(text)):
        end = place + len(site)
        if not text[place:].startswith(site) or _is_letter(text, place - 1):
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
