"""Inflected forms and compounds, row by row: what is the name, and what only looks like it."""

import pytest

from gensvar.reading.endings import dutch, english, finnish, german, north
from gensvar.reading.endings.compounds import FALSE_FRIENDS, HEADS, LINKS
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.matcher import Matcher


def how(name: str, text: str, *languages: str) -> str:
    """How the whole of `text` is `name`; empty when it is not."""
    for hit in Matcher({1: name}, {1: languages or LANGUAGES}).match(text):
        for span in hit.spans:
            if span.text == text:
                return span.how
    return ""


FORMS = {
    "fi": """
        Kesko: Keskon Keskoa Keskossa Keskosta Keskoon Keskolla Keskolta Keskolle Keskoksi Keskona Keskotta
        Kesko: Keskot Keskojen Keskoja Keskoissa Keskoihin Keskoni Keskonsa Keskossamme Keskostaan Keskolleni
        Kesko: Keskokin Keskonko Keskossakaan Keskostahan Keskoonpa Kesko:n Keskostako Keskostamme
        Telia: Telian Teliaa Teliaan Telialla Telialle Teliat Telioita Telioiden Telioissa Teliallekin
        Tekir: Tekirin Tekiriä Tekirissä Tekiristä Tekiriin Tekirillä Tekirille Tekirit Tekirien Tekireitä
        Neste: Nesteen Nestettä Nesteessä Nesteeltä Nesteeseen Nesteet Nesteiden Nesteitä
        Nike: Niken Nikeä Nikellä
        Ilmarinen: Ilmarisen Ilmarista Ilmariseen Ilmarisella Ilmariset Ilmarisia Ilmaristen
        Veikkaus: Veikkauksen Veikkausta Veikkaukseen Veikkauksella Veikkaukselle Veikkauksetkin
        Osuus: Osuuden Osuuteen Osuutta Osuudesta
        Rengas: Renkaan Rengasta Renkaaseen Renkaat Renkaiden Renkaita
        Renkaat: Renkaiden Renkaita Renkaissa Renkaisiin Renkaille Renkailtakin Renkaatkin
        Adidas: Adidaksen Adidasta Adidakselta Adidasin
        Osuuspankki: Osuuspankin Osuuspankissa Osuuspankkia Osuuspankkiin Osuuspankeissa Osuuspankkien
        Verkkokauppa: Verkkokaupan Verkkokauppaa Verkkokaupassa Verkkokauppaan
        Matkahuolto: Matkahuollon Matkahuoltoon Matkahuollossa
        Kauppalehti: Kauppalehden Kauppalehteä Kauppalehdestä Kauppalehteen Kauppalehdet
        Seinäjoki: Seinäjoen Seinäjoella Seinäjokea
        Posti: Postin Postia Postiin Postilla Posteja Postien
        VR: VR:n VR:ää VR:llä VR:ltä VR:stä VR:hen VR:lle VR:nkin VR:kin
        IKEA: IKEA:n IKEA:sta IKEA:aan Ikeasta Ikeaan Ikeaa
        Renault: Renault'n Renault'lla Renaultin
        """,
    "sv": """
        Nordpost: Nordposts Nordposten Nordpostens Nordposter Nordpost:s Nordpost's
        Klarna: Klarnas Klarnan Klarnans Klarnor Klarnorna
        Nordpolle: Nordpollen Nordpollens Nordpolles
        SJ: SJ:s SJs SJ:et
        """,
    "no": """
        Posten: Postens Postenet
        NRK: NRKs NRK's
        Rema: Remas Remaen Remaer
        Lykke: Lykken Lykkens Lykkes
        """,
    "da": """
        DSB: DSBs DSB's DSB'et DSB:s
        Netto: Nettos Nettoen Nettoer
        Nordbank: Nordbanken Nordbankens Nordbankerne
        """,
    "nl": """
        Ziggo: Ziggo's Ziggo’s Ziggos Ziggootje Ziggo'tje Ziggootjes
        KPN: KPN'er KPN'ers KPN's KPNs KPN'tje
        Blokker: Blokkers Blokkertje Blokkertjes
        """,
    "de": """
        Telekom: Telekoms Telekom's Telekomer Telekomern
        Bahn: Bahnen Bahns Bahner
        Daimler: Daimlers Daimlern
        Allianz: Allianzen Allianz's
        BMW: BMWs BMW's BMW:s
        """,
    "en": """
        Telia: Telia's Telia’s Telias Telia'll Telia'd
        Lush: Lushes Lush's
        Abbey: Abbeys
        Dairy: Dairies Dairy's
        """,
}
ROWS = [
    (language, row.partition(":")[0].strip(), form)
    for language, table in FORMS.items()
    for row in table.strip().splitlines()
    for form in row.split(": ", 1)[1].split()
]


@pytest.mark.parametrize(("language", "name", "form"), ROWS)
def test_a_form_of_the_name_is_the_name(language: str, name: str, form: str) -> None:
    assert how(name, form, language) == "inflected"
    assert how(name, form.upper(), language) == "inflected"
    assert how(name, form) == "inflected"


@pytest.mark.parametrize(("language", "name", "form"), ROWS)
def test_a_form_with_something_more_is_another_word(language: str, name: str, form: str) -> None:
    assert how(name, form + "qx", language) == ""
    assert how(name, "x" + form, language) == ""


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Alko", "alkoi alkoivat alkoisi alkoisivat alkoiko alkoen alkoholi alkoholin alkoholismi alkovi"),
        ("Telekom", "Telekommunikation Telekommunikationsunternehmen telekommunikationen"),
        ("Elisa", "Elisabet Elisabeth Elisabethin Elisabets elisabetansk"),
        ("SJ", "sjö sjön sjuk sjunga själv"),
        ("Kesko", "keskonen keskosen keskosten keskoset keskoinen"),
        ("Nordpost", "Nordpolen Nordpol Nordpos"),
        ("Tekir", "Tekirdağ Tekirissa tekiri"),
        ("VR", "VRn vroom vrt vrij"),
        ("Neste", "nestemäinen nesteyttää"),
        ("Posti", "Posten posting postimo"),
        ("Audi", "auditorium audio audience"),
        ("Ford", "fordern fordon fordringar fordel"),
        ("Metro", "metropol metronom"),
        ("Delta", "deltagare deltagarna"),
        ("Coop", "cooperation cooperative"),
        ("Visa", "visavis"),
        ("KPN", "kpnr"),
        ("Don", "don't"),
        ("Bild", "Bildung Bildungen"),
        ("Real", "Realität realisera realism"),
    ],
)
def test_a_false_friend_is_another_word(name: str, others: str) -> None:
    assert {other: how(name, other) for other in others.split()} == dict.fromkeys(others.split(), "")


@pytest.mark.parametrize(("beginning", "name"), FALSE_FRIENDS.items())
def test_every_false_friend_is_refused_and_its_name_is_not(beginning: str, name: str) -> None:
    assert beginning.startswith(name)
    assert how(name, beginning) == how(name, beginning + "en") == ""
    assert how(name, name) == "exact"


@pytest.mark.parametrize(
    ("language", "name", "compounds"),
    [
        ("fi", "Nokia", "Nokia-puhelin Nokiapuhelin Nokianpuhelimet Nokia-asiakkaat nokialainen"),
        ("sv", "Nordpost", "Nordpostbrevbärare Nordpost-appen Nordpostappen Nordpostpaket Nordpostsbud"),
        ("sv", "SJ", "SJ-tåg SJ-resenärer SJ‑appen"),
        ("no", "Posten", "Postenkunde Posten-appen Postenpakke"),
        ("no", "NRK", "NRK-en NRK-sjefen"),
        ("da", "Netto", "Nettokunde Netto-kunder Nettobutikken"),
        ("nl", "Ziggo", "Ziggoklant Ziggo-abonnement Ziggomonteur"),
        ("nl", "KPN", "KPN-klanten"),
        ("de", "Bahn", "Bahnhof Bahnkunde Bahnhöfe Bahn-Chef Bahnreisende Bahngewerkschaft"),
        ("de", "Telekom", "Telekomvertrag Telekomkunden Telekom-Techniker Telekomsmarke"),
        ("en", "Telia", "Telia-owned Telia-app"),
    ],
)
def test_a_compound_begins_with_the_name(language: str, name: str, compounds: str) -> None:
    for compound in compounds.split():
        assert how(name, compound, language) == how(name, compound) == "compound", compound
        assert how(name, "x" + compound, language) == "", compound


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_and_second_part_makes_a_compound(language: str) -> None:
    for head in HEADS[language]:
        for link in ("", *LINKS[language]):
            assert how("Zyqvo", f"Zyqvo{link}{head}", language) in ("compound", "inflected"), (link, head)
        assert how("SJ", f"SJ{head}", language) == "", head


def test_closed_compounds_of_unknown_words_count_only_where_they_are_the_rule() -> None:
    assert how("Nordpost", "Nordpostgranskning", "sv") == "compound"
    assert how("Nordpost", "Nordpostgranskning", "en") == how("Nordpost", "Nordpostgranskning", "fi") == ""
    assert how("Nordpost", "Nordpostxkrt") == ""


@pytest.mark.parametrize("table", [finnish.WEAK, finnish.STRONG, finnish.PLURAL, finnish.COLON])
def test_every_finnish_ending_goes_by_vowel_harmony(table: tuple[str, ...]) -> None:
    colon = ":" if table is finnish.COLON else ""
    between = "i" if table is finnish.PLURAL else ""
    for ending in table:
        back = ending.replace("A", "a").replace("O", "o").replace("U", "u").replace("V", "o")
        front = ending.replace("A", "ä").replace("O", "ö").replace("U", "y").replace("V", "ö")
        assert how("Kesko", f"Kesko{colon}{between}{back}", "fi") == "inflected", ending
        assert how("Käskö", f"Käskö{colon}{between}{front}", "fi") == "inflected", ending
        if not colon and back != front:
            assert how("Kesko", f"Kesko{between}{front}", "fi") == "", ending


@pytest.mark.parametrize(
    ("language", "name", "table"),
    [
        ("sv", "Nordpost", north.SWEDISH["consonant"]),
        ("sv", "Lykke", north.SWEDISH["e"]),
        ("sv", "Volvo", north.SWEDISH["vowel"]),
        ("sv", "SJ", north.SWEDISH["mark"]),
        ("no", "Nordpost", north.NORWEGIAN["consonant"]),
        ("no", "Lykke", north.NORWEGIAN["e"]),
        ("no", "Volvo", north.NORWEGIAN["vowel"]),
        ("no", "NRK", north.NORWEGIAN["mark"]),
        ("da", "Nordpost", north.DANISH["consonant"]),
        ("da", "Lykke", north.DANISH["e"]),
        ("da", "Volvo", north.DANISH["vowel"]),
        ("da", "DSB", north.DANISH["mark"]),
        ("nl", "Philip", dutch.CONSONANT),
        ("nl", "Ziggo", dutch.VOWEL),
        ("nl", "KPN", dutch.MARKED),
        ("de", "Telekom", german.CONSONANT),
        ("de", "Daimler", german.AFTER_ER),
        ("de", "Tchibo", german.VOWEL),
        ("de", "BMW", german.MARKED),
        ("en", "Telia", english.MARKED),
    ],
)
def test_every_ending_of_a_table_makes_a_form(language: str, name: str, table: frozenset[str]) -> None:
    for ending in table:
        assert how(name, name + ending, language) == "inflected", ending
        assert how(name, name[:-1] + "q" + ending, language) == "", ending


def test_only_the_languages_of_a_watch_count() -> None:
    assert how("Telia", "Teliassa", "sv") == how("Nordpost", "Nordposten", "en") == ""
    assert how("Telia", "Telia's", "fi") == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Telia:miksi", "Telia"),
        ("Telia: miksi", "Telia"),
        ("Telia- ja Elisa", "Telia"),
        ("(Telia)", "Telia"),
        ("ex-Telia", "Telia"),
        ("telia.fi", "telia"),
        ("Telia–Elisa", "Telia"),
        ("Telian-asiakas", "Telian-asiakas"),
    ],
)
def test_what_stands_around_the_name_is_not_the_name(text: str, found: str) -> None:
    (hit,) = Matcher({1: "Telia"}).match(text)
    assert [span.text for span in hit.spans] == [found]


@pytest.mark.parametrize(
    "text",
    ["@telia", "#telia", "@min.telia.fi", "me@telia.fi", "mitelia", "_telia", "telia_fi", "Télia", "Teliä"],
)
def test_handles_hashtags_and_other_letters_are_not_the_name(text: str) -> None:
    assert Matcher({1: "Telia"}).match(text) == []
