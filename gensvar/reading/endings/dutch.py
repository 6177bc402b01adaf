"""Dutch: genitive, plural, diminutive and -er behind names.

Source: Taalunie, Woordenlijst, Leidraad 13 (genitive and plural with apostrophe: Ziggo's, tv's), 14
(diminutives: Ziggootje, tv'tje), 10 and 16 (derivations of acronyms: KPN'er); ANS §3.5, §12.3.
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
