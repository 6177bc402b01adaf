"""The answers that a model gives, in the order of its columns."""

from gensvar.reading.judge.verdict import GROUNDS, KINDS, SENTIMENTS, TARGETS, URGENCIES

ABUSIVE = ("abusive",)
ANSWERS: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "sentiment": SENTIMENTS,
    "abuse": ABUSIVE,
    "ground": GROUNDS,
    "target": TARGETS,
    "urgency": URGENCIES,
}
"""The heads, and what each can say; `abuse` is one column, yes or no."""


def _slices() -> dict[str, slice]:
    found, begin = {}, 0
    for head, answers in ANSWERS.items():
        found[head] = slice(begin, begin + len(answers))
        begin += len(answers)
    return found


COLUMNS = _slices()
WIDTH = sum(len(answers) for answers in ANSWERS.values())
