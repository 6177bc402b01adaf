"""Labelled posts as a sparse matrix of hashed n-grams, as the judge will read them."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from gensvar.reading.judge import cues, grams
from gensvar.reading.training.sources import Row


def matrix(rows: Sequence[Row]) -> sparse.csr_matrix:
    """posts x buckets: how often a bucket is met / the root of how many are met."""
    listed = [_buckets(row) for row in rows]
    ends = np.cumsum([0, *map(len, listed)])
    values = np.concatenate(
        [np.full(len(each), 1 / np.sqrt(max(len(each), 1)), np.float32) for each in listed]
    )
    shape = (len(rows), grams.BUCKETS)
    made = sparse.csr_matrix((values, np.concatenate(listed), ends), shape=shape)
    made.sum_duplicates()
    return made


def _buckets(row: Row) -> grams.Buckets:
    return grams.of_words([word.form for word in cues.read(row.text, row.language)])
