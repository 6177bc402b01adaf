"""What a reader may say: one choice of a fixed list for each question, and how sure it is."""

from collections.abc import Iterable, Mapping
from math import isnan
from typing import NamedTuple

from gensvar.reading.judge.verdict import GROUNDS, KINDS, SENTIMENTS, URGENCIES

NOT_ABUSIVE = "none"
CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": KINDS,
    "sentiment": SENTIMENTS,
    "abuse": (NOT_ABUSIVE, *GROUNDS),
    "urgency": URGENCIES,
}
"""The questions that can be given to a reader, each with every answer that counts."""

LEAST, MOST = 0.51, 0.97
"""Bounds of what is believed: the choice stays the likeliest one, and nobody's word is a certainty."""


class Answer(NamedTuple):
    """One question answered."""

    head: str
    choice: str
    sure: float
    """What the reader says its probability is, within LEAST and MOST: its word, which nobody has calibrated."""


Answers = tuple[Answer, ...]


def answer(head: str, choice: str, sure: float) -> Answer:
    """An answer with its probability within bounds; ValueError when it is none of the choices."""
    if choice not in CHOICES.get(head, ()) or isnan(sure):
        raise ValueError(f"{choice!r} is no answer to {head!r}")
    return Answer(head, choice, round(min(max(sure, LEAST), MOST), 4))


def in_order(heads: Iterable[str]) -> tuple[str, ...]:
    """Those of `heads` that can be asked, each once, in the order of CHOICES."""
    wanted = set(heads)
    return tuple(head for head in CHOICES if head in wanted)


def to_json(answers: Answers) -> dict[str, list[object]]:
    """As it is kept: head → [choice, sure]."""
    return {head: [choice, sure] for head, choice, sure in answers}


def from_json(kept: Mapping[str, list[object]]) -> Answers:
    """What `to_json` wrote."""
    return tuple(answer(head, str(choice), float(str(sure))) for head, (choice, sure) in kept.items())
