"""What the company did before the demo began, read from `past.toml`: who, when, what, in which words; pure."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from gensvar.demo import script

FILE = Path(__file__).with_name("past.toml")
HEARD_AFTER = timedelta(seconds=2)
"""How long after it was written a post was heard."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that a person did in the case that `post` opened. verb: see `play.VERBS`."""

    at: datetime
    by: str
    verb: str
    post: str
    words: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def this_morning(began_at: datetime) -> list[Deed]:
    """All that is written in `past.toml`, with instants before `began_at`."""
    return list(_deeds(began_at))


def _deeds(began_at: datetime) -> Iterator[Deed]:
    for case in _read():
        ago = script.by_id()[case["post"]].ago
        assert ago is not None  # only what was written before the demo began can have a past
        for minutes, by, verb, words, *more in map(_whole, case["do"]):
            at = began_at - ago + HEARD_AFTER + timedelta(minutes=minutes)
            yield Deed(at, by, verb, case["post"], words, _placed(more[0] if more else {}, began_at))


def _whole(deed: list[Any]) -> list[Any]:
    return deed if len(deed) > 3 else [*deed, ""]


def _placed(more: dict[str, Any], began_at: datetime) -> dict[str, Any]:
    """What was promised for `back_in` minutes after the beginning, as an instant."""
    if "back_in" not in more:
        return more
    return {**more, "promised_at": began_at + timedelta(minutes=more["back_in"])}


@cache
def _read() -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["case"]
    return read
