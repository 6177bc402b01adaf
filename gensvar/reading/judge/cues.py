"""Signs that a rule sees in a post: that it asks, that it is urgent. What a sign weighs is learnt like a word."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from gensvar.kernel.sentence import Sentence
from gensvar.reading.judge import words
from gensvar.reading.judge.words import Word


class Cue(NamedTuple):
    """A sign, and the stretch of the post in which it was seen."""

    name: str
    start: int
    end: int

    def as_word(self) -> Word:
        """The sign as a word of its own, beside the words of the post."""
        return Word(f"\\{self.name}", self.start, self.end)


OPENINGS = {
    "sv": "vad var vem när hur varför vilken vilket vilka vart finns kan går har är får kommer någon nån vet",
    "fi": "mitä missä kuka milloin koska miten miksi mikä mistä mihin paljonko kauanko onko saako voiko voiko "
    "tuleeko saisiko voisiko tietääkö osaako löytyykö kuinka onks mites miks",
    "nl": "wat waar wie wanneer hoe waarom welke is zijn kan kunnen mag heeft hebben weet iemand wordt gaat",
    "de": "was wo wer wann wie warum wieso weshalb welche welcher welches gibt kann können ist sind hat habt weiß "
    "wird darf jemand",
    "en": "what where who when how why which is are can could do does did has have will would anyone any should",
}
"""Words that open a question, or ask whether somebody knows."""

RULES: dict[str, tuple[str, dict[str, str]]] = {
    "safety": (
        "Health or safety is spoken of.",
        {
            "sv": r"allergi\w*|ambulans\w*|brann|brand(?!\w*bil)\w*|brinner|sjukhus\w*|akuten|livsfarlig\w*|farlig\w*|giftig\w*|"
            r"gaslukt|rökutveckling|skadad\w*|elstöt\w*|olycka\w*|blödde|matförgift\w*",
            "fi": r"allergi\w*|ambulanssi\w*|palaa|tulipalo\w*|sairaala\w*|päivystyks\w*|vaaralli\w*|hengenvaar\w*|myrkyt\w*|"
            r"loukkaan\w*|sähköisku\w*|onnettomuu\w*|kaasun haju\w*|ruokamyrkyty\w*",
            "nl": r"allerg\w*|ambulance\w*|brand(?:t|de)?|ziekenhuis\w*|spoed(?:eisende)?|levensgevaar\w*|gevaarlijk\w*|"
            r"gaslucht|gewond\w*|vergiftig\w*|ongeluk\w*|voedselvergiftiging|rook(?:ontwikkeling)?",
            "de": r"allergi\w*|krankenwagen|rettungswagen|brennt|brand\b|krankenhaus|notaufnahme|lebensgefähr\w*|gefährlich\w*|"
            r"gasgeruch|verletzt\w*|vergift\w*|stromschlag\w*|unfall\w*|lebensmittelvergiftung",
            "en": r"allerg\w*|ambulance\w*|fire\b|burning|hospital\w*|emergency|dangerous\w*|unsafe|gas leak|smell of gas|"
            r"injur\w*|poison\w*|electric shock|accident\w*|bleeding|food poisoning",
        },
    ),
    "deadline": (
        "It has to happen today or tomorrow.",
        {
            "sv": r"i ?kväll|i ?natt|inom en timme|i ?morgon|imorron|idag|om en timme|senast (?:idag|ikväll|imorgon)|flyget går",
            "fi": r"tänään|tänä iltana|huomenna|huomisaamu\w*|tunnin päästä|tunnin kuluttua|tänää|huome\w+",
            "nl": r"vandaag|vanavond|vannacht|morgen(?:ochtend|vroeg)?|binnen een uur|over een uur",
            "de": r"heute|heute abend|heute nacht|morgen früh|morgen|in einer stunde|binnen einer stunde",
            "en": r"today|tonight|tomorrow(?: morning)?|within the hour|in an hour|by (?:noon|midnight)",
        },
    ),
    "public": (
        "Press, authorities or a lawyer are named.",
        {
            "sv": r"journalist\w*|tidningen|pressen|konsumentverket|arn\b|anmäl\w*|advokat\w*|jurist\w*|polisanm\w*|datainspektion\w*|imy\b",
            "fi": r"toimittaja\w*|lehteen|lehdistö\w*|kuluttaja-?asiamie\w*|kuluttajaneuvon\w*|valitus\w*|valita\w*|asianaja\w*|lakimie\w*|tietosuojaval\w*|rikosilmoitu\w*|poliisi\w*",
            "nl": r"journalist\w*|krant\w*|kassa\b|radar\b|acm\b|consumentenbond|advocaat|advocaten|geschillencommissie|aangifte|autoriteit persoonsgegevens",
            "de": r"presse\b|journalist\w*|zeitung\w*|verbraucherzentrale|bundesnetzagentur|schlichtung\w*|anwalt\w*|anwält\w*|anzeige erstatt\w*|strafanzeige|datenschutzbehörde",
            "en": r"journalist\w*|the press|newspaper\w*|ombudsman|trading standards|regulator|lawyer\w*|solicitor\w*|small claims|police report|ico\b|bbb\b",
        },
    ),
    "stranded": (
        "Somebody is stuck, locked out or without money.",
        {
            "sv": r"strandsatt\w*|fast(?:nat)? (?:här|på|i)|utelåst\w*|spärrat|spärrad\w*|kommer inte in|utan (?:pengar|värme|vatten|el|medicin\w*)|inlåst\w*",
            "fi": r"jumissa|ulkona lukk\w*|lukkiutu\w*|ei pääse sisään|ilman (?:rahaa|lämpöä|vettä|sähköä|lääk\w*)|jäätiin|kortti ei toimi",
            "nl": r"gestrand\w*|vast (?:in|op)|buitengesloten|geblokkeerd\w*|zonder (?:geld|verwarming|water|stroom|medicijn\w*)|kom er niet in",
            "de": r"gestrandet\w*|festsitz\w*|sitzen fest|sitze fest|ausgesperrt\w*|gesperrt\w*|ohne (?:geld|heizung|wasser|strom|medikament\w*)|komme nicht (?:rein|mehr)",
            "en": r"stranded|stuck (?:in|at|on|here)|locked out|blocked my|frozen my|without (?:money|heating|water|power|medicine|insulin)|can'?t get in",
        },
    ),
    "many": (
        "Many people seem to be hit.",
        {
            "sv": r"alla (?:här|på|i)|hela (?:stan|huset|byn|området|kontoret|tåget)|fler(?:a)? som|nere för alla",
            "fi": r"kaikilla|koko (?:talo\w*|kylä\w*|kaupunki\w*|toimisto\w*|alue\w*)|muillakin|useampi",
            "nl": r"iedereen|hele (?:straat|dorp|wijk|kantoor|trein)|meer mensen|landelijk\w*",
            "de": r"alle(?:n)? (?:hier|im|in)|ganze(?:n|s|r)? (?:straße|haus|dorf|stadt|büro|zug)|bundesweit\w*|noch jemand",
            "en": r"everyone (?:here|in|at)|whole (?:street|town|building|office|train)|anyone else|nationwide|all of us",
        },
    ),
}
"""Rules of urgency: what they say to people, and the words by which each language says it."""

WHY = {name: Sentence(said) for name, (said, _) in RULES.items()}


NO_WORD = Word("\\nothing", 0, 0)
"""What an empty post is made of."""


def read(text: str, language: str) -> list[Word]:
    """The words of a post with its signs behind them; never empty."""
    found = list(words.cut(text))
    signs = [cue.as_word() for cue in cues(text[: words.LONGEST_TEXT], found, language)]
    return [*found, *signs] or [NO_WORD]


def cues(text: str, found: Sequence[Word], language: str) -> Iterator[Cue]:
    """All signs in a post."""
    yield from _asking(found, language)
    for name, pattern in _patterns(language):
        seen = pattern.search(text)
        if seen:
            yield Cue(name, seen.start(), seen.end())


def _asking(found: Sequence[Word], language: str) -> Iterator[Cue]:
    marks = [word for word in found if "?" in word.form]
    if not marks:
        return
    yield Cue("asks", marks[-1].start, marks[-1].end)
    last = next(word for word in reversed(found) if word.form[0] not in "#@&")
    if "?" in last.form:
        yield Cue("ends asking", last.start, last.end)
    opening = _openings(language)
    begins = True
    for word in found:
        if begins and word.form in opening:
            yield Cue("opens a question", word.start, word.end)
            return
        begins = word.form[0] in ".!?…,@#&:-"


@cache
def _openings(language: str) -> frozenset[str]:
    return frozenset(OPENINGS.get(language, "").split())


@cache
def _patterns(language: str) -> list[tuple[str, re.Pattern[str]]]:
    return [
        (name, re.compile(rf"(?<!\w)(?:{ways[language]})(?!\w)", re.IGNORECASE))
        for name, (_, ways) in RULES.items()
        if language in ways
    ]
