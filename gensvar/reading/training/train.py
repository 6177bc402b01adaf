"""The whole training: rows of every language in, one model file out, the same for the same seed."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from gensvar.reading.judge.chances import lean, softmax
from gensvar.reading.judge.columns import ANSWERS, COLUMNS, WIDTH
from gensvar.reading.judge.grams import BUCKETS
from gensvar.reading.judge.model import FORMAT, Model, Weights
from gensvar.reading.training import calibrate, sources
from gensvar.reading.training.fit import FOLDS, Fitted, Floats, fit
from gensvar.reading.training.matrix import matrix
from gensvar.reading.training.sources import OWN, Row

LANGUAGES = (*sources.CORPUS_LANGUAGES, "da")
"""Languages with weights of their own. Danish and Norwegian lack posts about companies and borrow the Swedish."""
BORROWS = {"da": ("no", "sv")}
HEADS = ("kind", "sentiment", "abuse", "urgency")
MOST_PUBLIC = 12_000
"""Posts that are taken of one public set and language: more would make training slow and our own posts light."""
Say = Callable[[str], object]


def gather(corpus: Path, data: Path | None, also: Iterable[Path] = ()) -> list[Row]:
    """All rows: our corpus, the public sets in `data` that may be given away, and files of an operator's own."""
    rows = [*sources.own(corpus)]
    for path in also:
        rows += sources.labelled(path)
    if data is not None:
        for source in sources.CORE:
            rows += _some(list(sources.public(data, source)))
    return rows


def _some(rows: list[Row]) -> list[Row]:
    """At most MOST_PUBLIC posts of a set and language: those whose texts have the smallest checksums."""
    taken: Counter[str] = Counter()
    found = []
    for row in sorted(rows, key=lambda row: (crc32(row.text.encode(errors="surrogatepass")), row.text)):
        taken[row.language] += 1
        if taken[row.language] <= MOST_PUBLIC:
            found.append(row)
    return found


def train(rows: Sequence[Row], *, name: str, seed: int, say: Say) -> Model:
    """A model from these rows; rows that are kept for testing are left out."""
    learnt = [row for row in rows if not row.test]
    made, told = {}, {}
    for language in LANGUAGES:
        mine = [row for row in learnt if row.language in (language, *BORROWS.get(language, ()))]
        if not any(row.source == OWN for row in mine):
            continue
        say(f"{language}: {len(mine)} posts")
        made[language], sure = _language(mine, seed)
        made[language].sure.update(sure)
        told[language] = {"sure": sure, "rows": dict(sorted(Counter(row.source for row in mine).items()))}
    about = {
        "format": FORMAT,
        "columns": WIDTH,
        "buckets": BUCKETS,
        "name": name,
        "seed": seed,
        "languages": told,
        "licences": {source.name: f"{source.licence}; {source.by}" for source in sources.CORE},
    }
    return Model(name, made, about)


def _language(rows: Sequence[Row], seed: int) -> tuple[Weights, dict[str, float]]:
    posts, folds = matrix(rows), _folds(rows, seed)
    whole = fit(rows, posts, seed=seed)
    unseen = _unseen(rows, posts, folds, seed)
    slope, shift, sure = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32), {}
    for head in ANSWERS:
        taken = [number for number in unseen if head in rows[number].said]
        if len(taken) < 50:
            continue
        said = [rows[number].said[head] for number in taken]
        scores = np.stack([unseen[number][COLUMNS[head]] for number in taken])
        slope[COLUMNS[head]], shift[COLUMNS[head]] = calibrate.fitted(head, scores, said)
        if head in HEADS:
            top, right = _top(head, scores * slope[COLUMNS[head]] + shift[COLUMNS[head]], said)
            sure[head] = calibrate.sure_from(head, top, right)
    table, scale = _rounded(whole)
    return Weights(table, scale, whole.bias, slope, shift, {}), sure


def _folds(rows: Sequence[Row], seed: int) -> NDArray[np.intp]:
    """The fold of each row: a whole trade of our own lies in one, public rows lie anywhere."""
    trades = sorted({row.group for row in rows if row.source == OWN})
    found = np.random.default_rng(seed).integers(FOLDS, size=len(rows))
    for number, row in enumerate(rows):
        if row.source == OWN:
            found[number] = trades.index(row.group) % FOLDS
    return found


def _unseen(
    rows: Sequence[Row], posts: sparse.csr_matrix, folds: NDArray[np.intp], seed: int
) -> dict[int, Floats]:
    """For each of our own rows, the scores of a model that never saw its trade."""
    ours = np.array([row.source == OWN for row in rows])
    found: dict[int, Floats] = {}
    for fold in range(FOLDS):
        held, kept = np.flatnonzero(ours & (folds == fold)), np.flatnonzero(~ours | (folds != fold))
        if len(held):
            made = fit([rows[each] for each in kept.tolist()], posts[kept], seed=seed)
            found |= dict(zip(held.tolist(), made.scores(posts[held]), strict=True))
    return found


def _top(head: str, logits: Floats, said: Sequence[str]) -> tuple[NDArray[Any], NDArray[Any]]:
    if head == "abuse":
        yes = 1 / (1 + np.exp(-logits[:, 0]))
        chance: NDArray[Any] = np.stack([1 - yes, yes], axis=1)
        answers: tuple[str, ...] = ("no", "yes")
    else:
        chance, answers = softmax(logits), ANSWERS[head]
    truth = np.array([answers.index(each) for each in said])
    given = (np.log(chance) + lean(answers)).argmax(axis=1)
    return chance[np.arange(len(given)), given], given == truth


def _rounded(made: Fitted) -> tuple[Any, Floats]:
    """The weights as whole numbers from -127 to 127, and what one of them is worth in each column."""
    scale = np.maximum(np.abs(made.weights).max(axis=1) / 127, 1e-9).astype(np.float32)
    return np.ascontiguousarray(np.rint(made.weights / scale[:, None]).astype(np.int8).T), scale
