"""Reading the posts of one language: sums over words, probabilities, answers, reasons."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gensvar.kernel.sentence import Sentence
from gensvar.reading.judge import cues, grams, reasons
from gensvar.reading.judge.chances import FAIR, softmax
from gensvar.reading.judge.columns import COLUMNS, WIDTH
from gensvar.reading.judge.model import Weights
from gensvar.reading.judge.verdict import (
    GROUNDS,
    KINDS,
    SENTIMENTS,
    TARGETS,
    URGENCIES,
    Reason,
    Verdict,
)
from gensvar.reading.judge.words import Word

Floats = NDArray[np.float32]
ROOM = 1024
"""Words for which there is room at first."""
MOST_WORDS = 100_000
"""Words that a reader remembers; then it forgets all and begins anew."""
HALF = 0.5


class Cut(NamedTuple):
    """The words of many posts in one row, and where each post begins."""

    words: list[Word]
    begins: NDArray[np.intp]
    of_post: NDArray[np.intp]
    """For each word, the number of its post."""


class Reader:
    """Knows one language's weights, and the words that it has met."""

    def __init__(self, language: str, rules: str, weights: Weights) -> None:
        self._language, self._rules, self._weights = language, rules, weights
        self._row: dict[str, int] = {}
        self._rows: Floats = np.zeros((ROOM, WIDTH), dtype=np.float32)
        self._sizes: Floats = np.zeros(ROOM, dtype=np.float32)
        self._numbers: NDArray[np.uint32] = np.zeros(ROOM, dtype=np.uint32)

    def verdicts(self, texts: Sequence[str]) -> list[Verdict]:
        """A verdict for each text."""
        listed = [cues.read(text, self._rules) for text in texts]
        cut = _in_a_row(listed)
        known = self._known([word.form for word in cut.words])  # makes room: only then may rows be looked at
        said = self._said(cut, known)
        logits = self._logits(cut, known, said)
        answers = _Answers(logits)
        why = reasons.of(texts, cut.words, cut.of_post, said, answers.winners)
        return [
            self._verdict(number, answers, why[number], cues.urgent(listed[number]))
            for number in range(len(texts))
        ]

    def _said(self, cut: Cut, known: NDArray[np.intp]) -> Floats:
        """words x columns: what each word says, with half of each pair that it is in."""
        said: Floats = self._rows[known]
        within = np.flatnonzero(cut.of_post[1:] == cut.of_post[:-1])
        numbers = self._numbers[known]
        buckets = grams.of_pairs(numbers[within], numbers[within + 1])
        pairs = self._weights.table[buckets].astype(np.float32)
        pairs *= HALF
        said[within] += pairs
        said[within + 1] += pairs
        return said

    def _known(self, forms: Sequence[str]) -> NDArray[np.intp]:
        """The row of each form; new ones are worked out."""
        if len(self._row) + len(forms) > MOST_WORDS:
            self._row = {}
        row = self._row
        fresh = [form for form in dict.fromkeys(forms) if form not in row]
        if fresh:
            self._learn(fresh)
        return np.array([row[form] for form in forms], dtype=np.intp)

    def _learn(self, fresh: Sequence[str]) -> None:
        table = self._weights.table
        self._make_room(len(self._row) + len(fresh))
        for form in fresh:
            buckets = grams.of_word(form)
            at = self._row[form] = len(self._row)
            self._rows[at] = table[buckets].sum(axis=0, dtype=np.int32)
            self._sizes[at] = len(buckets)
            self._numbers[at] = grams.number(form)

    def _make_room(self, needed: int) -> None:
        more = max(needed, 2 * len(self._sizes)) - len(self._sizes)
        if needed > len(self._sizes):
            self._rows = np.pad(self._rows, ((0, more), (0, 0)))
            self._sizes = np.pad(self._sizes, (0, more))
            self._numbers = np.pad(self._numbers, (0, more))

    def _logits(self, cut: Cut, known: NDArray[np.intp], said: Floats) -> Floats:
        """posts x columns: calibrated."""
        weights = self._weights
        sums = np.add.reduceat(said, cut.begins, axis=0)
        counted = np.add.reduceat(self._sizes[known], cut.begins)
        lengths = np.diff(np.append(cut.begins, len(cut.words)))
        said *= weights.scale
        size = np.sqrt(counted + lengths - 1)[:, None]
        return ((sums * weights.scale / size + weights.bias) * weights.slope + weights.shift).astype(
            np.float32
        )

    def _verdict(
        self, number: int, answers: "_Answers", why: tuple[Reason, ...], urgent: tuple[Sentence, ...]
    ) -> Verdict:
        return answers.verdict(number, self._language, self._weights.sure, why, urgent)


class _Answers:
    """Probabilities of all heads for many posts, and what wins."""

    def __init__(self, logits: Floats) -> None:
        self.kinds = softmax(logits[:, COLUMNS["kind"]])
        self.sentiments = softmax(logits[:, COLUMNS["sentiment"]])
        self.grounds = softmax(logits[:, COLUMNS["ground"]])
        self.targets = softmax(logits[:, COLUMNS["target"]])
        self.urgencies = softmax(logits[:, COLUMNS["urgency"]])
        self.abusive = 1 / (1 + np.exp(-logits[:, COLUMNS["abuse"]][:, 0]))
        self.winners = {
            "kind": self.kinds.argmax(axis=1),
            "sentiment": self.sentiments.argmax(axis=1),
            "urgency": self.urgencies.argmax(axis=1),
            "abuse": np.where(self.abusive >= HALF, 0, -1),
        }

    def verdict(
        self,
        number: int,
        language: str,
        sure: dict[str, float],
        why: tuple[Reason, ...],
        urgent: tuple[Sentence, ...],
    ) -> Verdict:
        kinds, sentiments = self.kinds[number].tolist(), self.sentiments[number].tolist()
        urgencies, abusive = self.urgencies[number].tolist(), float(self.abusive[number])
        is_abusive = abusive >= HALF
        tops = {
            "kind": max(kinds),
            "sentiment": max(sentiments),
            "urgency": max(urgencies),
            "abuse": max(abusive, 1 - abusive),
        }
        return Verdict(
            language=language,
            kind=KINDS[self.winners["kind"][number]],
            sentiment=SENTIMENTS[self.winners["sentiment"][number]],
            abuse=GROUNDS[int(self.grounds[number].argmax())] if is_abusive else None,
            target=TARGETS[int(self.targets[number].argmax())] if is_abusive else None,
            urgency=URGENCIES[self.winners["urgency"][number]],
            kinds=dict(zip(KINDS, kinds, strict=True)),
            sentiments=dict(zip(SENTIMENTS, sentiments, strict=True)),
            abusive=abusive,
            grounds=dict(zip(GROUNDS, self.grounds[number].tolist(), strict=True)) if abusive >= FAIR else {},
            urgencies=dict(zip(URGENCIES, urgencies, strict=True)),
            unsure=frozenset(head for head, top in tops.items() if top < sure.get(head, 0.0)),
            reasons=why,
            urgent=urgent,
        )


def _in_a_row(listed: Sequence[Sequence[Word]]) -> Cut:
    sizes = np.array([len(each) for each in listed], dtype=np.intp)
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)
    return Cut([word for each in listed for word in each], begins, np.repeat(np.arange(len(listed)), sizes))
