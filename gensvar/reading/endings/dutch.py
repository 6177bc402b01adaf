"""Dutch: genitive, plural, diminutive and -er behind names.

Source: Taalunie, Woordenlijst, Leidraad: rules 14.A to 14.C (genitive: Boons, Romeo's, Agnes'), 6.J (behind
acronyms: NCRV's, AOW'er), 15.F (diminutives of acronyms: cd'tje). That `'er` and `'s` stand behind any name
rests on how people write.
"""

from collections.abc import Iterator

from gensvar.reading.endings.sounds import is_spelled_out, is_vowel
from gensvar.reading.endings.table import Endings, table

MARKED = table("'s 'er 'ers 'tje 'tjes 'en 'je 'jes 'ertje")
CONSONANT = table("s en er ers je jes tje tjes etje etjes pje pjes kje kjes")
VOWEL = table("s tje tjes")


_SPELLED_OUT = MARKED | {"s"}
_AFTER_VOWEL = MARKED | VOWEL
_AFTER_CONSONANT = MARKED | CONSONANT
_OPEN = {last: _AFTER_VOWEL | {last + "tje", last + "tjes"} for last in "aou"} | {"e": _AFTER_VOWEL | {"n"}}
"""Behind vowels that are doubled in a diminutive, and behind -e."""


def stems(word: str) -> Iterator[tuple[str, Endings]]:
    """What may follow `word`."""
    if is_spelled_out(word):
        yield word, _SPELLED_OUT
    elif is_vowel(word[-1]):
        yield word, _OPEN.get(word[-1], _AFTER_VOWEL)
    else:
        yield word, _AFTER_CONSONANT if len(word) > 3 else _SPELLED_OUT
