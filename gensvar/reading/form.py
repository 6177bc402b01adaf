"""A watch for people who do not write queries: what they fill in, and the query that it makes."""

import re
from dataclasses import dataclass

from gensvar.reading.query import parse
from gensvar.reading.term import QUOTES
from gensvar.reading.tree import BadQuery


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked; each a list of what people type, with or without its sign."""

    name: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def write(form: Form) -> str:
    """The query of `form`; empty when nothing to look for was filled in."""
    named = [_name(each) for each in (*form.name, *form.products, *form.people)]
    signed = [
        *(_signed("@", each) for each in form.handles),
        *(_signed("#", each) for each in form.hashtags),
        *(_address(each) for each in form.addresses),
    ]
    found = list(dict.fromkeys(part for part in named + signed if part))
    if not found:
        return ""
    without = (f"NOT {part}" for part in dict.fromkeys(map(_name, form.without)) if part)
    return " ".join([" OR ".join(found), *without])


def _name(text: str) -> str:
    words = re.sub(f'["{QUOTES}]', " ", text).split()
    if len(words) == 1 and _is_plain(words[0]):
        return words[0]
    return f'"{" ".join(words)}"' if any(letter.isalnum() for letter in text) else ""


def _is_plain(word: str) -> bool:
    """Whether the word means itself, as a query."""
    try:
        (way,) = parse(word).ways
    except BadQuery:
        return False
    return len(way) == 1 and getattr(way[0], "how", "") == "word"


def _signed(sign: str, text: str) -> str:
    bare = re.sub(r"\s+", "", text).lstrip("@#")
    return sign + bare if bare else ""


def _address(text: str) -> str:
    bare = re.sub(r"(?i)^(?:https?:)?//(?:www\.)?", "", text.strip()).rstrip("/")
    return f"url:{bare}" if bare else ""
