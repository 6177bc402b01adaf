"""The judge: posts in, verdicts out, many at once or one alone."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import batched
from pathlib import Path

from gensvar.reading.judge import cues, grams, language, model
from gensvar.reading.judge.reader import Reader
from gensvar.reading.judge.verdict import Text, Verdict

LIKE = {"no": "da"}
"""Languages without a table of their own are read with that of a neighbour."""
FALLBACK = "en"
AT_ONCE = 500
"""Posts whose words lie in memory together."""


class Judge:
    """A model, ready to be asked. It keeps the words it has met; one judge serves one thread at a time."""

    def __init__(self, made: model.Model) -> None:
        self.name = made.name
        self._model = made
        self._readers: dict[str, Reader] = {}

    @classmethod
    def read(cls, path: Path | None = None) -> "Judge":
        """The judge of the shipped model, or of another file. Raises UnreadableModel."""
        return cls(model.load(path) if path else model.shipped())

    def judge(self, texts: Sequence[Text], languages: Sequence[str] = language.READ) -> list[Verdict]:
        """A verdict for each text, in order. languages: those that the workspace reads; no other is considered."""
        among = tuple(each for each in language.READ if each in languages) or language.READ
        tongues = [language.of(each.text, each.language, among) for each in texts]
        by_tongue: defaultdict[str, list[int]] = defaultdict(list)
        for number, tongue in enumerate(tongues):
            by_tongue[tongue].append(number)
        found: list[Verdict | None] = [None] * len(texts)
        for tongue, numbers in by_tongue.items():
            for some in batched(numbers, AT_ONCE):
                verdicts = self._reader(tongue).verdicts([texts[each].text for each in some])
                for number, verdict in zip(some, verdicts, strict=True):
                    found[number] = verdict
        return [each for each in found if each is not None]

    def features(self, text: str, tongue: str) -> grams.Buckets:
        """The buckets of a post's n-grams, as often as they are met: what a head of one's own learns from."""
        return grams.of_words([word.form for word in cues.read(text, tongue)])

    def _reader(self, tongue: str) -> Reader:
        if tongue not in self._readers:
            known = self._model.languages
            near = LIKE.get(tongue, tongue)
            weights = known.get(near) or known.get(FALLBACK) or next(iter(known.values()))
            self._readers[tongue] = Reader(tongue, near, weights)
        return self._readers[tongue]
