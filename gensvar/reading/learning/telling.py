"""Which words a head has learnt, so that people can look at it."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from gensvar.reading.judge import cues, grams
from gensvar.reading.judge.verdict import Reason
from gensvar.reading.learning import small
from gensvar.reading.learning.head import Head, unique

SHOWN = 12
"""Words that are named for an answer, at most."""
MET = 2
"""A word counts from so many corrections on."""
LARGEST_SHARE = 0.5
"""Words in more of the posts than this (the name of the company) tell no answer from another."""
LEAST = 0.05
MOST_WORDS = 3_000
REASONS = 3


def words(head: Head, posts: Sequence[Sequence[str]]) -> dict[str, list[tuple[str, float]]]:
    """For each answer the words that speak for it, the most telling first, with what they weigh.

    posts: of the posts that the head learnt from the words that can tell what they are about (`small.is_telling`).
    """
    met = Counter(form for post in posts for form in set(post))
    most = max(MET, LARGEST_SHARE * len(posts))
    forms = [form for form, times in met.most_common(MOST_WORDS) if MET <= times <= most]
    if not forms:
        return {answer: [] for answer in head.answers}
    said = np.stack([_said(head, form) for form in forms])
    said -= said.mean(axis=1, keepdims=True)
    return {answer: _most(forms, said[:, at].tolist()) for at, answer in enumerate(head.answers)}


def _said(head: Head, form: str) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    buckets = unique(grams.of_word(form))
    return head.told(buckets) / np.float32(np.sqrt(len(buckets)))


def _most(forms: Sequence[str], weights: Sequence[float]) -> list[tuple[str, float]]:
    order = sorted(range(len(forms)), key=lambda at: (-weights[at], forms[at]))
    return [(forms[at], round(weights[at], 3)) for at in order[:SHOWN] if weights[at] >= LEAST]


def reasons(head: Head, text: str, language: str, answer: str, question: str) -> tuple[Reason, ...]:
    """The words of a post that speak most for `answer` by what was learnt, the most telling first."""
    at = head.answers.index(answer)
    found = []
    for word in cues.read(text, language):
        if word.end > word.start and small.is_telling(word.form, language):
            said = _said(head, word.form)
            weight = float(said[at] - said.mean())
            if weight >= LEAST:
                found.append(Reason(word.start, word.end, text[word.start : word.end], question, weight))
    return tuple(sorted(found, key=lambda one: (-one.weight, one.start))[:REASONS])
