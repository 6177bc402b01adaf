"""Learning the weights of one language from its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from gensvar.reading.judge.columns import ANSWERS, COLUMNS, WIDTH
from gensvar.reading.judge.grams import BUCKETS
from gensvar.reading.judge.verdict import KINDS, SENTIMENTS
from gensvar.reading.training.sources import OWN, Row

Floats = NDArray[np.float32]
WEIGHT = {OWN: 3.0, "multi_xed": 0.5}
"""How much a row counts. Film subtitles are short, and their labels were carried over from another language."""
HARD = 0.3
"""How much one of our hard posts counts: a tenth of the others, with more of it real posts are judged worse."""
OTHER = 0.2
"""How much a public post that is not about a company counts as one: there are ten times as many as our own."""
STRENGTH = {"kind": 3.0, "sentiment": 3.0, "abuse": 3.0, "ground": 10.0, "target": 10.0, "urgency": 10.0}
"""C of the logistic regression, by head."""
FOLDS = 5
FEELING = 0.75
"""How much of the leaning of the sentiment is lent to the kind."""
NEAR = 0.01
"""When the learner has come near enough."""
NEVER = -4.0
"""The score of an answer that was never met."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights (columns x buckets) and biases (columns): a score is linear in the n-grams of a post."""

    weights: Floats
    bias: Floats

    def scores(self, posts: sparse.csr_matrix) -> Floats:
        """posts x columns."""
        return np.asarray(posts @ self.weights.T + self.bias, dtype=np.float32)


def fit(rows: Sequence[Row], posts: sparse.csr_matrix, *, seed: int) -> Fitted:
    """All heads of one language. posts: the rows as `matrix` makes them."""
    made = Fitted(np.zeros((WIDTH, BUCKETS), np.float32), np.zeros(WIDTH, np.float32))
    for head in ANSWERS:
        _put(made, head, *_head(head, rows, posts, seed))
    _lend(made)
    return made


def _lend(made: Fitted) -> None:
    """Let how a post feels speak for a complaint and against praise, or the other way round.

    Far more posts are labelled for sentiment than for kind, of more sorts; both are linear, so their sum is too.
    """
    kind, felt = COLUMNS["kind"].start, COLUMNS["sentiment"].start
    negative, positive = (felt + SENTIMENTS.index(each) for each in ("negative", "positive"))
    for values in (made.weights, made.bias):
        leaning = FEELING * (values[negative] - values[positive])
        values[kind + KINDS.index("complaint")] += leaning
        values[kind + KINDS.index("praise")] -= leaning


def _put(made: Fitted, head: str, weights: Floats, bias: Floats) -> None:
    made.weights[COLUMNS[head]] = weights
    made.bias[COLUMNS[head]] = bias


def _head(head: str, rows: Sequence[Row], posts: sparse.csr_matrix, seed: int) -> tuple[Floats, Floats]:
    """Answers x buckets, answers: each answer against all others. One that was never met says nothing."""
    taken = [number for number, row in enumerate(rows) if head in row.said]
    rows, posts = [rows[each] for each in taken], posts[taken]
    answers = ("yes",) if head == "abuse" else ANSWERS[head]
    said = np.array([row.said[head] for row in rows])
    weight = np.array([_weight(head, row) for row in rows])
    weights, bias = np.zeros((len(answers), BUCKETS), np.float32), np.full(len(answers), NEVER, np.float32)
    for place, answer in enumerate(answers):
        is_it = said == answer
        if 0 < is_it.sum() < len(is_it):
            # The dual form takes time by posts, not by buckets; its order of visits is the only chance in it.
            learner = LogisticRegression(
                C=STRENGTH[head],
                solver="liblinear",
                dual=True,
                tol=NEAR,
                max_iter=1000,
                class_weight="balanced",
                random_state=seed,
            )
            learner.fit(posts, is_it, sample_weight=weight)
            weights[place], bias[place] = learner.coef_[0], learner.intercept_[0]
    return weights, bias


def _weight(head: str, row: Row) -> float:
    if head == "kind" and row.source != OWN:
        return OTHER
    return HARD if row.hard else WEIGHT.get(row.source, 1.0)
