"""Which label of somebody else's classifier means which answer of ours, as lines that a person writes.

LABEL_0 = sentiment: negative, kind: complaint
LABEL_1 = sentiment: positive
"""

from collections.abc import Mapping, Sequence

from gensvar.kernel.sentence import Sentence, gettext_noop
from gensvar.reading.reader.answer import CHOICES, NOT_ABUSIVE, Answers, answer

Meaning = Mapping[str, tuple[tuple[str, str], ...]]
"""Label → pairs of head and choice."""

NO_SIGN = gettext_noop(
    "Line %(line)s has no =. Write the label, =, and what it means, as in LABEL_1 = kind: praise."
)
UNKNOWN = gettext_noop("Line %(line)s: the model has no label “%(label)s”. It has: %(known)s.")
NO_CHOICE = gettext_noop("Line %(line)s: “%(choice)s” is no answer. Write one of: %(known)s.")
TWICE = gettext_noop("Line %(line)s: “%(label)s” stands twice.")


class BadLabels(ValueError):
    """A line cannot be read; `why` says which one, and how to mend it."""

    def __init__(self, why: str, **values: object) -> None:
        self.why = Sentence(why, **values)
        super().__init__(self.why)


def read(lines: str, known: Sequence[str]) -> Meaning:
    """What the lines say, for a classifier with these labels; raises BadLabels."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for number, line in enumerate(lines.splitlines(), 1):
        if not line.strip():
            continue
        label, sign, meant = (part.strip() for part in line.rpartition("="))
        if not sign:
            raise BadLabels(NO_SIGN, line=number)
        if label not in known:
            raise BadLabels(UNKNOWN, line=number, label=label[:40], known=", ".join(known)[:300])
        if label in found:
            raise BadLabels(TWICE, line=number, label=label[:40])
        found[label] = tuple(_meant(each, number) for each in meant.split(","))
    return found


def _meant(words: str, line: int) -> tuple[str, str]:
    head, _colon, choice = (part.strip().lower() for part in words.partition(":"))
    if choice not in CHOICES.get(head, ()):
        every = [f"{head}: {choice}" for head, choices in CHOICES.items() for choice in choices]
        raise BadLabels(NO_CHOICE, line=line, choice=words.strip()[:40], known=", ".join(every))
    return head, choice


def heads(meaning: Meaning) -> set[str]:
    """The questions that these labels can answer."""
    return {head for pairs in meaning.values() for head, _choice in pairs}


def answers(scores: Mapping[str, float], meaning: Meaning, asked: Sequence[str], *, many: bool) -> Answers:
    """What these probabilities of labels say about the questions `asked`.

    many: each label is a question of its own, so that they do not sum to 1. A question is left unanswered when
    the labels that mean nothing here are likelier than all that mean something.
    """
    found = []
    for head in asked:
        likely = _choices(scores, meaning, head)
        if head == "abuse" and likely and NOT_ABUSIVE not in likely:
            likely[NOT_ABUSIVE] = 1 - (max(likely.values()) if many else sum(likely.values()))
        best = max(likely, key=lambda choice: likely[choice], default="")
        rest = 1 - (likely[best] if many else sum(likely.values())) if best else 1
        if best and likely[best] >= rest:
            found.append(answer(head, best, likely[best]))
    return tuple(found)


def _choices(scores: Mapping[str, float], meaning: Meaning, head: str) -> dict[str, float]:
    likely: dict[str, float] = {}
    for label, pairs in meaning.items():
        for choice in (choice for its_head, choice in pairs if its_head == head):
            likely[choice] = likely.get(choice, 0.0) + scores.get(label, 0.0)
    return likely
