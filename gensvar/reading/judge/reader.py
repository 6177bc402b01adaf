"""Reading the posts of one language: sums over words, probabilities, answers, reasons."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gensvar.reading.judge import cues, grams, reasons, runs
from gensvar.reading.judge.answers import Answers
from gensvar.reading.judge.columns import WIDTH
from gensvar.reading.judge.cues import Telling
from gensvar.reading.judge.lexicon import Met
from gensvar.reading.judge.model import Weights
from gensvar.reading.judge.post import Places, Post, Row, in_a_row
from gensvar.reading.judge.reasons import Stretches
from gensvar.reading.judge.room import with_room
from gensvar.reading.judge.verdict import Verdict
from gensvar.reading.judge.vocabulary import ROOM, Vocabulary

Floats = NDArray[np.float32]
HALF = np.float32(0.5)


class Reader:
    """Knows one language's weights, and what they say of the words that it has met."""

    def __init__(self, language: str, rules: str, weights: Weights, vocabulary: Vocabulary) -> None:
        """rules: whose signs and classes are looked for. The vocabulary numbers the words of all posts."""
        self._language, self._signs = language, cues.of(rules)
        self._weights, self._vocabulary = weights, vocabulary
        self._places: Places = np.zeros(0, dtype=np.intp)
        """By the number of a word: its place in the arrays below, from 1 on; 0 = not met."""
        self._met = 1
        self._rows: Floats = np.zeros((ROOM, WIDTH), dtype=np.float32)
        """What the word says for each column, but for the scale."""
        self._sizes: Floats = np.zeros(ROOM, dtype=np.float32)
        """Of how many n-grams it is made."""
        self._telling: NDArray[np.bool_] = np.zeros((ROOM, len(Telling._fields)), dtype=np.bool_)
        """As `Signs.told_by` says."""

    def verdicts(self, posts: Sequence[Post]) -> list[Verdict]:
        """A verdict for each post."""
        signs = self._seen(posts)
        row = in_a_row([self._with_signs(post, seen) for post, seen in zip(posts, signs, strict=True)])
        known = self._known(row.numbers)
        said = self._said(row, known)
        answers = Answers(self._logits(row, known, said), self._weights.sure)
        stretches = self._stretches(row, posts, signs)
        why = reasons.of(posts, stretches, self._scaled(said), answers.winners)
        urgent = [cues.urgent(seen) for seen in signs]
        return answers.verdicts(self._language, why, urgent)

    def _seen(self, posts: Sequence[Post]) -> list[list[Met]]:
        """The signs of each post: looked for only where one may begin."""
        row = in_a_row([post.numbers for post in posts])
        known = self._known(row.numbers)  # makes room: only then may `_telling` be looked at
        where = _where(row, self._telling[known])
        forms = self._vocabulary.forms
        return [
            self._signs.of([forms[number] for number in post.numbers], telling)
            for post, telling in zip(posts, where, strict=True)
        ]

    def _with_signs(self, post: Post, signs: Sequence[Met]) -> list[int]:
        return post.numbers + self._vocabulary.numbers([cues.form(name) for name, _, _ in signs])

    def _known(self, numbers: Places) -> Places:
        """The place of each word; new ones are worked out."""
        self._places = with_room(self._places, len(self._vocabulary.forms))
        places = self._places[numbers]
        if not places.all():
            self._learn(np.unique(numbers[places == 0]))
            places = self._places[numbers]
        return places

    def _learn(self, fresh: Places) -> None:
        begin, end = self._met, self._met + len(fresh)
        self._make_room(end)
        forms = [self._vocabulary.forms[number] for number in fresh.tolist()]
        row = runs.buckets(forms)
        told = self._weights.table[row.numbers]
        self._rows[begin:end] = np.add.reduceat(told, row.begins, axis=0, dtype=np.int32)
        self._sizes[begin:end] = row.sizes
        self._telling[begin:end] = [self._signs.told_by(form) for form in forms]
        self._places[fresh] = np.arange(begin, end)
        self._met = end

    def _make_room(self, needed: int) -> None:
        self._rows = with_room(self._rows, needed)
        self._sizes = with_room(self._sizes, needed)
        self._telling = with_room(self._telling, needed)

    def _said(self, row: Row, known: Places) -> Floats:
        """words x columns: what each word says, with half of each pair that it is in."""
        said: Floats = self._rows[known]
        names = self._vocabulary.pairs[row.numbers]
        pairs = self._weights.table[grams.of_pairs(names[:-1], names[1:])].astype(np.float32)
        pairs *= HALF
        pairs[row.begins[1:] - 1] = 0.0  # the last word of a post and the first of the next
        said[:-1] += pairs
        said[1:] += pairs
        return said

    def _logits(self, row: Row, known: Places, said: Floats) -> Floats:
        """posts x columns: calibrated."""
        weights = self._weights
        size = np.sqrt(row.sums(self._sizes[known]) + row.sizes - 1)[:, None]
        score = row.sums(said) * weights.scale / size + weights.bias
        return (score * weights.slope + weights.shift).astype(np.float32)

    def _scaled(self, said: Floats) -> Floats:
        """What each word says, in logits, for the columns that give reasons."""
        return np.asarray(said[:, : reasons.COLUMN_END] * self._weights.scale[: reasons.COLUMN_END])

    def _stretches(self, row: Row, posts: Sequence[Post], signs: Sequence[Sequence[Met]]) -> Stretches:
        of_post = np.repeat(np.arange(len(posts)), row.sizes)
        firsts = np.arange(len(of_post)) - row.begins[of_post]
        lasts = firsts.copy()
        words = np.fromiter((len(post.numbers) for post in posts), dtype=np.intp, count=len(posts))
        is_sign = firsts >= words[of_post]
        firsts[is_sign] = [first for seen in signs for _, first, _ in seen]
        lasts[is_sign] = [last for seen in signs for _, _, last in seen]
        return Stretches(of_post, firsts, lasts, self._vocabulary.tells[row.numbers])


def _where(row: Row, told: NDArray[np.bool_]) -> Iterator[Telling]:
    """For each post the places of its words of which something is told. told: words x what is told."""
    by_kind = np.flatnonzero(told.T)  # all words of one kind, then all of the next
    at = by_kind % len(told)
    of_post = np.searchsorted(row.begins, at, side="right") - 1
    places = (at - row.begins[of_post]).tolist()
    begins = row.begins + len(told) * np.arange(told.shape[1])[:, None]
    cuts = [*np.searchsorted(by_kind, begins.ravel()).tolist(), len(places)]
    found = [places[begin:end] for begin, end in pairwise(cuts)]
    posts = len(row.begins)
    return map(Telling, found[:posts], found[posts : 2 * posts], found[2 * posts :])
