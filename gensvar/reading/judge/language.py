"""Which language a post is in, among those that a workspace reads.

py3langid counts runs of letters; here each word is counted by itself, so that a word met before costs nothing.
"""

from collections.abc import Sequence
from functools import cache
from math import log
from typing import NamedTuple
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

Floats = NDArray[np.float32]

READ = ("sv", "fi", "nl", "de", "en", "da", "no")
"""Languages that are told apart. Norwegian is judged with what Danish teaches."""
RARE = {"da": 2.0, "no": 2.0}
"""How much less likely (log) a language is before anything is read.

Short posts of the three northern languages look alike, and by far the most are Swedish where Swedish is read.
"""
TRUST = 8.0
"""How many times likelier a language becomes by what the network says: a good hint, and wrong often enough."""
ONCE = log(2)
"""What a run of letters counts each time it is met.

py3langid takes log(1 + how often), and in one word hardly any is met twice.
"""
NO_RUN = -1
ALIKE = {"nb": "no", "nn": "no"}

_COMMONNESS = np.array([-RARE.get(each, 0.0) for each in READ], dtype=np.float32)


class _Automaton(NamedTuple):
    """What py3langid has learnt: how bytes are read, and what each run of them says of each of READ."""

    follows: NDArray[np.integer]
    """The next state, by where the row of the state before begins, and the byte."""
    begins: NDArray[np.intp]
    met: NDArray[np.intp]
    """The run that ends in a state; NO_RUN for none."""
    table: Floats
    """runs x READ, and a row of zeros at the end."""


@cache
def _automaton() -> _Automaton:
    known = LanguageIdentifier.from_model_file(MODEL_FILE)
    columns = [known.nb_classes.index(each) for each in READ]
    table = known.nb_ptc[:, columns].astype(np.float32) * np.float32(ONCE)
    return _Automaton(
        np.asarray(known.tk_nextmove),
        np.array(known.tk_row, dtype=np.intp) << 8,
        np.array(known.tk_output, dtype=np.intp),
        np.pad(table, ((0, 1), (0, 0))),
    )


def spoken(form: str) -> bytes:
    """What of a word (its form) speaks for a language: its letters, with a space on either side; maybe nothing."""
    bare = form.removeprefix("#").replace("_", " ")
    if not bare[:1].isalpha():
        return b""
    return normalize("NFC", f" {bare} ").encode(errors="surrogatepass")


def said(listed: Sequence[bytes]) -> Floats:
    """words x READ: what words (as `spoken`) say for each language: log-likelihoods, but for what all share.

    All words are read at once, byte by byte.
    """
    follows, begins, met, table = _automaton()
    letters = np.frombuffer(b"".join(listed), dtype=np.uint8)
    sizes = np.array([len(each) for each in listed], dtype=np.intp)
    starts, states = np.cumsum(sizes) - sizes, np.zeros(len(listed), dtype=np.intp)
    found = np.zeros((len(listed), len(READ)), dtype=np.float32)
    for at in range(max(sizes, default=0)):
        going = np.flatnonzero(sizes > at)
        states[going] = follows[begins[states[going]] + letters[starts[going] + at]]
        found[going] += table[met[states[going]]]
    return found


def told(said: Floats, size: Floats, hints: Sequence[str], among: Sequence[str]) -> list[str]:
    """The likeliest of `among` (at least one, each of READ) for each post.

    said: posts x READ, summed over the words; size: bytes of these words; hints: what the network says, or "".
    A language that the network names is not rare, and the likelier by TRUST as py3langid tells probabilities:
    they grow with the root of the size, so that what the words say wins in the end.
    """
    scores = said + _COMMONNESS
    for post, hint in enumerate(hints):
        name = hint[:2].lower()
        name = ALIKE.get(name, name)
        if name in READ:
            trust = log(TRUST) * max(float(size[post]), 1.0) ** 0.5
            scores[post, READ.index(name)] += trust + RARE.get(name, 0.0)
    columns = [READ.index(each) for each in among]
    return [among[place] for place in scores[:, columns].argmax(axis=1).tolist()]
