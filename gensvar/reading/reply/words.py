"""The shape of a language's table, and how its patterns become one search.

A pattern is words as they are written in a sentence, in any case: `word*` takes any ending, `…` stands for up to
four other words. The tables were written for this desk from how such answers are worded; none is complete, and a
check that misses a wording costs a glance, not a reply.
"""

import re
from dataclasses import dataclass
from functools import cached_property

GAP = r"(?:[\s,]+[^\s.!?]+){0,4}?[\s,]+"


@dataclass(frozen=True)
class Words:
    """What the checks look for in one language.

    unsaid: what looks like an apology and blames the reader. negations: what turns an offer into a refusal.
    closings: what stands before a signature; unnamed: words with a capital that are nobody's name.
    common, endings: the small words, and the ends of longer ones, by which the language is told from the others.
    """

    language: str
    apology: tuple[str, ...]
    unsaid: tuple[str, ...]
    solution: tuple[str, ...]
    timeframe: tuple[str, ...]
    cause: tuple[str, ...]
    prevention: tuple[str, ...]
    private: tuple[str, ...]
    sharp: tuple[str, ...]
    denial: tuple[str, ...]
    reference: tuple[str, ...]
    negations: tuple[str, ...]
    closings: tuple[str, ...]
    unnamed: tuple[str, ...]
    common: str
    endings: tuple[str, ...] = ()

    @cached_property
    def common_words(self) -> frozenset[str]:
        """`common`, to look words up in."""
        return frozenset(self.common.split())


def search(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One search for any of `patterns`; one that finds nothing when there are none."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_regex, patterns)) or '(?!)'})(?!\w)", re.IGNORECASE)


def _regex(pattern: str) -> str:
    stretches = [stretch.strip() for stretch in pattern.split("…")]
    return GAP.join(r"\s+".join(map(_word, stretch.split())) for stretch in stretches)


def _word(word: str) -> str:
    return re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
