"""Swedish, Norwegian and Danish: genitive, definite and plural forms of names.

Sources: Språkbrevet 11/2005 (sv: Volvos, CSN:s or CSNs, nothing or an apostrophe behind s, x, z); NTB, "Genitiv"
(no: NTBs, apostrophe only behind s, x, z); Retskrivningsordbogen 2012 §6.1 (da: apostrophe behind acronyms: TV'et),
§6.4 (none behind names: Volvoen, de små Jensener) and §21 (genitive: Natos, USA's, SAS'). The definite and plural
forms of Swedish and Norwegian names rest on the examples in the tests.
"""

from collections.abc import Iterator
from functools import cache

from gensvar.reading.endings.sounds import is_spelled_out, is_vowel
from gensvar.reading.endings.table import Endings, table

SWEDISH = {
    "consonant": table("s en ens et ets ar ars er ers arna arnas erna ernas"),
    "e": table("s n ns t ts r rs rna rnas"),
    "a": table("s n ns"),
    "vowel": table("s n ns r rs rna rnas et ets"),
    "mark": table(":s :n :ns :en :ens :et :ets :t :ar :er :are :arna :erna :aren 's"),
}
"""Nordpost-ens, Klarna-n; `'s` is against the rule and stands in very many posts."""
_PEOPLE = table("are aren ares arens")
"""Who does it: Flashbackare; behind short names it is something else (tryggare)."""
NORWEGIAN = {
    "consonant": table("s en ens et ets er ers ene enes"),
    "e": table("s n ns t ts r rs ne nes"),
    "vowel": table("s en ens et ets er ers ene enes"),
    "mark": table("'s :s 'en 'et 'er 'ene"),
}
DANISH = {
    "consonant": table("s en ens et ets er ers erne ernes"),
    "e": table("s n ns t ts r rs rne rnes"),
    "vowel": table("s en ens et ets er ers erne ernes"),
    "mark": table("'s 'en 'ens 'et 'ets 'er 'ers 'erne 'ernes :s :en :et :er"),
}
_PLURAL_OF_A = table("or ors orna ornas")
_ALL = {"sv": SWEDISH, "no": NORWEGIAN, "da": DANISH}


def stems(word: str, language: str) -> Iterator[tuple[str, Endings]]:
    """What may follow `word` in `language`, and in Swedish what may follow its -a: Telior."""
    if is_spelled_out(word):
        yield word, _marked(language)
        return
    last = word[-1]
    kind = last if last in _ALL[language] else "vowel" if is_vowel(last) else "consonant"
    yield word, _endings(language, kind, min(len(word), 6), is_hissing=last in "sxz")
    if language == "sv" and last == "a" and len(word) > 4:
        yield word[:-1], _PLURAL_OF_A


@cache
def _marked(language: str) -> Endings:
    return _ALL[language]["mark"] | {"s"}


@cache
def _endings(language: str, kind: str, letters: int, *, is_hissing: bool) -> Endings:
    """`letters`: how many the word has; six stand for all above."""
    short = letters == 3 and kind == "consonant"  # Max, SAS: `maxen` would be somebody else
    bare = frozenset({"s"}) if short else _ALL[language][kind]
    if language == "sv" and kind == "consonant" and letters > 5:
        bare |= _PEOPLE
    if is_hissing:
        bare -= {"s"}
    return bare | _ALL[language]["mark"]
