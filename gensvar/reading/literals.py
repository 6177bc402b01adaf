"""Which watches a text may meet: one automaton over the literals of all of them.

It reads the text's UTF-8 with only the capitals of ASCII made small, and knows every letter for which that
is not folding: where one stands, the text is folded and read again. So most posts are never folded.
"""

from collections.abc import Mapping, Sequence, Set

from ahocorasick_rs import BytesAhoCorasick, Implementation

from gensvar.reading.folding import changing, folded

type Place = tuple[int, int, int]
"""Which literal, and from where to where (bytes)."""


class Literals:
    """Literals (folded), and the watches that each of them makes candidates."""

    def __init__(self, watches: Mapping[str, Sequence[int]]) -> None:
        self._watches = [tuple(ids) for ids in watches.values()]
        self._places = _automaton([*watches, *changing()] if watches else []).find_matches_as_indexes

    def named_in(self, text: str) -> Set[int]:
        """The watches of which a literal stands in `text` and may begin a word there."""
        try:
            hay = text.encode().lower()
        except UnicodeEncodeError:  # half a surrogate pair, which is no letter
            return self.named_in(text.encode(errors="replace").decode())
        places = self._places(hay, overlapping=True)
        if not places:
            return _NONE
        if max(places)[0] >= len(self._watches):
            hay = folded(text).encode()
            places = self._places(hay, overlapping=True)
        return self._begun(places, hay)

    def _begun(self, places: Sequence[Place], hay: bytes) -> set[int]:
        watches: set[int] = set()
        for index, start, _ in places:
            if index < len(self._watches) and (start == 0 or hay[start - 1] not in _INSIDE):
                watches.update(self._watches[index])
        return watches


def _automaton(literals: Sequence[str]) -> BytesAhoCorasick:
    texts = [literal.encode() for literal in literals]
    few = sum(map(len, texts)) <= _FEW
    return BytesAhoCorasick(texts, implementation=Implementation.DFA if few else None)


_FEW = 1 << 18
"""Bytes of literals up to which a table of all transitions is worth its memory: each may cost half a kilobyte."""
_NONE: Set[int] = frozenset()
_INSIDE = frozenset(b"0123456789_abcdefghijklmnopqrstuvwxyz")
"""Behind these no word begins; behind other letters neither, but then the exact check says so."""
