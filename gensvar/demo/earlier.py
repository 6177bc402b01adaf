"""What was said and done in the thirteen days before: posts put together from words, and how they ended; pure."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from gensvar.demo import script
from gensvar.demo.past import HEARD_AFTER, Deed
from gensvar.demo.script import Line

FILE = Path(__file__).with_name("earlier.toml")
DAYS = (2, 3, 3, 4, 2, 1, 3, 4, 7, 5, 3, 2, 3)
"""Posts by day, the oldest first; in the second week the lockers froze."""
OPENS = time(7, 20)
MOODS = ("complaint", "complaint", "question", "complaint", "praise", "complaint", "complaint")
MINUTES = (14, 41, 22, 58, 9, 33, 74, 27, 48, 18, 96, 36, 25)
"""How long the first answer took, by turns."""
ENDS = ("settled", "turned", "settled", "silent", "turned", "unhappy")


def number() -> int:
    """How many posts there are."""
    return sum(DAYS)


def posts(began_at: datetime) -> list[tuple[datetime, Line]]:
    """When each was written, before `began_at`."""
    return [(at, post(turn)) for turn, at in enumerate(_instants(began_at))]


def turn(post_id: str) -> int | None:
    """Which of them has this id; None for any other post."""
    rest = post_id.partition("-")[2]
    if rest.startswith("e") and rest[1:].isdecimal() and int(rest[1:]) < number():
        return int(rest[1:])
    return None


def deeds(began_at: datetime) -> list[Deed]:
    """What was done about each."""
    return [deed for turn, (at, line) in enumerate(posts(began_at)) for deed in _deeds(turn, at, line)]


def post(turn: int) -> Line:
    """The `turn`-th of them."""
    round_, which = divmod(turn, len(script.LANGUAGES))
    language, mood = script.LANGUAGES[which], MOODS[turn % len(MOODS)]
    words = _words()[language]
    said, remarks, towns = words[f"{mood}s"], words["remarks"], words["towns"]
    text = said[round_ % len(said)].format(town=towns[round_ % len(towns)])
    if mood == "complaint":
        text += " " + remarks[round_ % len(remarks)]
    honest = [person for person in script.people(language).values() if person.followers > 4]
    return Line(
        id=f"{language}-e{turn}",
        person=honest[turn * 3 % len(honest)],
        language=language,
        text=text,
        mood="unhappy" if _end(turn) == "unhappy" and mood == "complaint" else mood,
    )


def _instants(began_at: datetime) -> Iterator[datetime]:
    for day, posts_of_day in enumerate(DAYS):
        opens = datetime.combine(began_at.date() - timedelta(days=len(DAYS) - day), OPENS, began_at.tzinfo)
        for turn in range(posts_of_day):
            yield opens + timedelta(minutes=turn * 420 // posts_of_day + (turn * 37 + day * 11) % 29)


def _deeds(turn: int, at: datetime, line: Line) -> Iterator[Deed]:
    """Judged soon, answered within the hour or a little later, and closed the same day."""
    words, heard = _words()[line.language], at + HEARD_AFTER + timedelta(seconds=turn * 23 % 60)
    minutes, by = MINUTES[turn % len(MINUTES)], "Alice" if turn % 3 == 0 else "Bob"

    def deed(after: float, verb: str, said: str = "", **more: Any) -> Deed:
        return Deed(heard + timedelta(minutes=after), by, verb, line.id, said, more)

    yield Deed(at, "", "said", line.id)
    kind = "complaint" if line.mood == "unhappy" else line.mood
    yield deed(3 + turn % 5, "judge", kind)
    if kind == "praise":
        yield deed(minutes, "thank", words["thanks"][0], answer_in=0)
    elif kind == "question":
        yield deed(minutes, "answer", words["replies"][0], answer_in=0)
        yield deed(minutes + 90, "close", "settled")
    elif _end(turn) in ("turned", "unhappy"):
        yield deed(minutes, "invite", words["invites"][0], answer_in=0)
        yield deed(
            minutes + 45, "settle", "Delivered, and the postage paid back.", form="refund", cost="6.90"
        )
        yield deed(minutes + 110, "return", words["returns"][0], answer_in=12)
        yield deed(minutes + 140, "conclude", _end(turn))
    else:
        yield deed(minutes, "answer", words["answers"][turn % 2], answer_in=0)
        yield deed(minutes + 150, "close", _end(turn))


def _end(turn: int) -> str:
    return ENDS[turn // 2 % len(ENDS)]


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(FILE.read_text("utf-8"))
