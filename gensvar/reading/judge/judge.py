"""The judge: posts in, verdicts out, many at once or one alone."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from gensvar.reading.judge import cues, grams, language, model, words
from gensvar.reading.judge.post import Post, in_a_row
from gensvar.reading.judge.reader import Reader
from gensvar.reading.judge.verdict import Text, Verdict
from gensvar.reading.judge.vocabulary import Vocabulary

LIKE = {"no": "da"}
"""Languages without a table of their own are read with that of a neighbour."""
FALLBACK = "en"
AT_ONCE, LETTERS_AT_ONCE = 500, 200_000
"""Posts, and about how many code points of them, whose words lie in memory together."""
MOST_WORDS = 100_000
"""Spellings that a judge remembers; then it forgets all and begins anew.

They take about 65 MB, and 10 MB more for each further language in which they are met.
"""


class Judge:
    """A model, ready to be asked. It keeps the words it has met; one judge serves one thread at a time."""

    def __init__(self, made: model.Model) -> None:
        self.name = made.name
        self._model = made
        self._forget()
        for tongue in made.languages:
            self._reader(tongue)  # reads its lexicon, so that no post waits for that

    @classmethod
    def read(cls, path: Path | None = None) -> "Judge":
        """The judge of the shipped model, or of another file. Raises UnreadableModel."""
        return cls(model.load(path) if path else model.shipped())

    def judge(self, texts: Sequence[Text], languages: Sequence[str] = language.READ) -> list[Verdict]:
        """A verdict for each text, in order. languages: those that the workspace reads; no other is considered."""
        among = tuple(each for each in language.READ if each in languages) or language.READ
        return [verdict for some in _portions(texts) for verdict in self._verdicts(some, among)]

    def features(self, text: str, tongue: str) -> grams.Buckets:
        """The buckets of a post's n-grams, as often as they are met: what a head of one's own learns from."""
        return grams.of_words([word.form for word in cues.read(text, tongue)])

    def _forget(self) -> None:
        self._vocabulary = Vocabulary()
        self._nothing = self._vocabulary.numbers([cues.NO_WORD.form])
        self._readers: dict[str, Reader] = {}

    def _verdicts(self, texts: Sequence[Text], among: Sequence[str]) -> list[Verdict]:
        if len(self._vocabulary) > MOST_WORDS:
            self._forget()
        posts = self._cut([text.text for text in texts])
        by_tongue: defaultdict[str, list[int]] = defaultdict(list)
        for number, tongue in enumerate(self._tongues(posts, [text.language for text in texts], among)):
            by_tongue[tongue].append(number)
        found: dict[int, Verdict] = {}
        for tongue, numbers in by_tongue.items():
            verdicts = self._reader(tongue).verdicts([posts[each] for each in numbers])
            found.update(zip(numbers, verdicts, strict=True))
        return [found[number] for number in range(len(texts))]

    def _cut(self, texts: Sequence[str]) -> list[Post]:
        listed = [words.pieces(text) for text in texts]
        numbers = self._vocabulary.numbers([token for pieces in listed for token in pieces[1::2]])
        posts, begin = [], 0
        for text, pieces in zip(texts, listed, strict=True):
            end = begin + len(pieces) // 2
            posts.append(Post(text, pieces, numbers[begin:end] or self._nothing))
            begin = end
        return posts

    def _tongues(self, posts: Sequence[Post], hints: Sequence[str], among: Sequence[str]) -> list[str]:
        if len(among) == 1:
            return [among[0]] * len(posts)
        row, known = in_a_row([post.numbers for post in posts]), self._vocabulary
        said, size = row.sums(known.tongues[row.numbers]), row.sums(known.spoken[row.numbers])
        return language.told(said, size, hints, among)

    def _reader(self, tongue: str) -> Reader:
        if tongue not in self._readers:
            known = self._model.languages
            near = LIKE.get(tongue, tongue)
            weights = known.get(near) or known.get(FALLBACK) or next(iter(known.values()))
            self._readers[tongue] = Reader(tongue, near, weights, self._vocabulary)
        return self._readers[tongue]


def _portions(texts: Sequence[Text]) -> Iterator[Sequence[Text]]:
    """The texts in order, as many at once as memory should hold."""
    begin, held = 0, 0
    for number, text in enumerate(texts):
        size = min(len(text.text), words.LONGEST_TEXT)
        if number - begin == AT_ONCE or held + size > LETTERS_AT_ONCE:
            yield texts[begin:number]
            begin, held = number, 0
        held += size
    if begin < len(texts):
        yield texts[begin:]
