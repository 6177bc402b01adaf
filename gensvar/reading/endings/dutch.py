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


def stems(word: str) -> Iterator[tuple[str, Endings]]:
    """What may follow `word`."""
    if is_spelled_out(word):
        yield word, MARKED | {"s"}
    elif is_vowel(word[-1]):
        last = word[-1]
        others = {last + "tje", last + "tjes"} if last in "aou" else {"n"} if last == "e" else set()
        yield word, MARKED | VOWEL | others
    else:
        yield word, MARKED | (CONSONANT if len(word) > 3 else {"s"})
