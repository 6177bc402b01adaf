"""German: genitive, plural and dative plural, and -er behind names.

Sources: LEO, deutsche Grammatik, 1.2.1.4 "Personennamen" (genitive -s; plurals -e, -s, -en and none, with the
dative -n); Amtliches Regelwerk 2024 on the apostrophe (Eva's Blumenladen; §96 (1) in the Duden's K 16: none but
the apostrophe behind s, ss, ß, tz, z, x). Those who use or work for the name (-er, -erin) rest on the tests.
"""

from collections.abc import Iterator

from gensvar.reading.endings.sounds import is_spelled_out, is_vowel
from gensvar.reading.endings.table import Endings, table

MARKED = table("'s :s")
CONSONANT = table("s es e en ens er ern ers erin erinnen")
AFTER_ER = table("s n in innen")
"""Names in -er, -el, -en: dative plural in -n (Daimlern)."""
VOWEL = table("s")
IN_E = table("s n ns r rs rn rin rinnen")
"""Names in -e: die Porschen, ein Youtuber."""


_SHORT, _CONSONANT, _AFTER_ER, _VOWEL, _IN_E = (
    MARKED | bare for bare in (table("s"), CONSONANT, AFTER_ER, VOWEL, IN_E)
)


def stems(word: str) -> Iterator[tuple[str, Endings]]:
    """What may follow `word`."""
    if is_spelled_out(word):
        yield word, _SHORT
    elif is_vowel(word[-1]):
        yield word, _IN_E if word[-1] == "e" and len(word) > 3 else _VOWEL
    elif len(word) == 3:
        yield word, _SHORT
    elif word.endswith(("er", "el", "en")):
        yield word, _AFTER_ER
    else:
        yield word, _CONSONANT
