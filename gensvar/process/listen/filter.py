"""Which of what was heard somebody wants to see, as a plain value: no database, no clock."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from gensvar.kernel.text import storable

ABOUT = ("brand", "product", "person", "competitor", "subject")
UNJUDGED = "unjudged"
KINDS = ("complaint", "question", "praise", "other", "abuse", UNJUDGED)
SENTIMENTS = ("negative", "neutral", "positive")
NO_ABUSE, ANY_ABUSE = "none", "any"
ABUSES = (ANY_ABUSE, NO_ABUSE, "threat", "hate", "insult", "obscene", "spam", "unnamed")
"""Grounds; `any` of them, `none`, and `unnamed` where a person only said that it is abusive."""
URGENCIES = ("low", "normal", "high")
ASIDE = ("machine", "person")
"""Who said that a post is not about us."""
SEVERITIES = ("low", "normal", "high", "critical")
"""In the order of `steps.Severity`."""
UNKNOWN_LANGUAGE = "und"
"""ISO 639-2 for a text whose language nobody said."""

OWN, ELSEWHERE = "own", "elsewhere"
MOST_PARTS, MOST_WORDS, LONGEST_WORD = 50, 6, 60
LARGEST = 2**31 - 1
"""The largest whole number that both databases hold in such a column."""


class BadFilter(ValueError):
    """A part of a filter cannot be read. `part` is its name, `value` what stood there, `why` the mend."""

    def __init__(self, part: str, value: object, why: str) -> None:
        self.part, self.value, self.why = part, str(value)[:80], why
        super().__init__(f"{part}: “{self.value}” cannot be read; {why}.")


@dataclass(frozen=True, slots=True)
class Traits:
    """What a filter looks at in one mention. `text` is folded by `fold`; `followers` None = not known."""

    watches: frozenset[int]
    about: frozenset[str]
    tagged: bool
    own_channel: bool
    language: str
    channel: int
    followers: int | None
    kind: str
    text: str
    sentiment: str = ""
    abuse: str = ""
    urgency: str = ""
    unsure: bool = False
    severity: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """What must hold of a mention, part by part; an empty part asks for nothing.

    `watch` and `channel` are row ids, `about` the kind of a watch, `place` own or elsewhere, `lang` a code
    of ISO 639 (`und` = not known), `reach` the least number of followers, `words` all stand in the text.
    `abuse` is a ground, `any` or `none`; `unsure`: whether a machine could not tell; `severity` is that of the
    case, so what has no case has none; `aside`: who said that it is not about us.
    """

    watch: frozenset[int] = frozenset()
    about: frozenset[str] = frozenset()
    tagged: bool | None = None
    place: str = ""
    lang: frozenset[str] = frozenset()
    channel: frozenset[int] = frozenset()
    reach: int = 0
    kind: frozenset[str] = frozenset()
    sentiment: frozenset[str] = frozenset()
    abuse: frozenset[str] = frozenset()
    urgency: frozenset[str] = frozenset()
    unsure: bool | None = None
    severity: frozenset[str] = frozenset()
    aside: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether it asks for anything."""
        return self != NOTHING_ASKED


NOTHING_ASKED = Filter()


def meets(wanted: Filter, traits: Traits) -> bool:
    """Whether a mention with these traits is one of the wanted; `queries.apply` says the same in SQL."""
    return (
        (not wanted.watch or not wanted.watch.isdisjoint(traits.watches))
        and (not wanted.about or not wanted.about.isdisjoint(traits.about))
        and wanted.tagged in (None, traits.tagged)
        and wanted.place in ("", OWN if traits.own_channel else ELSEWHERE)
        and (not wanted.lang or (traits.language or UNKNOWN_LANGUAGE) in wanted.lang)
        and (not wanted.channel or traits.channel in wanted.channel)
        and (not wanted.reach or (traits.followers or 0) >= wanted.reach)
        and (not wanted.kind or (traits.kind or UNJUDGED) in wanted.kind)
        and (not wanted.sentiment or traits.sentiment in wanted.sentiment)
        and (not wanted.abuse or is_such_abuse(traits.abuse, wanted.abuse))
        and (not wanted.urgency or traits.urgency in wanted.urgency)
        and wanted.unsure in (None, traits.unsure)
        and (not wanted.severity or traits.severity in wanted.severity)
        and (not wanted.aside or traits.aside in wanted.aside)
        and all(fold(word) in traits.text for word in wanted.words)
    )


def is_such_abuse(ground: str, wanted: frozenset[str]) -> bool:
    """Whether abuse on this ground ("" = none) is among the wanted."""
    return (ground or NO_ABUSE) in wanted or (bool(ground) and ANY_ABUSE in wanted)


def fold(text: str) -> str:
    """`text` as words are compared: case does not count, accents do."""
    return text.casefold()


def language(code: str) -> str:
    """The language of a tag as networks give it (`sv-SE`, `PT_br`), without its region; "" = not known."""
    first = code.strip().replace("_", "-").partition("-")[0].lower()
    known = first.isascii() and first.isalpha() and first != UNKNOWN_LANGUAGE
    return _SAME.get(first, first) if known and len(first) in (2, 3) else ""


_SAME = {"nb": "no", "nn": "no"}
"""Both written forms of Norwegian, as one who filters and one who listens think of it."""


def to_dict(wanted: Filter) -> dict[str, Any]:
    """As plain JSON, only the parts that ask for something; `from_dict` reads it back."""
    return {
        part.name: sorted(value) if isinstance(value, frozenset) else _plain(value)
        for part in fields(wanted)
        if (value := getattr(wanted, part.name)) != part.default
    }


def from_dict(said: Mapping[str, Any]) -> Filter:
    """Read what `to_dict` wrote, or a person by hand; raises BadFilter."""
    unknown = sorted(set(said) - set(_READERS))
    if unknown:
        raise BadFilter(unknown[0], said[unknown[0]], "there is no such part")
    return Filter(**{part: _READERS[part](part, value) for part, value in said.items()})


def to_query(wanted: Filter) -> str:
    """As the query string of an address, in one order, so that the same filter has the same address."""
    return urlencode(pairs(wanted))


def pairs(wanted: Filter) -> list[tuple[str, str]]:
    """Names and values as a form sends them."""
    found: list[tuple[str, str]] = []
    for part, value in to_dict(wanted).items():
        if part == "words":
            found.append((part, " ".join(value)))
        elif isinstance(value, list):
            found += [(part, str(one)) for one in value]
        else:
            found.append((part, {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)))
    return found


def from_query(said: Mapping[str, Sequence[str]]) -> Filter:
    """Read the parts out of a query string (name → values); names that are not ours are left alone.

    Empty values ask for nothing, as a form sends them. Raises BadFilter.
    """
    parts: dict[str, Any] = {}
    for part in _READERS:
        values = [value for value in said.get(part, ()) if value.strip()]
        if values:
            parts[part] = values if part in _MANY else values[-1]
    if "words" in parts:
        parts["words"] = " ".join(parts["words"]).split()
    return from_dict(parts)


_MANY = frozenset(
    {
        "watch",
        "about",
        "lang",
        "channel",
        "kind",
        "sentiment",
        "abuse",
        "urgency",
        "severity",
        "aside",
        "words",
    }
)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _list(part: str, value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise BadFilter(part, value, "a list stands here")
    if len(value) > MOST_PARTS:
        raise BadFilter(part, f"{len(value)} values", f"at most {MOST_PARTS} can stand here")
    return list(value)


def _whole(part: str, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST:
        return value
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 10:
        return _whole(part, int(value))
    raise BadFilter(part, value, f"write a whole number from 0 to {LARGEST}")


def _ids(part: str, value: Any) -> frozenset[int]:
    return frozenset(_whole(part, one) for one in _list(part, value))


def _one_of(offered: Iterable[str]) -> Callable[[str, Any], frozenset[str]]:
    words = tuple(offered)

    def read(part: str, value: Any) -> frozenset[str]:
        for one in _list(part, value):
            if one not in words:
                raise BadFilter(part, one, f"choose from {', '.join(words)}")
        return frozenset(value)

    return read


def _languages(part: str, value: Any) -> frozenset[str]:
    codes = _list(part, value)
    for code in codes:
        if code != UNKNOWN_LANGUAGE and (not isinstance(code, str) or language(code) != code):
            raise BadFilter(part, code, "write a code of two or three letters, such as sv")
    return frozenset(codes)


def _yes_or_no(part: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("yes", "no"):
        return bool(value == "yes")
    raise BadFilter(part, value, "choose from yes, no")


def _place(part: str, value: Any) -> str:
    if value not in (OWN, ELSEWHERE):
        raise BadFilter(part, value, f"choose from {OWN}, {ELSEWHERE}")
    return str(value)


def _words(part: str, value: Any) -> tuple[str, ...]:
    words = _list(part, value)
    if len(words) > MOST_WORDS:
        raise BadFilter(part, " ".join(map(str, words)), f"write at most {MOST_WORDS} words")
    for word in words:
        if not isinstance(word, str) or len(word) > LONGEST_WORD or word.split() != [word]:
            raise BadFilter(part, word, f"write single words of at most {LONGEST_WORD} letters")
    return tuple(dict.fromkeys(storable(word) for word in words))


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "watch": _ids,
    "about": _one_of(ABOUT),
    "tagged": _yes_or_no,
    "place": _place,
    "lang": _languages,
    "channel": _ids,
    "reach": _whole,
    "kind": _one_of(KINDS),
    "sentiment": _one_of(SENTIMENTS),
    "abuse": _one_of(ABUSES),
    "urgency": _one_of(URGENCIES),
    "unsure": _yes_or_no,
    "severity": _one_of(SEVERITIES),
    "aside": _one_of(ASIDE),
    "words": _words,
}
"""How each part is read; the order in which they stand in an address is that of `Filter`."""
