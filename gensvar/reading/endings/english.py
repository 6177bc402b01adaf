"""English: possessive, plural, and verbs drawn together with the name.

Source: Baskervill and Sewell, An English Grammar, §39-53 (plural) and §62-64 (possessive). The contractions
(Telia'll, Telia'd) rest on the examples in the tests.
"""

from collections.abc import Iterator

from gensvar.reading.endings.sounds import is_spelled_out, is_vowel
from gensvar.reading.endings.table import Endings, table

MARKED = table("'s 'll 'd 've 're")
HISSING = ("s", "x", "z", "ch", "sh")
_PLAIN, _HISSING = MARKED | {"s"}, MARKED | {"es"}
_PLURAL_OF_Y = table("ies ies'")


def stems(word: str) -> Iterator[tuple[str, Endings]]:
    """What may follow `word`, and what may follow its -y."""
    if is_spelled_out(word) or not word.endswith(HISSING):
        yield word, _PLAIN
    else:
        yield word, _HISSING
    if word[-1] == "y" and len(word) > 3 and not is_vowel(word[-2]):
        yield word[:-1], _PLURAL_OF_Y
