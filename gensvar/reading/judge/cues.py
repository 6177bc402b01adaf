"""Signs that a rule sees in a post: that it asks, that it is urgent. What a sign weighs is learnt like a word."""

from collections.abc import Iterator, Sequence
from functools import cache

from gensvar.kernel.sentence import Sentence
from gensvar.reading.judge import lexicon, words
from gensvar.reading.judge.words import Word

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

WHY = {
    "safety": Sentence("Health or safety is spoken of."),
    "deadline": Sentence("It has to happen today or tomorrow."),
    "public": Sentence("Press, authorities or a lawyer are named."),
    "stranded": Sentence("Somebody is stuck, locked out or without money."),
    "many": Sentence("Many people seem to be hit."),
}
"""Classes of the lexicon that make a post urgent, and what they say to people."""

NO_WORD = Word("\\nothing", 0, 0)
"""What an empty post is made of."""


def read(text: str, language: str) -> list[Word]:
    """The words of a post, behind them its signs, and behind these the classes of its words in order; never empty.

    So two classes in a row ("not", "good") are a pair, as two words in a row are.
    """
    found = words.cut(text)
    signs = [Word(f"\\{name}", at.start, at.end) for name, at in _asking(found, language)]
    for name, first, last in lexicon.urgent(language).found(found):
        signs.append(Word(f"\\{name}", first.start, last.end))
    classes = [
        Word(f"\\{name}", first.start, last.end) for name, first, last in lexicon.of(language).found(found)
    ]
    return [*found, *signs, *classes] or [NO_WORD]


def urgent(found: Sequence[Word]) -> tuple[Sentence, ...]:
    """Why a post is urgent, as far as its words say it: `found` as `read` gives it."""
    named = dict.fromkeys(word.form[1:] for word in found if word.form[0] == "\\")
    return tuple(WHY[name] for name in named if name in WHY)


def _asking(found: Sequence[Word], language: str) -> Iterator[tuple[str, Word]]:
    """Signs that the post asks, and the words in which they were seen."""
    marks = [word for word in found if "?" in word.form]
    if not marks:
        return
    yield "asks", marks[-1]
    last = next(word for word in reversed(found) if word.form[0] not in "#@&")
    if "?" in last.form:
        yield "ends asking", last
    opening = _openings(language)
    begins = True
    for word in found:
        if begins and word.form in opening:
            yield "opens a question", word
            return
        begins = word.form[0] in ".!?…,@#&:-"


@cache
def _openings(language: str) -> frozenset[str]:
    return frozenset(OPENINGS.get(language, "").split())
