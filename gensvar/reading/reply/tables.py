"""All languages in which a draft can be read, and which of them a text is written in."""

import re
from functools import cache

from gensvar.reading.reply.dutch import DUTCH
from gensvar.reading.reply.english import ENGLISH
from gensvar.reading.reply.finnish import FINNISH
from gensvar.reading.reply.german import GERMAN
from gensvar.reading.reply.swedish import SWEDISH
from gensvar.reading.reply.words import Words, search

TABLES: dict[str, Words] = {table.language: table for table in (SWEDISH, FINNISH, DUTCH, GERMAN, ENGLISH)}
LANGUAGES = tuple(TABLES)
_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
ENOUGH = 2
"""Words that speak for a language before it is believed."""


def written_in(text: str) -> str:
    """The language of `text`, as far as its small words tell; "" when they do not."""
    spoken = _WORD.findall(text.lower())
    scores = sorted(((_score(table, spoken), name) for name, table in TABLES.items()), reverse=True)
    (best, name), (second, _) = scores[:2]
    return name if best >= ENOUGH and best > second else ""


def _score(table: Words, spoken: list[str]) -> int:
    known, endings = table.common_words, table.endings
    return sum(word in known or (len(word) > 5 and word.endswith(endings)) for word in spoken)


@cache
def finder(subject: str, language: str) -> re.Pattern[str]:
    """The search for one subject of the tables; in every language where this one has no table."""
    tables = [TABLES[language]] if language in TABLES else list(TABLES.values())
    return search(tuple(pattern for table in tables for pattern in getattr(table, subject)))
