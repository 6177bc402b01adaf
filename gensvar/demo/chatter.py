"""Quieter talk for a demo that runs for hours: nothing is ever said twice; pure."""

from gensvar.demo import script
from gensvar.demo.script import Line

_STRIDE = 254
"""A step through all that can be said: prime to its number, and neighbours in time share nothing."""


def most() -> int:
    """How many posts there are before everything has been said."""
    return len(script.LANGUAGES) * min(_pairs(language) for language in script.LANGUAGES)


def post(number: int) -> Line | None:
    """The `number`-th post of the quieter talk (languages take turns), or None when all has been said."""
    turn, which = divmod(number, len(script.LANGUAGES))
    language = script.LANGUAGES[which]
    openings, remarks, towns = script.chatter(language)
    if number < 0 or number >= most():
        return None
    place, town = divmod(turn * _STRIDE % _pairs(language), len(towns))
    remark, opening = divmod(place, len(openings))
    people = list(script.people(language).values())
    return Line(
        id=f"{language}-c{number}",
        person=people[(turn * 5 + which) % len(people)],
        language=language,
        text=f"{openings[opening].format(town=towns[town])} {remarks[remark]}",
        mood="chatter",
    )


def _pairs(language: str) -> int:
    openings, remarks, towns = script.chatter(language)
    return len(openings) * len(remarks) * len(towns)
