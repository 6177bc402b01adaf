"""Every word that a judge has met, by its number, and what is known of it in any language."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gensvar.reading.judge import grams, language, reasons
from gensvar.reading.judge.room import with_room
from gensvar.reading.judge.words import form as form_of

Floats = NDArray[np.float32]
ROOM = 1024
"""Words for which there is room at first."""


class Vocabulary:
    """Numbers words in the order in which they are met. Tokens with the same form have one number."""

    def __init__(self) -> None:
        self.forms: list[str] = []
        """By number, as in the arrays below."""
        self.tongues: Floats = np.zeros((ROOM, len(language.READ)), dtype=np.float32)
        """What the word says for each language."""
        self.spoken: Floats = np.zeros(ROOM, dtype=np.float32)
        """Bytes of the word by which a language is told."""
        self.pairs: NDArray[np.uint32] = np.zeros(ROOM, dtype=np.uint32)
        """What the word is called in a pair."""
        self.tells: NDArray[np.bool_] = np.zeros(ROOM, dtype=np.bool_)
        """May the word be named as a reason?"""
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        """How many spellings are remembered."""
        return len(self._numbers)

    def numbers(self, tokens: Sequence[str]) -> list[int]:
        """The number of each token (or form); new ones get one."""
        known = self._numbers
        try:
            return [known[token] for token in tokens]
        except KeyError:
            self._learn([token for token in dict.fromkeys(tokens) if token not in known])
            return [known[token] for token in tokens]

    def _learn(self, fresh: Sequence[str]) -> None:
        known, begin = self._numbers, len(self.forms)
        for token in fresh:
            form = form_of(token)
            if form not in known:
                known[form] = len(self.forms)
                self.forms.append(form)
            known[token] = known[form]
        if len(self.forms) > begin:
            self._describe(begin, self.forms[begin:])

    def _describe(self, begin: int, forms: Sequence[str]) -> None:
        end = len(self.forms)
        self._make_room(end)
        letters = [language.spoken(form) for form in forms]
        self.tongues[begin:end] = language.said(letters)
        self.spoken[begin:end] = [len(each) for each in letters]
        self.pairs[begin:end] = [grams.number(form) for form in forms]
        self.tells[begin:end] = [reasons.tells(form) for form in forms]

    def _make_room(self, needed: int) -> None:
        self.tongues = with_room(self.tongues, needed)
        self.spoken = with_room(self.spoken, needed)
        self.pairs = with_room(self.pairs, needed)
        self.tells = with_room(self.tells, needed)
