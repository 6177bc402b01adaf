"""Whether a draft is signed by a person (PROCESS A5), and with which words."""

import re
from collections.abc import Sequence
from functools import cache

from gensvar.reading.reply.tables import TABLES, finder

TAIL = 100
"""Code points at the end in which a signature stands."""
CAPITAL = "[A-ZÀ-ÖØ-ÞŠŽ]"
_NAME = rf"{CAPITAL}[^\W\d_]+(?:[ -]{CAPITAL}[^\W\d_]+){{0,2}}"
_INITIALS = re.compile(rf"[\^/~–—-]\s?({CAPITAL}{{1,3}})\s*$")
_ALONE = re.compile(
    rf"(?:^|[.!?…)]\s+|\n\s*|[/–—~-]\s?)({_NAME})(?=\s*$|\s*\n|\s*[,(]|\s+(?:på|från|vid|at|from|bij|van|von|bei)\s)"
)


def signed(text: str, signers: Sequence[str], language: str) -> str:
    """How the end of `text` names a person; "" when it does not.

    signers: names and signatures of which one must stand there; none = anybody's name will do.
    """
    tail = text.rstrip()[-TAIL:]
    return _named(tail, signers) if signers else _anyone(tail, language)


def _named(tail: str, signers: Sequence[str]) -> str:
    found = (re.search(rf"(?<!\w){re.escape(each)}(?!\w)", tail, re.IGNORECASE) for each in signers)
    return next((match[0] for match in found if match), "")


def _anyone(tail: str, language: str) -> str:
    for pattern in (_closed(language), _ALONE, _INITIALS):
        for match in pattern.finditer(tail):
            if _is_name(match[1], language):
                return match[1]
    return ""


@cache
def _closed(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?i:{finder('closings', language).pattern})[\s,!/]*({_NAME})")


def _is_name(words: str, language: str) -> bool:
    """Whether somebody may be called that: no greeting, no team, no small word."""
    return unnamed(language).isdisjoint(re.split(r"[ -]", words.lower()))


@cache
def unnamed(language: str) -> frozenset[str]:
    """Words that are nobody's name, also where they begin with a capital."""
    tables = [TABLES[language]] if language in TABLES else list(TABLES.values())
    closing = {word for table in tables for phrase in table.closings for word in phrase.split()}
    return frozenset(closing.union(*(table.common_words.union(table.unnamed) for table in tables)))
