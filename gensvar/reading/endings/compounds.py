"""Compounds that a name begins: linking elements and second parts.

Sources: "Fugenelemente" (Deutsche Grammatik 2.0) and the Duden's "Fugenzeichen" (de: -(e)s, -e, -(e)n, -er);
Taalunie, Leidraad 8 and 10 (nl: -e-, -en-, -s-); Retskrivningsordbogen 2012 §18 (da: in one word by its stress)
and §57.3 (hyphen behind acronyms); Språkrådet, "Språkspørsmål og svar: Bindestrek" and
"Sammensatte ord" (no: oslofolk or Oslo-folk, -s-); Språknämnden, "Veckans språkråd 2005", week 7 (sv: -s-). The
Finnish genitive and the other rows rest on the examples in the tests.
The second parts are words that stand behind names of companies; one that is not listed counts only where
closed compounds are the rule (sv no da nl de), when it could begin a word and is no loan suffix.
"""

import re
from functools import lru_cache

from gensvar.reading.endings.sounds import is_vowel

LINKS = {
    "fi": ("n",),
    "sv": ("s",),
    "no": ("s", "e"),
    "da": ("s", "e"),
    "nl": ("s", "en", "e", "n"),
    "de": ("s", "es", "n", "en", "er", "e"),
    "en": (),
}

_HEADS = {
    "fi": """
        asiakas asiakkaa asiakka asiakaspalvelu liittymä lasku puhelin puhelim kauppa kaupa myymälä palvelu
        sovellus sovellukse kortti korti paketti paketi toimitus toimitukse juna bussi lento auto hinta hinna
        tarjous tarjoukse konserni johtaja työntekijä pomo tili verkko verko yhteys yhteyde netti neti
        mobiili laite laittee tuote tuottee merkki merki ketju sivu sivusto chat botti väki kassi talo
        sähkö vakuutus vakuutukse pankki panki osake osakkee keskus keskukse piste mies nainen lainen
        laise mainen maise
        """,
    "sv": """
        kund kort konto paket paketen låda leverans levererad frakt ombud brev brevbärar bud chaufför chef
        direktör anställd personal butik affär app appen sajt sida webb nät bredband mobil telefon abonnemang
        räkning faktura avgift pris rabatt tåg buss resa resenär resor flyg biljett bil båt station vagn bank
        lån aktie ägd ägare ägda koncern bolag företag grupp reklam annons kampanj märk märke vara varor
        produkt tjänst service support chatt tröja skjorta möbel möbler soffa stol bord hylla påse kasse
        lager hus kontor park huset fabrik ledning styrelse skandal affären problem strul fel köer
        krångel användar medlem stämma rapport tabell tider
        inlägg uppror användar erbjudand återförsälj ärende uppdatering omdöme anslutning order event
        avtal erfarenhet ansvar team kassa kassör inkasso arbetar enhet område
        """,
    "no": """
        kunde konto kort pakke levering frakt bud sjåfør sjef direktør ansatt butikk app side nett bredbånd
        mobil telefon abonnement regning faktura gebyr pris rabatt tog buss reise fly billett bil båt stasjon
        bank lån aksje eid eier konsern selskap gruppe reklame kampanje merke vare produkt tjeneste service
        support hylle pose lager hus kontor fabrikk ledelse styre skandale problem feil bruker medlem
        innlegg oppdatering avtale ansvar ordning anmeldelse arbeid område tilbud team
        """,
    "da": """
        kunde konto kort pakke levering fragt bud chauffør chef direktør ansat butik app side net bredbånd
        mobil telefon abonnement regning faktura gebyr pris rabat tog bus rejse fly billet bil båd station
        bank lån aktie ejet ejer koncern selskab gruppe reklame kampagne mærke vare produkt tjeneste service
        support pose lager hus kontor fabrik ledelse bestyrelse skandale problem fejl bruger medlem
        opslag opdatering aftale ansvar ordning anmeldelse omtale område tilbud team
        """,
    "nl": """
        klant kaart rekening pakket pakje bezorg levering chauffeur baas directeur medewerker personeel
        winkel filiaal app site pagina internet netwerk mobiel telefoon abonnement factuur kosten prijs
        korting trein bus reis reizig vlucht vliegtuig ticket kaartje auto station bank lening aandeel
        aandele concern bedrijf groep reclame campagne merk product dienst service support helpdesk monteur
        storing modem router decoder tas magazijn kantoor fabriek bestuur schandaal probleem fout gebruiker
        spaar punt folder actie
        account aanbieding aanbieder advertentie update antwoord order aanbod bericht medewerk actie
        """,
    "de": """
        kund karte konto paket lieferung liefer versand bote fahrer chef vorstand mitarbeiter angestellt
        personal laden filiale markt app seite netz anschluss anschlüss handy telefon tarif vertrag verträg
        rechnung gebühr preis rabatt zug züge bus reise flug ticket fahr auto hof höfe steig bahnhof strecke
        bank kredit aktie anteil konzern firma gruppe werbung kampagne marke ware produkt dienst service
        support hotline techniker störung router tasche tüte lager haus büro werk leitung skandal problem
        fehler nutzer mitglied vorsitz sprecher shop card streik verkehr verspätung angebot
        account anbieter ausfall ansage automat unfall unternehmen übergang übergäng umstellung
        unterbrechung update upgrade user abteil insider inhaber umsatz agentur auftritt auskunft eigentümer
        team lärm info gleis
        """,
    "en": """
        shop store app card phone customer service support staff owned employee driver account bill contract
        plan network website share stock brand
        """,
}
HEADS = {language: tuple(sorted(set(words.split()))) for language, words in _HEADS.items()}
"""Second parts, or the beginnings that all their forms share (kund- for Kunde, Kundin, kunder)."""

CLOSED = frozenset(("sv", "no", "da", "nl", "de"))
LEAST_UNLISTED = 5
"""Letters of a second part that is not listed."""

_SUFFIX = re.compile(
    r"lich|lig|keit|heit|schaft|skap|haft|los|löst|het|sam|bar(?![a-z]{3})|zione|tion|tisch|tisk|tum|dom(?![a-z]{3})"
)
"""What makes another word of the name and is no word itself."""
_LOAN = re.compile(
    r"(?:[aiu]?[tsk]ion|asjon|[aiu]tiv|[aiu]t[uo]r|is[mt]|isier|iser|logi|ität|itet|iteit)[a-zåäöæø]{0,4}$|q(?!u)"
)
"""Ends of loan words, of which the name is a beginning by chance (Tele-kommunikation)."""
_ONSET = re.compile(
    r"(?:b[lr]?|c[hlr]?|d[rw]?|f[jlrn]?|g[lrn]?|h[jv]?|j|k[lrnv]?|l|m|n|p[lrf]?|qu|r|s|s[cjklmnptvw]|"
    r"s[kpt][rl]|skj|sch[lmnrw]?|stj|t[rjv]?|v[lr]?|w[r]?|z[w]?)(?=[aeiouyäöåæøüé])"
)
"""What a word of the five closed-compounding languages may begin with."""


@lru_cache(maxsize=500)
def _listed(languages: tuple[str, ...]) -> re.Pattern[str]:
    """A linking element and a second part that is listed, per language; three letters need an end."""
    ways = []
    for language in languages:
        links = "|".join(sorted(LINKS[language], key=len, reverse=True))
        long = "|".join(head for head in HEADS[language] if len(head) > 3)
        short = "|".join(head for head in HEADS[language] if len(head) == 3) or "(?!)"
        ways.append(f"(?:{links})?(?:(?:{long})|(?:{short})(?:[a-zåäöæøü]{{0,3}}$|(?:{long})))")
    return re.compile("|".join(ways))


def is_compound(word: str, letters: str, languages: tuple[str, ...]) -> bool:
    """Whether `letters` behind `word` make a compound that the word begins."""
    if len(word) < 4:
        return False
    if _listed(languages).match(letters):
        return True
    return (
        len(letters) >= LEAST_UNLISTED
        and not CLOSED.isdisjoint(languages)
        and _ONSET.match(letters) is not None
        and letters.isalpha()
        and any(map(is_vowel, letters[1:]))
        and not _SUFFIX.match(letters)
        and not _LOAN.search(letters)
    )
