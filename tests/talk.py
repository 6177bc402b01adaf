"""Thirty-six hours of talk made from a seed, and a network that tells it: cut anywhere, and told again.

The words are recorded talk and labelled posts where ../shared/data is, read in place; a few of our own else.
"""

import asyncio
import gzip
import json
import random
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from html import unescape
from itertools import count, islice
from pathlib import Path
from typing import Any

from gensvar.connectors.contract import (
    Account,
    AccountGone,
    Author,
    Batch,
    Connector,
    Created,
    Deleted,
    Edited,
    Event,
    Find,
    Gap,
    Hears,
    Hidden,
    Identity,
    Post,
    Reposted,
    TryLater,
    setting,
)

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
BEGAN = datetime(2026, 11, 19, 22, 0, tzinfo=UTC)
ENDED = BEGAN + timedelta(hours=36)
US = Author("nordpost", "nordpost.example", "Nordpost")
OWN_WORDS = (
    "Var är mitt paket, det skulle ha kommit i måndags",
    "Kolmas kerta kun paketti jää pihalle sateeseen",
    "Al drie weken geen pakket en geen antwoord",
    "Seit Montag zu, kein Schild, keine Auskunft",
    "Walked along the harbour this morning and the ice holds a duck",
    "Vilken skillnad, chauffören bar upp allt fyra trappor",
)
_CONTENT = re.compile(r'"content":\s*"((?:[^"\\]|\\.)*)"')
_TAG = re.compile(r"<[^>]+>")


@cache
def words() -> tuple[str, ...]:
    """What people say: recorded and labelled posts, and our own where those are absent."""
    return (*OWN_WORDS, *_recorded(), *_labelled())


def _recorded() -> list[str]:
    found = []
    for path in sorted(DATA.glob("mastodon-cassettes/*.yaml")):
        told = _CONTENT.findall(re.sub(r"\s+", " ", path.read_text()))
        found += [unescape(_TAG.sub(" ", each.encode().decode("unicode_escape", "ignore"))) for each in told]
    return [each for each in found if each.strip()]


def _labelled() -> list[str]:
    found: list[str] = []
    for path in sorted(DATA.glob("triage/core/*.jsonl.gz")):
        with gzip.open(path, "rt") as lines:
            found += [json.loads(line)["text"] for line in islice(lines, 400)]
    return found


@dataclass
class Talk:
    """Who has said what so far; `make` says the next thing."""

    dice: random.Random
    at: datetime = BEGAN
    number: int = 0
    posts: list[Post] = field(default_factory=list)
    passed_on: list[str] = field(default_factory=list)
    rested_on: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def make(self) -> Event:
        """The next thing that happens."""
        chance = self.dice.random()
        for share, kind in KINDS:
            chance -= share
            if chance < 0 and (event := kind(self)):
                return event
        return said(self)

    def post(self, text: str, author: Author | None = None, **more: Any) -> Created:
        self.number += 1
        made = Post(
            native_id=f"p{self.number}",
            revision=f"p{self.number}-1",
            author=author or self.somebody(),
            text=text,
            posted_at=self.at - timedelta(seconds=self.dice.choice((0, 0, 0, 5, 900, -60))),
            language=self.dice.choice(("sv", "fi", "nl", "de", "en", "")),
            raw=json.dumps({"id": self.number, "text": text}).encode(),
            **more,
        )
        self.posts.append(made)
        self.rested_on.update(each for each in more.values() if each)
        return Created(made)

    def somebody(self) -> Author:
        while True:
            number = int(self.dice.paretovariate(0.6)) % 700
            if f"did:{number}" not in self.gone:
                known = number % 3 == 0
                return Author(
                    f"did:{number}",
                    f"a{number}.example" if known else "",
                    f"A {number}" if known else "",
                    followers=number,
                )

    def recent(self, *, about_us: bool = True) -> Post | None:
        """Something said not long ago, mostly about us: that is where it gets interesting."""
        latest = self.posts[-400:]
        ours = [each for each in latest if "nordpost" in each.text.lower()]
        among = ours if about_us and self.dice.random() < 0.7 else latest
        return self.dice.choice(among) if among else None

    def text(self) -> str:
        words_of_it = self.dice.choice(words()).split(" ")
        if self.dice.random() < 0.2:
            words_of_it.insert(
                self.dice.randrange(len(words_of_it) + 1), self.dice.choice(("Nordpost", "Nordposts"))
            )
        return " ".join(words_of_it)


def said(talk: Talk) -> Event:
    return talk.post(talk.text())


def answered(talk: Talk) -> Event | None:
    to = talk.recent()
    if to is None:
        return None
    author = talk.dice.choice((to.author, None, None, US))
    return talk.post(talk.text(), author, root_id=to.root_id or to.native_id, parent_id=to.native_id)


def said_again(talk: Talk) -> Event | None:
    before = talk.recent()
    return talk.post(before.text + talk.dice.choice(("", " 😡", "!")), before.author) if before else None


def quoted(talk: Talk) -> Event | None:
    of = talk.recent()
    return (
        talk.post(talk.dice.choice(("", "👆", of.text, talk.text())), quotes_id=of.native_id) if of else None
    )


def passed_on(talk: Talk) -> Event | None:
    of = talk.recent()
    if of is None:
        return None
    talk.number += 1
    name = f"r{talk.number}"
    talk.passed_on.append(name)
    talk.rested_on.add(of.native_id)
    return Reposted(name, of.native_id, talk.somebody(), talk.at, f"{name}-1", raw=b"{}")


def taken_back(talk: Talk) -> Event | None:
    return Deleted(talk.dice.choice(talk.passed_on), talk.at) if talk.passed_on else None


def edited(talk: Talk) -> Event | None:
    """A new wording. One that names us for the first time comes before anybody has answered: what was said
    below until then is brought in by loading the thread, which no stream does.
    """
    of = talk.recent()
    if of is None or of.author == US:
        return None
    text = of.text + " …" if of.native_id in talk.rested_on else talk.text()
    talk.number += 1
    new = replace(of, text=text, revision=f"{of.native_id}-{talk.number}", raw=text.encode())
    talk.posts[talk.posts.index(of)] = new
    return Edited(new, talk.at)


def deleted(talk: Talk) -> Event | None:
    of = talk.recent()
    return Deleted(of.native_id, talk.at) if of else None


def hidden(talk: Talk) -> Event | None:
    of = talk.recent()
    return Hidden(of.native_id, talk.at, "by the page") if of else None


def left(talk: Talk) -> Event | None:
    of = talk.recent()
    if of is None or of.author == US:
        return None
    talk.gone.add(of.author.native_id)
    return AccountGone(of.author.native_id, talk.at, "deleted")


def missed(talk: Talk) -> Event:
    return Gap(talk.at - timedelta(minutes=3), talk.at, "We were away longer than the stream keeps.")


KINDS: tuple[tuple[float, Callable[[Talk], Event | None]], ...] = (
    (0.14, answered),
    (0.05, said_again),
    (0.05, quoted),
    (0.10, passed_on),
    (0.02, taken_back),
    (0.04, edited),
    (0.03, deleted),
    (0.005, hidden),
    (0.003, left),
    (0.002, missed),
)


@cache
def told(seed: int, number: int) -> tuple[Event, ...]:
    """`number` events over 36 hours, the same for the same seed."""
    talk = Talk(random.Random(seed))
    events = []
    for each in range(number):
        talk.at = BEGAN + (ENDED - BEGAN) * each / number
        events.append(talk.make())
    return tuple(events)


_opened = count()
"""How often the stream was opened in this process: no two openings break off alike."""


@dataclass(frozen=True)
class TalkSettings:
    """Which talk is told, and where it breaks off."""

    seed: str = setting("Seed")
    number: str = setting("Number of events")
    cuts: str = setting("Seed of the places where the stream is cut, or nothing", default="")
    pace: str = setting("Seconds between two batches", default="0")


async def connect(settings: TalkSettings) -> Identity:
    """Nobody needs to sign in."""
    return Identity("nordpost", "nordpost.example")


async def follow(account: Account, cursor: str | None) -> AsyncIterator[Batch]:
    """The talk from `cursor` on, in batches of any size; with cuts it breaks off, and tells again what it told."""
    settings: TalkSettings = account.settings
    events, place = told(int(settings.seed), int(settings.number)), int(cursor or 0)
    dice = random.Random(f"{settings.cuts} {next(_opened)}") if settings.cuts else None
    ends = dice.randrange(4, 15) if dice else None
    if dice and place:
        place = max(0, place - dice.choice((0, 1, 50, 300)))
    while place < len(events):
        size = dice.choice((1, 7, 60, 100, 250)) if dice else 20
        part = events[place : place + size]
        place += len(part)
        yield Batch(part, str(place))
        await asyncio.sleep(float(settings.pace))
        ends = ends - 1 if ends else None
        if ends == 0:
            raise TryLater("The stream was cut.", timedelta(milliseconds=1))
    await asyncio.Event().wait()


CONNECTOR = Connector(
    key="talk",
    name="Talk",
    about="Thirty-six hours that are told again and again.",
    settings=TalkSettings,
    connect=connect,
    find=(Find(key="all", hears=Hears.EVERYTHING, source=lambda account: "talk", open=follow),),
)
