"""How many posts the judge reads a second on one core, in batches and one by one, beside the limits that were set.

The posts are those of our own corpus, five languages mixed.
The peer in the same run is scikit-learn's HashingVectorizer with as many columns of weights.
"""

import time
from collections.abc import Sequence
from itertools import batched

from bench.figures import CORPUS
from bench.line import say
from gensvar.reading.judge.judge import Judge
from gensvar.reading.judge.verdict import Text
from gensvar.reading.training import sources

POSTS = 30_000
ALONE = 2_000
BATCH = 500
GOAL, LONGEST_ALONE = 10_000, 1.0
HEADS = 21
"""Columns of our model; the peer gets as many."""


def main() -> None:
    """All lines of this subject."""
    began = time.perf_counter()
    judge = Judge.read()
    judge.judge([Text("Hej")])
    say("judge.ready", time.perf_counter() - began, "s", 1)
    rows = [Text(row.text) for row in sources.own(CORPUS)]
    step = 7919  # a prime, so that neighbours in a file do not stand together
    posts = [rows[number * step % len(rows)] for number in range(POSTS)]
    _in_batches(judge, posts)
    _alone(judge, posts[:ALONE])
    _peer([post.text for post in posts])


def _in_batches(judge: Judge, posts: Sequence[Text]) -> None:
    began = time.process_time()
    for some in batched(posts, BATCH):
        judge.judge(some)
    say("judge.batches", len(posts) / (time.process_time() - began), "posts/s", len(posts))
    say("judge.batches.goal", GOAL, "posts/s", 1)


def _alone(judge: Judge, posts: Sequence[Text]) -> None:
    took = []
    for post in posts:
        began = time.perf_counter()
        judge.judge([post])
        took.append(1_000 * (time.perf_counter() - began))
    took.sort()
    say("judge.alone.p50", took[len(took) // 2], "ms", len(took))
    say("judge.alone.p95", took[len(took) * 95 // 100], "ms", len(took))
    say("judge.alone.limit", LONGEST_ALONE, "ms", 1)


def _peer(texts: Sequence[str]) -> None:
    import numpy as np
    from sklearn.feature_extraction.text import HashingVectorizer

    reader = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), n_features=2**17, norm="l2")
    weights = np.random.default_rng(0).normal(size=(2**17, HEADS)).astype(np.float32)
    taken = texts[:5_000]
    began = time.process_time()
    for some in batched(taken, BATCH):
        reader.transform(some) @ weights
    say("judge.peer.hashing_vectorizer", len(taken) / (time.process_time() - began), "posts/s", len(taken))


if __name__ == "__main__":
    main()
