"""A post as queries look at it: folded text, whom it addresses, where it links, who wrote it."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from gensvar.reading.folding import fold, folded

_WORD = re.compile(r"\w+(?:[:'’ʼ.\-‐‑]\w+)*")


class Mark(NamedTuple):
    """Where a term was met in the folded text, and how; empty when it stands outside of the text."""

    start: int
    end: int
    how: str


class Post:
    """What a query may ask about."""

    def __init__(
        self,
        text: str,
        *,
        addressed: Iterable[str] = (),
        links: Iterable[str] = (),
        author: str = "",
        language: str = "",
    ) -> None:
        """`author`, `addressed`: handles with or without `@`; `language`: a code such as `sv` or `sv-FI`."""
        self.folded = fold(text)
        self.hay = self.folded.text
        self.addressed = frozenset([handle(each) for each in addressed])
        self.links = tuple([folded(each) for each in links])
        self.author = handle(author)
        self.language = first_part(language)

    @cached_property
    def word_starts(self) -> list[int]:
        """Where each word of the text begins."""
        return [word.start() for word in _WORD.finditer(self.hay)]

    def word_at(self, place: int) -> int:
        """The number of the word at `place`, from 1."""
        return bisect_right(self.word_starts, place)


def handle(name: str) -> str:
    """A handle as queries have it: folded, without its sign."""
    return folded(name).removeprefix("@") if name else ""


def first_part(language: str) -> str:
    """`fi` of `fi-FI`."""
    return re.split("[-_]", language.lower(), maxsplit=1)[0] if language else ""
