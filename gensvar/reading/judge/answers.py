"""From logits to what is answered: probabilities of every head, what wins, and what is not sure enough."""

from collections.abc import Mapping, Sequence
from itertools import compress, product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gensvar.kernel.sentence import Sentence
from gensvar.reading.judge.chances import FAIR, lean, softmax
from gensvar.reading.judge.columns import COLUMNS
from gensvar.reading.judge.verdict import (
    GROUNDS,
    KINDS,
    SENTIMENTS,
    TARGETS,
    URGENCIES,
    Reason,
    Scores,
    Verdict,
)

Floats = NDArray[np.float32]
HALF = 0.5
ACTED_UPON = ("kind", "sentiment", "urgency", "abuse")
"""Heads whose answer may be sure enough to act upon."""
_LEAN = lean(KINDS)
_DOUBTS = [
    frozenset(compress(ACTED_UPON, doubted)) for doubted in product((False, True), repeat=len(ACTED_UPON))
]
"""What may be unsure, in the order of binary numbers."""
_DIGITS = 1 << np.arange(len(ACTED_UPON))[::-1]


class Abuse(NamedTuple):
    """What is told of a post that is abusive, or fairly likely so: then without a ground and a target."""

    ground: str | None
    target: str | None
    grounds: Scores


class Answers:
    """The answers to all questions for many posts."""

    def __init__(self, logits: Floats, sure: Mapping[str, float]) -> None:
        """logits: posts x columns; sure: per head the probability from which an answer is sure enough."""
        self._logits = logits
        kinds = logits[:, COLUMNS["kind"]]
        self._kinds = softmax(kinds)
        self._sentiments = softmax(logits[:, COLUMNS["sentiment"]])
        self._urgencies = softmax(logits[:, COLUMNS["urgency"]])
        self._abusive = 1 / (1 + np.exp(-logits[:, COLUMNS["abuse"].start]))
        self._sure = [sure.get(head, 0.0) for head in ACTED_UPON]
        self.winners = {
            "kind": (kinds + _LEAN).argmax(axis=1),
            "sentiment": self._sentiments.argmax(axis=1),
            "abuse": np.where(self._abusive >= HALF, 0, -1),
        }
        """Per head the answer of each post; -1 where there is nothing to say."""

    def verdicts(
        self, language: str, why: Sequence[tuple[Reason, ...]], urgent: Sequence[tuple[Sentence, ...]]
    ) -> list[Verdict]:
        """A verdict for each post."""
        answered = zip(
            zip(self.winners["kind"].tolist(), self._kinds.tolist(), strict=True),
            zip(self.winners["sentiment"].tolist(), self._sentiments.tolist(), strict=True),
            zip(self._urgencies.argmax(axis=1).tolist(), self._urgencies.tolist(), strict=True),
            zip(self._abusive.tolist(), self._abuse(), strict=True),
            zip(self._doubts(), why, urgent, strict=True),
            strict=True,
        )
        return [
            Verdict(
                language=language,
                kind=KINDS[kind],
                sentiment=SENTIMENTS[sentiment],
                abuse=rude.ground if rude else None,
                target=rude.target if rude else None,
                urgency=URGENCIES[urgency],
                kinds=dict(zip(KINDS, kinds, strict=True)),
                sentiments=dict(zip(SENTIMENTS, sentiments, strict=True)),
                abusive=abusive,
                grounds=rude.grounds if rude else {},
                urgencies=dict(zip(URGENCIES, urgencies, strict=True)),
                unsure=doubted,
                reasons=reasons,
                urgent=pressing,
            )
            for (kind, kinds), (sentiment, sentiments), (urgency, urgencies), (abusive, rude), (
                doubted,
                reasons,
                pressing,
            ) in answered
        ]

    def _doubts(self) -> list[frozenset[str]]:
        """The heads of each post whose answer is not sure enough."""
        tops = (
            np.take_along_axis(self._kinds, self.winners["kind"][:, None], axis=1)[:, 0],
            self._sentiments.max(axis=1),
            self._urgencies.max(axis=1),
            np.maximum(self._abusive, 1 - self._abusive),
        )
        doubted = np.stack(tops, axis=1) < self._sure
        return [_DOUBTS[number] for number in (doubted @ _DIGITS).tolist()]

    def _abuse(self) -> list[Abuse | None]:
        """What is told of each post's abuse: worked out only where there may be some."""
        found: list[Abuse | None] = [None] * len(self._logits)
        rude = np.flatnonzero(self._abusive >= FAIR)
        if len(rude):
            grounds = softmax(self._logits[rude, COLUMNS["ground"]]).tolist()
            targets = self._logits[rude, COLUMNS["target"]].argmax(axis=1).tolist()
            for post, scores, target in zip(rude.tolist(), grounds, targets, strict=True):
                given = dict(zip(GROUNDS, scores, strict=True))
                is_it = self._abusive[post] >= HALF
                found[post] = (
                    Abuse(GROUNDS[scores.index(max(scores))], TARGETS[target], given)
                    if is_it
                    else Abuse(None, None, given)
                )
        return found
