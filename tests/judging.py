"""A judge of the tests: says what a test wants it to say, by the words of a post."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from gensvar.process.assess import machine
from gensvar.reading.judge.verdict import Reason, Text, Verdict

CALM: dict[str, Any] = {
    "language": "sv",
    "kind": "other",
    "sentiment": "neutral",
    "abuse": None,
    "target": None,
    "urgency": "normal",
    "abusive": 0.02,
    "grounds": {},
}


def verdict(kind: str = "complaint", sure: float = 0.93, **more: Any) -> Verdict:
    """A verdict that says `kind` with probability `sure`; `abuse` is a ground, `unsure` the heads in doubt."""
    rest = (1 - sure) / 3
    kinds = {each: sure if each == kind else rest for each in ("complaint", "question", "praise", "other")}
    abuse = more.get("abuse")
    values = {
        **CALM,
        "kind": kind,
        "kinds": kinds,
        "sentiments": {"negative": 0.9, "neutral": 0.08, "positive": 0.02},
        "urgencies": {"low": 0.1, "normal": 0.8, "high": 0.1},
        "sentiment": "negative",
        **({"abusive": 0.91, "grounds": {abuse: 0.9}, "target": "staff"} if abuse else {}),
        **more,
    }
    values["unsure"] = frozenset(values.get("unsure", ()))
    return Verdict(**values)


@dataclass
class Scripted:
    """Says what stands in `says` for the first words that a post holds; of other posts, that they are calm."""

    says: dict[str, Verdict]
    name: str = "scripted"
    read: list[str] = field(default_factory=list)
    languages: tuple[str, ...] = ()

    def judge(self, texts: Sequence[Text], languages: Sequence[str]) -> list[Verdict]:
        """A verdict for each text."""
        self.languages = tuple(languages)
        self.read += [text.text for text in texts]
        return [self._one(text.text) for text in texts]

    def _one(self, text: str) -> Verdict:
        return next((said for words, said in self.says.items() if words in text), verdict("other", 0.9))


class Broken:
    """A judge that fails at every post."""

    name = "broken"

    def judge(self, texts: Sequence[Text], languages: Sequence[str]) -> list[Verdict]:
        """Nothing."""
        raise ValueError("no weights")


@contextmanager
def seated(judge: machine.Judges | None) -> Iterator[None]:
    """A desk whose posts `judge` reads."""
    machine.sit(judge)
    try:
        yield
    finally:
        machine.sit(None)


def reason(text: str, words: str, head: str = "kind", weight: float = 1.5) -> Reason:
    """These words of the text decided."""
    start = text.index(words)
    return Reason(start, start + len(words), words, head, weight)
