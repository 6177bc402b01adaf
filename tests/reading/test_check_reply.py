"""The twelve checks of a draft: each earned and not earned, in each language."""

import pytest

from gensvar.reading.reply import checks
from gensvar.reading.reply.tables import LANGUAGES, written_in

ORDER = [
    "apology",
    "solution",
    "timeframe",
    "cause",
    "prevention",
    "signature",
    "contact",
    "tone",
    "no_denial",
    "no_personal_data",
    "language_matches",
    "length",
]

GOOD = {
    "sv": "Hej Maria! Förlåt att luckan inte öppnades, det berodde på att batteriet i låset tog slut. Vi skickar "
    "en ny kod i dag före 14.00, och byter nu batterier varje månad så att det inte händer igen. Skriv gärna "
    "direkt till mig: bob@nordpost.se /Bob",
    "fi": "Hei Jukka! Olemme pahoillamme, paketti myöhästyi koska lajittelukone hajosi. Lähetämme uuden tänään "
    "klo 15 mennessä. Jatkossa varakone otetaan heti käyttöön. Soita minulle 040 123 4567. Terveisin Anna",
    "nl": "Hoi Kees, sorry voor het ongemak. Het pakket bleef liggen omdat een scanner kapot was. We sturen "
    "vandaag een nieuw pakket, het is er morgen voor 12:00. We hebben nu een reserve zodat dit niet meer gebeurt. "
    "Mail mij op jan@nordpost.nl. Groet, Jan",
    "de": "Hallo Petra, das tut uns sehr leid. Ihr Paket blieb liegen, weil ein Scanner defekt war. Wir liefern es "
    "heute bis 18 Uhr. Künftig steht ein zweiter bereit, damit das nicht wieder passiert. Schreiben Sie mir: "
    "eva@nordpost.de. Viele Grüße, Eva",
    "en": "Hi Tom, I am sorry. Your parcel got stuck because a scanner broke down. We will send you a new one "
    "today, it is with you tomorrow by 12:00. We now keep a spare so that this does not happen again. Call me on "
    "020 7946 0123. Best, Ann",
}

EARNED = {
    "apology": {
        "sv": ["Vi beklagar det som hände.", "Jag ber om ursäkt för väntan."],
        "fi": ["Pahoittelemme viivästystä.", "Anteeksi, että odotit."],
        "nl": ["Onze excuses voor de vertraging.", "Het spijt ons dat het misging."],
        "de": ["Wir entschuldigen uns für die Verspätung.", "Es tut mir leid, dass Sie warten mussten."],
        "en": ["We apologise for the wait.", "Sorry that it went wrong."],
    },
    "solution": {
        "sv": ["Du får pengarna tillbaka.", "Vi undersöker var paketet är."],
        "fi": ["Saat rahat takaisin.", "Selvitämme missä paketti on."],
        "nl": ["Je krijgt je geld terug.", "We zoeken het uit."],
        "de": ["Wir erstatten den Betrag.", "Ich kümmere mich darum."],
        "en": ["You get a refund.", "We are looking into it."],
    },
    "timeframe": {
        "sv": ["Det kommer på fredag.", "Vi svarar inom två timmar.", "Klart kl 9.", "Det kommer 24/11."],
        "fi": ["Se tulee perjantaina.", "Vastaamme tunnin kuluessa.", "Valmista klo 9."],
        "nl": ["Het komt vrijdag.", "We antwoorden binnen twee uur.", "Klaar om 9 uur."],
        "de": ["Es kommt am Freitag.", "Wir antworten innerhalb von zwei Stunden.", "Fertig um 9 Uhr."],
        "en": ["It arrives on Friday.", "We answer within two hours.", "Ready at 9 am."],
    },
    "cause": {
        "sv": ["Det hände på grund av snön.", "Orsaken var ett fel hos oss."],
        "fi": ["Se johtui lumesta.", "Syynä oli virhe."],
        "nl": ["Het kwam door de sneeuw.", "De oorzaak was een fout."],
        "de": ["Es lag an dem Schnee.", "Der Grund war ein Fehler."],
        "en": ["It was due to the snow.", "The reason was an error."],
    },
    "prevention": {
        "sv": ["Vi ändrar våra rutiner.", "För att undvika det byter vi lås."],
        "fi": ["Estämme tämän uudella lukolla.", "Vastaisuudessa soitamme ensin."],
        "nl": ["Zo voorkomen we dit.", "Voortaan bellen we eerst."],
        "de": ["So verhindern wir das.", "Ab sofort rufen wir vorher an."],
        "en": ["That prevents it.", "From now on we call first."],
    },
    "signature": {
        "sv": ["Vi hör av oss. Mvh Anna Åberg", "Vi hör av oss.\nÅsa, Nordpost", "Vi hör av oss. ^AB"],
        "fi": ["Palaamme asiaan. Ystävällisin terveisin Anna", "Palaamme asiaan.\nÄijö, Nordpost"],
        "nl": ["We komen terug. Met vriendelijke groet, Jan de Vries", "We komen terug. /Jan"],
        "de": ["Wir melden uns. Mit freundlichen Grüßen Jörg Öhm", "Wir melden uns. LG Eva"],
        "en": ["We will be back. Kind regards, Ann Lee", "We will be back. – Tom, Nordpost"],
    },
    "contact": {
        "sv": ["Ring 08-123 45 67.", "Skicka ett direktmeddelande."],
        "fi": ["Soita +358 40 123 4567.", "Laita yksityisviesti."],
        "nl": ["Bel 020 123 4567.", "Stuur ons een privébericht."],
        "de": ["Rufen Sie 030 123456 an.", "Schicken Sie uns eine Nachricht."],
        "en": ["Call 020 7946 0123.", "Send us a direct message."],
    },
}

NOT_EARNED = {
    "apology": {
        "sv": ["Vi beklagar att du upplever det så.", "Vi ber inte om ursäkt."],
        "fi": ["Pahoittelemme, jos koet näin.", "Anteeksi, mutta näin se on."],
        "nl": ["Sorry als je dat zo voelt.", "We bieden geen excuses aan."],
        "de": ["Es tut uns leid, wenn Sie das stört.", "Wir werden uns nicht entschuldigen."],
        "en": ["We are sorry if you feel that way.", "We will not apologise."],
    },
    "solution": {
        "sv": ["Vi kan inte ersätta det.", "Tack för ditt inlägg."],
        "fi": ["Emme voi korvata sitä.", "Kiitos viestistä."],
        "nl": ["Wij vergoeden dat niet.", "Dank voor je bericht."],
        "de": ["Das erstatten wir nicht.", "Danke für die Nachricht."],
        "en": ["We cannot refund that.", "Thank you for the post."],
    },
    "timeframe": {
        "sv": ["Vi svarar snart.", "God morgon, vi har sett det."],
        "fi": ["Vastaamme pian.", "Hyvää huomenta."],
        "nl": ["We antwoorden snel.", "Goedemorgen, we hebben het gezien."],
        "de": ["Wir antworten bald.", "Guten Morgen, wir haben es gesehen."],
        "en": ["We answer soon.", "Good morning, we have seen it."],
    },
    "cause": {
        "sv": ["Något gick fel."],
        "fi": ["Jotain meni pieleen."],
        "nl": ["Er ging iets mis."],
        "de": ["Etwas ging schief."],
        "en": ["Something went wrong."],
    },
    "prevention": {
        "sv": ["Vi har sett det."],
        "fi": ["Olemme nähneet sen."],
        "nl": ["We hebben het gezien."],
        "de": ["Wir haben es gesehen."],
        "en": ["We have seen it."],
    },
    "signature": {
        "sv": ["Vi hör av oss. Hälsningar, Kundtjänst", "Vi hör av oss. Tack!"],
        "fi": ["Palaamme asiaan. Terveisin Asiakaspalvelu", "Palaamme asiaan. Kiitos!"],
        "nl": ["We komen terug. Groet, Webcare", "We komen terug. Bedankt!"],
        "de": ["Wir melden uns. Viele Grüße, Team Nordpost", "Wir melden uns. Danke!"],
        "en": ["We will be back. Regards, Customer Support", "We will be back. Thanks!"],
    },
    "contact": {
        "sv": ["Kontakta kundtjänst.", "Skriv till noreply@nordpost.se"],
        "fi": ["Ota yhteyttä asiakaspalveluun."],
        "nl": ["Neem contact op met de klantenservice."],
        "de": ["Wenden Sie sich an den Kundendienst."],
        "en": ["Contact customer support."],
    },
    "tone": {
        "sv": ["Lugna dig lite.", "Nu får det räcka!!"],
        "fi": ["Rauhoitu nyt.", "Nyt riittää!!"],
        "nl": ["Doe rustig aan.", "Nu is het genoeg!!"],
        "de": ["Beruhigen Sie sich.", "LESEN SIE DAS GENAU."],
        "en": ["Calm down please.", "PLEASE READ IT AGAIN."],
    },
    "no_denial": {
        "sv": ["Det är inte vårt fel.", "Det stämmer inte."],
        "fi": ["Se ei pidä paikkaansa.", "Se ei ole meidän vikamme."],
        "nl": ["Dat klopt niet.", "Het is niet onze schuld."],
        "de": ["Das stimmt nicht.", "Das ist nicht unsere Schuld."],
        "en": ["That is not true.", "It is not our fault."],
    },
    "no_personal_data": {
        "sv": [
            "Ditt personnummer 811228-9874 är känt.",
            "Ordernummer 4711-22 är på väg.",
            "Storgatan 5, 111 22 Umeå",
        ],
        "fi": ["Tunnuksesi on 131052-308T.", "Tilausnumero 47110022 on matkalla.", "FI21 1234 5600 0007 85"],
        "nl": [
            "Uw nummer is 111222333.",
            "Bestelnummer: 4711-22",
            "Kees woont op Kerkstraat 5, 1017 GA Amsterdam",
        ],
        "de": [
            "Kundennummer 47110022 ist bekannt.",
            "DE89 3704 0044 0532 0130 00",
            "petra@gmx.de haben wir.",
        ],
        "en": [
            "Your order number is AB-47110.",
            "The card 4111 1111 1111 1111 is charged.",
            "tom@gmail.com is known.",
        ],
    },
    "language_matches": {
        "sv": [GOOD["de"], GOOD["en"], "Ok 12.00"],
        "fi": [GOOD["sv"], GOOD["en"]],
        "nl": [GOOD["de"], GOOD["en"]],
        "de": [GOOD["nl"], GOOD["en"]],
        "en": [GOOD["nl"], GOOD["sv"]],
    },
    "length": {language: ["Ok.", "a b c d e " * 200] for language in LANGUAGES},
}


def cases(table: dict[str, dict[str, list[str]]]) -> list[tuple[str, str, str]]:
    return [
        (name, language, text) for name, each in table.items() for language in each for text in each[language]
    ]


def one(name: str, text: str, **more: str) -> checks.Check:
    return next(each for each in checks.read(checks.draft(text, **more)) if each.check == name)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_good_answer_earns_all_twelve_in_their_order(language: str) -> None:
    listed = checks.read(checks.draft(GOOD[language], language=language))
    assert [each.check for each in listed] == ORDER
    assert [each.check for each in listed if not each.ok] == []
    assert all(each.said for each in listed)


@pytest.mark.parametrize(("name", "language", "text"), cases(EARNED))
def test_it_is_earned_by_words_of_the_text(name: str, language: str, text: str) -> None:
    check = one(name, text, language=language)
    assert check.ok, check
    assert check.said in text


@pytest.mark.parametrize(("name", "language", "text"), cases(NOT_EARNED))
def test_it_is_not_earned_and_says_what_to_do(name: str, language: str, text: str) -> None:
    check = one(name, text, language=language)
    assert not check.ok, check
    assert check.said.endswith(".")


def test_every_check_is_shown_not_earned_in_every_language() -> None:
    assert set(NOT_EARNED) == set(ORDER)
    assert all(set(each) == set(LANGUAGES) for each in [*NOT_EARNED.values(), *EARNED.values()])


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_draft_earns_nothing(text: str) -> None:
    assert [each.ok for each in checks.read(checks.draft(text, language="sv"))] == [False] * 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_told_by_its_small_words(language: str) -> None:
    assert written_in(GOOD[language]) == language


def test_words_of_every_language_are_looked_for_where_it_is_not_known() -> None:
    assert one("apology", "Förlåt.").ok
    assert one("apology", "Sorry.", language="da").ok


def test_whoever_signs_must_be_named_at_the_end() -> None:
    text = (
        "Bob saw it. " + "We will be back today, and call you before noon to say how it stands. " * 2 + "/Ann"
    )
    assert one("signature", text).said == "Ann"
    assert not one("signature", text, signers=("Bob Berg", "Bob")).ok  # type: ignore[arg-type]
    assert one("signature", text, signers=("ann",)).ok  # type: ignore[arg-type]


def test_what_must_go_is_named() -> None:
    assert "131052-308T" in one("no_personal_data", "Tunnuksesi on 131052-308T.", language="fi").said
    assert "calm down" in one("tone", "Please calm down.", language="en").said


@pytest.mark.parametrize(
    "text",
    [
        "Ring 08-123 45 67.",
        "Call +46 8 123 45 67.",
        "Org 556036-0793",
        "bob@nordpost.se",
        "Öppet 08.30-17.00, 2026-11-22",
    ],
)
def test_our_own_numbers_are_not_personal(text: str) -> None:
    assert one("no_personal_data", text, language="sv").ok


def test_the_network_says_how_long_it_may_be() -> None:
    listed = checks.read(checks.draft("a b c d e f", length=301, limit=300))
    assert listed[-1].said == "Write 300 characters at most, and more than a few words; it has 301."


def test_a_hostile_draft_is_read_in_no_time() -> None:
    """Bounded gaps and classes: no pattern goes back over the text again and again."""
    for text in ("within " * 5_000, "1" * 20_000, "A" * 20_000 + "!", "Vi skickar " * 3_000, "a@" * 8_000):
        assert len(checks.read(checks.draft(text, language="en"))) == 12
