"""Swedish, Norwegian and Danish: genitive, definite and plural forms of names.

Sources: Svenska Akademiens grammatik 2 (Substantiv §13–22) and Svenska skrivregler §14 (colon of acronyms:
SJ:s); Norsk referansegrammatikk §3.1 and Språkrådet, "Skriveregler" (genitive NRKs, hyphen: NRK-en);
Retskrivningsordbogen §4 and §18–20 (apostrophe of acronyms: DSB's, tv'et; genitive after s: Jens').
"""

from collections.abc import Iterator

from gensvar.reading.endings.sounds import is_spelled_out, is_vowel
from gensvar.reading.endings.table import Endings, table

SWEDISH = {
    "consonant": table("s en ens et ets ar ars er ers arna arnas erna ernas are aren ares arens arna"),
    "e": table("s n ns t ts r rs rna rnas"),
    "a": table("s n ns"),
    "vowel": table("s n ns r rs rna rnas et ets"),
    "mark": table(":s :n :ns :en :ens :et :ets :t :ar :er :are :arna :erna :aren 's"),
}
"""Nordpost-ens, Klarna-n; `'s` stands in no book and in very many posts (Språkrådet, "Genitiv")."""
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
_ALL = {"sv": SWEDISH, "no": NORWEGIAN, "da": DANISH}


def stems(word: str, language: str) -> Iterator[tuple[str, Endings]]:
    """What may follow `word` in `language`, and in Swedish what may follow its -a: Telior."""
    forms = _ALL[language]
    if is_spelled_out(word):
        yield word, forms["mark"] | {"s"}
        return
    kind = word[-1] if word[-1] in forms else "vowel" if is_vowel(word[-1]) else "consonant"
    short = len(word) == 3 and kind == "consonant"  # Max, SAS: `maxen` would be somebody else
    bare = frozenset({"s"}) if short else forms[kind]
    if word[-1] in "sxz":
        bare -= {"s"}
    yield word, bare | forms["mark"]
    if language == "sv" and word[-1] == "a" and len(word) > 4:
        yield word[:-1], table("or ors orna ornas")
