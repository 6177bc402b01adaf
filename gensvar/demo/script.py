"""What is said on the pretend internet, read from `posts/*.toml`: who writes, what, when, and what they answer."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("posts")
LANGUAGES = ("sv", "fi", "nl", "de", "en")
PLACES = {
    "sv": "torget.example",
    "fi": "kylanraitti.example",
    "nl": "buurtplein.example",
    "de": "dorfplatz.example",
    "en": "commons.example",
}
"""The network on which each language meets; `.example` belongs to nobody (RFC 2606)."""
US = "nordpost"
PACE = 8.0
"""Seconds between two posts while the demo lives, unless its settings say otherwise."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    key: str
    name: str
    handle: str
    followers: int
    since: datetime
    bio: str
    place: str

    @property
    def url(self) -> str:
        return f"https://{self.place}/@{self.handle}"


COMPANY = Person(
    US, "Nordpost", US, 18_400, datetime(2011, 3, 1, tzinfo=UTC), "Paket och skåp.", "nordpost.example"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One post and what becomes of it.

    ago: how long before the demo began it was written; None = later, in the order of the script.
    edit, deleted: what happens so long after it appears (or after the beginning, for what is older).
    answers: what its author says to our first, second, … reply; outcome: to the question whether they are happy.
    mood chooses general words where none are written here; "silent" never answers.
    """

    id: str
    person: Person
    language: str
    text: str
    ago: timedelta | None = None
    reply_to: str = ""
    mood: str = "complaint"
    answers: tuple[str, ...] = ()
    outcome: str = ""
    edit: str = ""
    edit_after: timedelta = timedelta(0)
    deleted_after: timedelta | None = None

    @property
    def is_tagged(self) -> bool:
        return f"@{US}" in self.text.casefold().split()


@dataclass(frozen=True, slots=True)
class Words:
    """General answers of one language, by mood."""

    answers: dict[str, tuple[str, ...]]
    outcomes: dict[str, tuple[str, ...]]
    asks_whether_happy: tuple[str, ...]


@cache
def lines() -> tuple[Line, ...]:
    """The whole script: older posts by age, then the later ones, languages taking turns."""
    read = [_read(language) for language in LANGUAGES]
    older = [line for each in read for line in each if line.ago is not None]
    turns = zip_longest(*[[line for line in each if line.ago is None] for each in read])
    later = [line for turn in turns for line in turn if line is not None]
    return (*sorted(older, key=lambda line: line.ago or timedelta(0), reverse=True), *later)


@cache
def by_id() -> dict[str, Line]:
    """Every line by its id."""
    return {line.id: line for line in lines()}


@cache
def words(language: str) -> Words:
    """General answers in `language`."""
    kept = _load(language)["words"]
    return Words(
        answers={mood: tuple(said) for mood, said in kept["answers"].items()},
        outcomes={mood: tuple(said) for mood, said in kept["outcomes"].items()},
        asks_whether_happy=tuple(kept["asks_whether_happy"]),
    )


@cache
def chatter(language: str) -> tuple[tuple[str, ...], ...]:
    """What the quieter talk is made of: openings, remarks, places."""
    kept = _load(language)["chatter"]
    return tuple(kept["openings"]), tuple(kept["remarks"]), tuple(kept["towns"])


@cache
def people(language: str) -> dict[str, Person]:
    """Who writes in `language`."""
    return {key: _person(key, said, PLACES[language]) for key, said in _load(language)["people"].items()}


def _person(key: str, said: list[Any], place: str) -> Person:
    name, handle, followers, since, bio = said
    return Person(key, name, handle, followers, datetime.fromisoformat(since).replace(tzinfo=UTC), bio, place)


@cache
def _load(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))


def _read(language: str) -> list[Line]:
    return list(_lines(language, _load(language)["post"]))


def _lines(language: str, kept: list[dict[str, Any]]) -> Iterator[Line]:
    for number, each in enumerate(kept, 1):
        yield Line(
            id=f"{language}-{each.get('id', f'{number:02}')}",
            person=people(language)[each["by"]],
            language=language,
            text=each["text"].strip(),
            ago=timedelta(minutes=each["ago"]) if "ago" in each else None,
            reply_to=f"{language}-{each['reply_to']}" if "reply_to" in each else "",
            mood=each.get("mood", "complaint"),
            answers=tuple(each.get("answers", ())),
            outcome=each.get("outcome", ""),
            edit=each.get("edit", "").strip(),
            edit_after=timedelta(seconds=each.get("edit_after", 60)),
            deleted_after=timedelta(seconds=each["deleted_after"]) if "deleted_after" in each else None,
        )
