"""Signs that a rule sees in a post: that it asks, that it is urgent. What a sign weighs is learnt like a word."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from gensvar.kernel.sentence import Sentence
from gensvar.reading.judge import grams, lexicon, words
from gensvar.reading.judge.lexicon import Met
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


class Telling(NamedTuple):
    """Where to look for signs and classes: places of words, in order."""

    marks: Sequence[int]
    """Words that ask."""
    urgent: Sequence[int]
    """Words with which something urgent may begin."""
    classes: Sequence[int]
    """Words with which an entry of the lexicon may begin."""


class Signs:
    """What is looked for in posts of one language."""

    def __init__(self, language: str) -> None:
        self._openings = frozenset(OPENINGS.get(language, "").split())
        self._urgent, self._classes = lexicon.urgent(language), lexicon.of(language)

    def told_by(self, form: str) -> tuple[bool, bool, bool]:
        """Does a word ask, may something urgent begin with it, and may a class?"""
        return "?" in form, self._urgent.begins(form), self._classes.begins(form)

    def of(self, forms: Sequence[str], where: Telling) -> list[Met]:
        """The signs of a post, and behind them the classes of its words, by name."""
        found = self._asking(forms, where.marks[-1]) if where.marks else []
        if where.urgent:
            found += self._urgent.found(forms, where.urgent)
        return found + self._classes.found(forms, where.classes)

    def _asking(self, forms: Sequence[str], mark: int) -> list[Met]:
        """Signs that the post asks, and the words in which they were seen. mark: the last that asks."""
        found: list[Met] = [("asks", mark, mark)]
        last = next(at for at in reversed(range(len(forms))) if forms[at][0] not in "#@&")
        if "?" in forms[last]:
            found.append(("ends asking", last, last))
        begins = True
        for at, form in enumerate(forms):
            if begins and form in self._openings:
                return [*found, ("opens a question", at, at)]
            begins = form[0] in ".!?…,@#&:-"
        return found


@cache
def of(language: str) -> Signs:
    """What is looked for in posts of a language."""
    return Signs(language)


def read(text: str, language: str) -> list[Word]:
    """The words of a post, behind them its signs, and behind these the classes of its words in order; never empty.

    So two classes in a row ("not", "good") are a pair, as two words in a row are.
    """
    found = words.cut(text)
    forms, everywhere = [word.form for word in found], range(len(found))
    marks = [at for at in everywhere if "?" in forms[at]]
    seen = of(language).of(forms, Telling(marks, everywhere, everywhere))
    behind = [Word(form(name), found[first].start, found[last].end) for name, first, last in seen]
    return [*found, *behind] or [NO_WORD]


def form(name: str) -> str:
    """What a sign or a class is called where it stands among words."""
    return f"{grams.SIGN}{name}"


def urgent(seen: Sequence[Met]) -> tuple[Sentence, ...]:
    """Why a post is urgent, as far as its signs say it."""
    return tuple(WHY[name] for name in dict.fromkeys(name for name, _, _ in seen) if name in WHY)
