"""Finnish: cases, possessives and clitics, and the stems into which names change.

Source: Iso suomen kielioppi (VISK): cases §81, possessive suffixes §95–96, clitics §126–127, vowel harmony
§15, quantitative gradation §42, qualitative §43, inflection types §63–79, loans and names §74, numerals,
acronyms and the colon §1240; Kielitoimiston ohjepankki, "Kaksoispiste", "Heittomerkki".
`A O U` in a table stand for a/ä, o/ö, u/y; `V` for the vowel before it.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from gensvar.reading.endings.sounds import is_spelled_out, is_vowel
from gensvar.reading.endings.table import Endings, table

WEAK = ("n", "ssA", "stA", "llA", "ltA", "lle", "ksi", "ttA", "t")
"""Genitive, inner and outer local cases, translative, abessive, plural: after a weak grade (VISK §41)."""
STRONG = ("nA", "Vn", "A")
"""Essive, illative, partitive."""
PLURAL = ("ssA", "stA", "llA", "ltA", "lle", "ksi", "nA", "ttA")
"""Behind the plural -i- (VISK §79)."""
POSSESSIVES = ("ni", "si", "mme", "nne", "nsA")
"""VISK §95."""
CLITICS = ("kin", "kAAn", "kO", "kOs", "kOhAn", "hAn", "pA", "pAs")
"""VISK §126."""
GRADATION = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"),  # VISK §42
    ("nk", "ng"), ("mp", "mm"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("ht", "hd"),  # VISK §43
    ("lp", "lv"), ("rp", "rv"),
)  # fmt: skip
"""Strong and weak grade; k : – is left out, since names keep their k (Alko, Alkon)."""
E_NOUNS = (
    "suomi", "lahti", "meri", "järvi", "niemi", "lehti", "saari", "tähti", "kivi", "vuori", "talvi",
    "lumi", "nimi", "kieli", "mieli", "pieni", "suuri", "hiili", "tuuli", "toimi",
)  # fmt: skip
"""Words in -i with a stem in -e- (VISK §65), with which names end: Kauppalehti, Kauppalehden."""
DROPPED_K = ("joki", "mäki", "väki")
"""-ki with a stem without k: Seinäjoki, Seinäjoen."""
LONG = table("aa ee ii oo uu yy ää öö ai ei oi ui yi äi öi au ou eu iu ie uo yö")
"""Long vowels and diphthongs: partitive -tA, illative -hVn or -seen (VISK §81)."""
COLON = (
    "n", "t", "A", "AA", "tA", "nA", "ssA", "stA", "llA", "ltA", "lle", "ksi", "ttA",
    "in", "iA", "iin", "issA", "istA", "illA", "iltA", "ille", "iksi", "inA", "it", "ien", "iden", "itA",
    "aan", "ään", "een", "oon", "öön", "uun", "yyn", "hAn", "hen", "hin", "hOn", "hUn", "seen",
)  # fmt: skip
"""Behind the colon of an acronym (VR:n, IKEA:sta, SJ:hin)."""
APOSTROPHE = (
    "n", "A", "tA", "nA", "ssA", "stA", "llA", "ltA", "lle", "ksi", "hen", "hin", "hOn", "hUn", "hAn",
)  # fmt: skip
"""After a consonant that is written and not said (Renault'n)."""


def stems(word: str) -> Iterator[tuple[str, Endings]]:
    """Stems of `word` with their endings; the word itself first."""
    harmony = _harmony(word)
    if is_spelled_out(word):
        yield word, _marked("äa", last="")
    elif word.endswith("nen") and len(word) > 5:
        yield word, _with_extras((), "n", harmony)
        yield word[:-3], _with_extras(_NEN, "n", harmony)
    elif word[-1] == "t" and is_vowel(word[-2]):
        yield word, _with_extras(_after_consonant(), "t", harmony)
        yield from _of_plural(word[:-1], harmony)
    elif word[-1] == "s" and is_vowel(word[-2]):
        yield word, _with_extras((*_after_consonant(), "tA"), "s", harmony)
        yield from _of_s(word, harmony)
    elif is_vowel(word[-1]):
        yield word, _with_extras(tuple(_after_vowel(word)), word[-1], harmony)
        yield from _changed(word, harmony)
    else:
        yield word, _with_extras(_after_consonant(), word[-1], harmony)


_NEN = (
    "sen", "sessA", "sestA", "sellA", "seltA", "selle", "seksi", "senA", "settA", "stA", "seen", "set",
    "siA", "sten", "sien", "sissA", "sistA", "sillA", "siltA", "sille", "siksi", "sinA", "siin",
)  # fmt: skip
"""-nen : -se- (VISK §64): Ilmarinen, Ilmarisen."""


def _after_vowel(word: str) -> Iterator[str]:
    """Telia-a, Kesko-ssa, Neste-ttä, Kesko-ja."""
    last = word[-1]
    yield from (*WEAK, *STRONG)
    if word[-2:] in LONG:
        yield from ("tA", "hVn", "seen")
    elif word[-2:] in ("ea", "eä", "oa"):
        yield "tA"
    if last == "e":
        yield from ("ttA", "eseen", *("e" + ending for ending in (*WEAK, "nA", "seen")), *_plural("i"))
        yield from ("iden", "itA", "isiin", "ihin")
    elif last == "i":
        yield "en"
    elif last not in "aä":
        yield from (*_plural("i"), "jA", "jen", "ihin", "itA", "iden")


def _after_consonant() -> tuple[str, ...]:
    """Tekir-in: foreign names take -i- (VISK §74)."""
    return (
        *("i" + ending for ending in (*WEAK, "nA", "in", "A")),
        *_plural("ei"), "ejA", "ien", "eihin", "eitA",
    )  # fmt: skip


def _plural(stem: str) -> tuple[str, ...]:
    return tuple(stem + ending for ending in PLURAL)


def _changed(word: str, harmony: str) -> Iterator[tuple[str, Endings]]:
    """The stems of a word in a vowel that are not the word: weak grade, plural, -i : -e-."""
    last, body = word[-1], word[:-1]
    if last in "aä":
        plural = (*_plural("Oi"), "OjA", "Ojen", "Oihin", "OitA", "Oiden", *_plural("i"), "iA", "ien", "iin")
        yield body, _with_extras(plural, last, harmony)
    if last == "i":
        yield body, _with_extras((*_plural("ei"), "ejA", "eihin", "eitA", "eiden"), last, harmony)
    if word.endswith(E_NOUNS):
        endings = ("en", "essA", "estA", "ellA", "eltA", "elle", "eksi", "et", "een", "enA", "ettA", "tA")
        noun = next(each for each in E_NOUNS if word.endswith(each))
        for stem in (body, *_weak(body)):  # in a compound the last noun decides the harmony
            yield stem, _with_extras((*endings, "eA"), "e", _harmony(noun))
        yield word, _with_extras(("A",), "i", _harmony(noun))
    if word.endswith(DROPPED_K):
        noun = next(each for each in DROPPED_K if word.endswith(each))
        yield body[:-1], _with_extras(tuple("e" + ending for ending in WEAK), "e", _harmony(noun))
        yield body, _with_extras(("eA", "een", "enA"), "e", _harmony(noun))
    for stem in _weak(body):
        if last == "i":
            yield stem, _with_extras(_plural("ei"), last, harmony)
        yield stem + last, _with_extras(WEAK, last, harmony)


def _weak(body: str) -> Iterator[str]:
    """The weak grade of what stands before the last vowel: pankk → pank."""
    if len(body) < 3:
        return
    for strong, weak in GRADATION:
        if body.endswith(strong):
            yield body[: -len(strong)] + weak
            return
    if body[-1] in "tp" and is_vowel(body[-2]):
        yield body[:-1] + {"t": "d", "p": "v"}[body[-1]]


def _of_s(word: str, harmony: str) -> Iterator[tuple[str, Endings]]:
    """Veikkaus : Veikkauksen, Rengas : Renkaan, Osuus : Osuuden (VISK §67–70)."""
    body, vowel = word[:-1], word[-2]
    oblique = ("en", "essA", "estA", "ellA", "eltA", "elle", "eksi", "enA", "ettA", "een", "et")
    kse = (*("ks" + ending for ending in oblique), "ksiA", "ksien", *_plural("ksi"), "ksiin")
    ude = (*("d" + ending for ending in oblique[:7]), "teen", "tenA", "ttA", "det") if vowel in "uy" else ()
    yield body, _with_extras((*kse, *ude), "e", harmony)
    if vowel in "aäie":
        long = (*(vowel + ending for ending in (*WEAK, "nA", "seen")),)
        many = (*_plural("i"), "iden", "itA", "isiin")
        for stem in (body[:-1], *_strong(body[:-1])):
            yield stem + vowel, _with_extras(long, vowel, harmony)
            yield stem + vowel, _with_extras(many, vowel, harmony)


def _strong(body: str) -> Iterator[str]:
    """The strong grade behind a weak one: reng → renk."""
    for strong, weak in GRADATION[3:]:
        if body.endswith(weak):
            yield body[: -len(weak)] + strong
            return


def _of_plural(body: str, harmony: str) -> Iterator[tuple[str, Endings]]:
    """A name that is a plural: Renkaat : Renkaiden, Renkaita (VISK §79)."""
    last = body[-1]
    if body[-2] == last:
        yield body[:-1], _with_extras((*_plural("i"), "iden", "itA", "isiin", "itten"), last, harmony)
    elif last in "aä":
        plural = (*_plural("i"), "iA", "ien", "iin", *_plural("Oi"), "OjA", "Ojen", "Oiden", "OitA", "Oihin")
        yield body[:-1], _with_extras(plural, last, harmony)
    elif last in "ie":
        plural = (*_plural("ei"), "ejA", "ien", "eihin", *_plural("i"), "iA", "iin", "ten")
        yield body[:-1], _with_extras(plural, last, harmony)
    else:
        yield body, _with_extras((*_plural("i"), "jA", "jen", "ihin", "itA", "iden"), last, harmony)


def _harmony(word: str) -> str:
    """Which of ä and a its endings have: Tekirissä, Keskossa; both when the word has both (VISK §15)."""
    back, front = any(each in "aouå" for each in word), any(each in "äöyæø" for each in word)
    return ("a" if back else "") + ("ä" if front or not back else "")


@lru_cache(maxsize=2000)
def _with_extras(cases: tuple[str, ...], last: str, harmony: str) -> Endings:
    """The cases with possessives and clitics, spelled for the word's last letter and harmony."""
    bases = {"", *(_spelled(case, last, each) for case in cases for each in harmony)}
    owned = {base + each for base in bases for each in _owned(base, harmony)}
    plain = bases | {each for each in owned if each}
    clitics = tuple(_spelled(clitic, "", each) for clitic in CLITICS for each in harmony)
    return frozenset((plain | {base + clitic for base in plain for clitic in clitics}) - {""}) | _marked(
        harmony, last
    )


def _owned(base: str, harmony: str) -> Iterator[str]:
    """The possessives that may follow a case: Telia-mme, Teliassa-nsa, Teliassa-an."""
    if base and not is_vowel(base[-1]):
        return
    yield from (_spelled(ending, "", each) for ending in POSSESSIVES for each in harmony)
    if base and base[-1] in "aä" and len(base) > 1:
        yield base[-1] + "n"


@lru_cache(maxsize=200)
def _marked(harmony: str, last: str) -> Endings:
    """What stands behind a colon, and behind the apostrophe of a name in a consonant."""
    both = "aä"
    colon = {":" + ending for ending in _spelled_all(COLON, both)}
    clitics = _spelled_all(CLITICS, both)
    colon |= {":" + clitic for clitic in clitics} | {each + clitic for each in colon for clitic in clitics}
    if last and not is_vowel(last):
        colon |= {"'" + ending for ending in _spelled_all(APOSTROPHE, both)}
    return frozenset(colon)


def _spelled_all(table: Iterable[str], harmony: str) -> set[str]:
    return {_spelled(ending, "", each) for ending in table for each in harmony}


def _spelled(ending: str, last: str, harmony: str) -> str:
    a, o, u = ("a", "o", "u") if harmony == "a" else ("ä", "ö", "y")
    return ending.replace("A", a).replace("O", o).replace("U", u).replace("V", last)
