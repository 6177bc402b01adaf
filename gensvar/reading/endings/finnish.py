"""Finnish: cases, possessives and clitics, and the stems into which names change.

Sources: "Nominien taivutustyypit Nykysuomen sanakirjassa" (stems and endings by type); Kielitoimiston
ohjepankki, "Nimien taivutus: yritys- ja tuotenimet" (names go like words) and "Lyhenteet: taivutuspäätteen
muoto" (colon, link -i-); Iso suomen kielioppi §81 (cases), §95 (possessives), §126 and §131 (clitics), as
Omorfi and UD Finnish cite them. See docs/decisions/reading.md for how the rows were checked.
`A O U` in a table stand for a/ä, o/ö, u/y; `V` for the vowel before it.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from gensvar.reading.endings.sounds import is_spelled_out, is_vowel
from gensvar.reading.endings.table import Endings, table

WEAK = ("n", "ssA", "stA", "llA", "ltA", "lle", "ksi", "ttA", "t")
"""Genitive, inner and outer local cases, translative, abessive, plural: after a weak grade."""
STRONG = ("nA", "Vn", "A")
"""Essive, illative, partitive."""
PLURAL = ("ssA", "stA", "llA", "ltA", "lle", "ksi", "nA", "ttA", "neen")
"""Behind the plural -i-."""
POSSESSIVES = ("ni", "si", "mme", "nne", "nsA")
"""Mine, yours, ours, yours, his or theirs."""
CLITICS = ("kin", "kAAn", "kO", "kOs", "kOhAn", "hAn", "pA", "pAs", "kinkO", "kAAnkO", "pAhAn")
"""And those that often stand together."""
GRADATION = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"),
    ("nk", "ng"), ("mp", "mm"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("ht", "hd"),
    ("lp", "lv"), ("rp", "rv"),
)  # fmt: skip
"""Strong and weak grade; k : – is left out, since names keep their k (Alko, Alkon)."""
E_NOUNS = (
    "suomi", "lahti", "meri", "järvi", "niemi", "lehti", "saari", "tähti", "kivi", "vuori", "talvi",
    "lumi", "nimi", "kieli", "mieli", "pieni", "suuri", "hiili", "tuuli", "toimi", "puoli", "ääni",
    "henki", "hetki", "retki", "putki", "jälki", "ovi",
)  # fmt: skip
"""Words in -i with a stem in -e-, with which names end: Kauppalehti, Kauppalehden."""
DE_NOUNS = ("vesi", "vuosi", "kausi", "uusi", "susi", "käsi")
"""Words in -si with a stem in -de-: Vesi, Veden."""
DROPPED_K = ("joki", "mäki", "väki")
"""-ki with a stem without k: Seinäjoki, Seinäjoen."""
_NOUNS_IN_I = (*E_NOUNS, *DE_NOUNS, *DROPPED_K)
LONG = table("aa ee ii oo uu yy ää öö ai ei oi ui yi äi öi au ou eu iu ie uo yö")
"""Long vowels and diphthongs: partitive -tA, illative -hVn or -seen."""
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
        yield word, _itself((), "n", harmony)
        yield word[:-3], _changed(_NEN, "n", harmony)
    elif word[-1] == "t" and is_vowel(word[-2]):
        yield word, _itself(_after_consonant(word), "t", harmony)
        yield from _of_plural(word[:-1], harmony)
    elif word[-1] == "s" and is_vowel(word[-2]):
        yield word, _itself((*_after_consonant(word), "tA"), "s", harmony)
        yield from _of_s(word, harmony)
    elif is_vowel(word[-1]):
        yield word, _itself_in_vowel(word[-2:], harmony)
        yield from _of_vowel(word, harmony)
    else:
        yield word, _itself(_after_consonant(word), word[-1], harmony)
        yield from _of_in(word, harmony)


_NEN = (
    "sen", "sessA", "sestA", "sellA", "seltA", "selle", "seksi", "senA", "settA", "stA", "seen", "set",
    "siA", "sten", "sien", "sissA", "sistA", "sillA", "siltA", "sille", "siksi", "sinA", "siin",
)  # fmt: skip
"""-nen : -se-, Ilmarinen : Ilmarisen."""


def _after_vowel(ending: str) -> Iterator[str]:
    """Telia-a, Kesko-ssa, Neste-ttä, Valio-ta, Kesko-ja: by the two letters in which the word ends."""
    last = ending[-1]
    yield from (*WEAK, *STRONG)
    if ending in LONG:
        yield from ("tA", "hVn", "seen")
    elif is_vowel(ending[0]) and (last in "oöuy" or ending in ("ea", "eä", "oa")):
        yield "tA"
    if last == "e":
        yield from ("ttA", "eseen", *("e" + ending for ending in (*WEAK, "nA", "seen")), *_plural("i"))
        yield from ("iden", "itA", "isiin", "ihin")
    elif last == "i":
        yield "en"
    elif last not in "aä":
        yield from (*_plural("i"), "jA", "jen", "ihin", "itA", "iden")


def _after_consonant(word: str) -> tuple[str, ...]:
    """Tekir-in: names in a consonant take -i-; three letters no plural (`fazit` is not FAZ)."""
    one = tuple("i" + ending for ending in (*WEAK, "nA", "in", "A") if len(word) > 3 or ending != "t")
    return one if len(word) <= 3 else (*one, *_plural("ei"), "ejA", "ien", "eihin", "eitA")


def _plural(stem: str) -> tuple[str, ...]:
    return tuple(stem + ending for ending in PLURAL)


def _of_vowel(word: str, harmony: str) -> Iterator[tuple[str, Endings]]:
    """The stems of a word in a vowel that are not the word: weak grade, plural, -i : -e-."""
    last, body = word[-1], word[:-1]
    if last in "aä":
        yield body, _changed(_PLURAL_A, last, harmony)
    if last == "i":
        yield body, _changed(_PLURAL_I, last, harmony)
        yield from _of_noun_in_i(word)
    if last == "e":
        for stem in _strong(body):
            yield stem + last, _changed(_LONG_E, last, harmony)
    for stem in _weak(body):
        yield stem + last, _changed((*WEAK, *_WEAK_PLURAL.get(last, ())), last, harmony)
        if last in "iaä":
            yield stem, _changed(_WEAK_PLURAL[last], last, harmony)


_PLURAL_A = (
    *_plural("Oi"), "OjA", "Ojen", "Oihin", "OitA", "Oiden", "Oin", *_plural("i"), "iA", "ien", "iin",
)  # fmt: skip
"""Telia : Telioita, Elisa : Elisoja, Metsola : Metsolia."""
_PLURAL_I = (*_plural("ei"), "ejA", "eihin", "eitA", "eiden", "ein")
_LONG_E = (
    *("e" + ending for ending in (*WEAK, "nA", "seen")), *_plural("i"), "iden", "itA", "isiin", "ihin",
)  # fmt: skip
"""Laite : Laitteen, Laitteiden: the strong grade before -ee-."""
_WEAK_PLURAL = {
    "i": _plural("ei"),
    "a": (*_plural("Oi"), "OitA", "Oiden", *_plural("i")),
    "ä": (*_plural("Oi"), "OitA", "Oiden", *_plural("i")),
    **dict.fromkeys("oöuy", (*_plural("i"), "itA", "iden")),
}
"""Taulukko : Taulukoissa, Verkkokauppa : Verkkokaupoissa, by the last letter."""
_DE = (
    "den", "dessA", "destA", "dellA", "deltA", "delle", "deksi", "det", "dettA", "teen", "tenA", "ttA",
)  # fmt: skip


def _of_noun_in_i(word: str) -> Iterator[tuple[str, Endings]]:
    """Kauppalehti : Kauppalehden, Vesi : Veden, Seinäjoki : Seinäjoen; the last noun decides the harmony."""
    if not word.endswith(_NOUNS_IN_I):
        return
    for noun in E_NOUNS:
        if word.endswith(noun):
            endings = ("en", "essA", "estA", "ellA", "eltA", "elle", "eksi", "et", "een", "enA", "ettA", "tA")
            for stem in (word[:-1], *_weak(word[:-1])):
                yield stem, _changed((*endings, "eA"), "e", _harmony(noun))
            yield word, _changed(("A",), "i", _harmony(noun))
    for noun in DE_NOUNS:
        if word.endswith(noun):
            many = ("sien", "siA", "siin", *_plural("si"))
            yield word[:-2], _changed((*_DE, *many), "e", _harmony(noun), owners=("te",))
    for noun in DROPPED_K:
        if word.endswith(noun):
            yield word[:-2], _changed(tuple("e" + ending for ending in WEAK), "e", _harmony(noun))
            yield word[:-1], _changed(("eA", "een", "enA"), "e", _harmony(noun))


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


def _strong(body: str) -> Iterator[str]:
    """The strong grade behind a weak one: reng → renk, lait → laitt."""
    if len(body) < 3:
        return
    for strong, weak in GRADATION[3:]:
        if body.endswith(weak):
            yield body[: -len(weak)] + strong
            return
    if body[-1] in "ktp" and (is_vowel(body[-2]) or body[-2] in "lnr"):
        yield body + body[-1]
    elif body[-1] in "dv" and is_vowel(body[-2]):
        yield body[:-1] + {"d": "t", "v": "p"}[body[-1]]


_OBLIQUE = ("en", "essA", "estA", "ellA", "eltA", "elle", "eksi", "enA", "ettA", "een", "et")


def _of_s(word: str, harmony: str) -> Iterator[tuple[str, Endings]]:
    """Veikkaus : Veikkauksen, Rengas : Renkaan, Osuus : Osuuden."""
    body, vowel = word[:-1], word[-2]
    kse = (*("ks" + each for each in _OBLIQUE), "ksiA", "ksien", "sten", *_plural("ksi"), "ksiin")
    yield body, _changed((*kse, *(_DE if vowel in "uy" else ())), "e", harmony, owners=("te",))
    if vowel in "aäie":
        long = (*(vowel + ending for ending in (*WEAK, "nA", "seen")),)
        many = (*_plural("i"), "iden", "itA", "isiin")
        for stem in (body[:-1], *_strong(body[:-1])):
            yield stem + vowel, _changed((*long, *many), vowel, harmony)


def _of_in(word: str, harmony: str) -> Iterator[tuple[str, Endings]]:
    """Puhelin : Puhelimen, Soitin : Soittimen."""
    if word.endswith("in") and len(word) > 4:
        endings = (*("im" + each for each in _OBLIQUE), "intA", "imiA", "imien", *_plural("imi"), "imiin")
        for stem in (word[:-2], *_strong(word[:-2])):
            yield stem, _changed(endings, "e", harmony)


def _of_plural(body: str, harmony: str) -> Iterator[tuple[str, Endings]]:
    """A name that is a plural: Renkaat : Renkaiden, Renkaita."""
    last = body[-1]
    if body[-2] == last:
        yield body[:-1], _changed((*_plural("i"), "iden", "itA", "isiin", "itten"), last, harmony)
    elif last in "aä":
        yield body[:-1], _changed(_PLURAL_A, last, harmony)
    elif last in "ie":
        plural = (*_plural("ei"), "ejA", "ien", "eihin", *_plural("i"), "iA", "iin", "ten")
        yield body[:-1], _changed(plural, last, harmony)
    else:
        yield body, _changed((*_plural("i"), "jA", "jen", "ihin", "itA", "iden"), last, harmony)


_BACK, _FRONT, _NEUTRAL = frozenset("aouå"), frozenset("äöyæø"), frozenset("ei")


def _harmony(word: str) -> str:
    """Which of ä and a its endings have: Tekirissä, Keskossa; both when the word does not tell.

    A name that ends in a part without a, o or u may be a compound, and then that part decides: Oikotiellä.
    """
    back, front = not _BACK.isdisjoint(word), not _FRONT.isdisjoint(word)
    neutral = front or _NEUTRAL.issuperset(_last_vowels(word))
    return ("a" if back else "") + ("ä" if neutral or not back else "")


def _last_vowels(word: str) -> list[str]:
    """The last two of them, or fewer."""
    found: list[str] = []
    for letter in reversed(word):
        if is_vowel(letter):
            found.append(letter)
            if len(found) == 2:
                break
    return found


@lru_cache(maxsize=2000)
def _itself_in_vowel(ending: str, harmony: str) -> Endings:
    return _itself(tuple(_after_vowel(ending)), ending[-1], harmony)


@lru_cache(maxsize=2000)
def _itself(cases: tuple[str, ...], last: str, harmony: str) -> Endings:
    """What may follow the word as it stands: cases, possessives and clitics, and what needs a mark."""
    instructive = {"in"} if last in "oöuye" else set()
    return _with_extras(cases, last, harmony, ("",), itself=True) | _marked(harmony, last) | instructive


def _changed(cases: tuple[str, ...], last: str, harmony: str, owners: tuple[str, ...] = ()) -> Endings:
    """What may follow a stem that is not the word: never nothing, nor an extra alone (`viskin` is not Visa)."""
    return _with_extras(cases, last, harmony, owners, itself=False)


@lru_cache(maxsize=2000)
def _with_extras(
    cases: tuple[str, ...], last: str, harmony: str, owners: tuple[str, ...], *, itself: bool
) -> Endings:
    """The cases with possessives (`owners`: what else takes them) and clitics, spelled for the word."""
    bases = {_spelled(case, last, each) for case in cases for each in harmony}
    owned = {form for base in bases for form in _owned(base, harmony)}
    owned |= {owner + each for owner in owners for each in _possessives(harmony)}
    plain = bases | owned | ({""} if itself else set())
    clitics = tuple(_spelled(clitic, "", each) for clitic in CLITICS for each in harmony)
    return frozenset((plain | {base + clitic for base in plain for clitic in clitics}) - {""})


def _owned(case: str, harmony: str) -> Iterator[str]:
    """The case with possessives: Teliassa-mme, Teliassa-an, Telialle-en, Teliaa-nsa, Teliakse-ni."""
    if case.endswith("neen"):  # the comitative: Telioine-nsa
        yield from (case[:-2] + each for each in _possessives(harmony))
    elif case[-1] == "n" and len(case) > 1:
        yield from (case[:-1] + each for each in _possessives(harmony))
    elif is_vowel(case[-1]):
        case = case[:-1] + "e" if case.endswith("ksi") else case
        yield from (case + each for each in _possessives(harmony))
        if len(case) > 1:
            yield case + case[-1] + "n"


def _possessives(harmony: str) -> list[str]:
    return [_spelled(ending, "", each) for ending in POSSESSIVES for each in harmony]


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
