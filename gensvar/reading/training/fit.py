"""Learning the weights of one language from its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from gensvar.reading.judge.columns import ANSWERS, COLUMNS, WIDTH
from gensvar.reading.judge.grams import BUCKETS
from gensvar.reading.training.sources import OWN, Row

Floats = NDArray[np.float32]
WEIGHT = {OWN: 3.0, "multi_xed": 0.5}
"""How much a row counts. Film subtitles are short, and their labels were carried over from another language."""
OTHER = 0.2
"""How much a public post that is not about a company counts as one: there are ten times as many as our own."""
STRENGTH = {"kind": 10.0, "sentiment": 3.0, "abuse": 3.0, "ground": 10.0, "target": 10.0, "urgency": 10.0}
"""C of the logistic regression, by head."""
FOLDS = 5
SEED = 0
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


def fit(rows: Sequence[Row], posts: sparse.csr_matrix, felt: Floats) -> Fitted:
    """All heads of one language. posts: the rows as `matrix` makes them. felt: their `unseen_sentiment`."""
    made = Fitted(np.zeros((WIDTH, BUCKETS), np.float32), np.zeros(WIDTH, np.float32))
    for head in ("sentiment", "abuse", "ground", "target", "urgency"):
        _put(made, head, *_head(head, rows, posts))
    _put(made, "kind", *_kind(made, rows, posts, felt))
    return made


def _put(made: Fitted, head: str, weights: Floats, bias: Floats) -> None:
    made.weights[COLUMNS[head]] = weights
    made.bias[COLUMNS[head]] = bias


def _head(head: str, rows: Sequence[Row], posts: sparse.csr_matrix) -> tuple[Floats, Floats]:
    taken = [number for number, row in enumerate(rows) if head in row.said]
    return _regression(head, [rows[each] for each in taken], posts[taken], BUCKETS)


def _regression(
    head: str, rows: Sequence[Row], posts: sparse.csr_matrix, width: int
) -> tuple[Floats, Floats]:
    """Answers x features, answers: each answer against all others. One that was never met says nothing."""
    answers = ("yes",) if head == "abuse" else ANSWERS[head]
    said = np.array([row.said[head] for row in rows])
    weight = np.array([_weight(head, row) for row in rows])
    weights, bias = np.zeros((len(answers), width), np.float32), np.full(len(answers), NEVER, np.float32)
    for place, answer in enumerate(answers):
        is_it = said == answer
        if 0 < is_it.sum() < len(is_it):
            # The dual form takes time by posts, not by buckets; its order of visits is the only chance in it.
            learner = LogisticRegression(
                C=STRENGTH[head], solver="liblinear", dual=True, class_weight="balanced", random_state=SEED
            )
            learner.fit(posts, is_it, sample_weight=weight)
            weights[place], bias[place] = learner.coef_[0], learner.intercept_[0]
    return weights, bias


def _weight(head: str, row: Row) -> float:
    if head == "kind" and row.source != OWN:
        return OTHER
    return WEIGHT.get(row.source, 1.0)


def _kind(made: Fitted, rows: Sequence[Row], posts: sparse.csr_matrix, felt: Floats) -> tuple[Floats, Floats]:
    """What kind a post is, from its n-grams and from how it feels; the feeling is folded into the n-grams again."""
    taken = [number for number, row in enumerate(rows) if "kind" in row.said]
    both = sparse.hstack([posts[taken], sparse.csr_matrix(felt[taken])], format="csr")
    weights, bias = _regression("kind", [rows[each] for each in taken], both, BUCKETS + felt.shape[1])
    own, through = weights[:, :BUCKETS], weights[:, BUCKETS:]
    where = COLUMNS["sentiment"]
    return own + through @ made.weights[where], bias + through @ made.bias[where]


def unseen_sentiment(rows: Sequence[Row], posts: sparse.csr_matrix, folds: NDArray[np.intp]) -> Floats:
    """posts x sentiments: how each row feels to a sentiment that was not learnt from its fold."""
    felt = np.zeros((len(rows), len(ANSWERS["sentiment"])), np.float32)
    for fold in range(FOLDS):
        kept = [
            number for number in np.flatnonzero(folds != fold).tolist() if "sentiment" in rows[number].said
        ]
        weights, bias = _regression("sentiment", [rows[each] for each in kept], posts[kept], BUCKETS)
        asked = np.flatnonzero(folds == fold)
        felt[asked] = posts[asked] @ weights.T + bias
    return felt
