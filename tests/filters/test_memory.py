"""However much goes through `gensvar match`, it keeps nothing of it."""

import gc
import sys
from collections import Counter

from gensvar.filters.match import Asked, run
from gensvar.filters.watchlist import ListedWatch

WARM, MUCH = 200, 2_000
"""Batches until everything that is kept once is there, and behind which nothing may have been added."""
WATCHES = [ListedWatch(name, f'{name} OR "{name} Oy" NOT kissa') for name in ("tekir", "nordpost", "karvo")]


class Said:
    """A stream of posts of which no two are the same, a batch at a time; some are no posts."""

    def __init__(self) -> None:
        self.number = 0
        self.blocks: dict[int, int] = {}

    def read1(self, size: int, /) -> bytes:
        """The next batch, or nothing behind the last; notes how much memory is in use when it is asked for."""
        self.number += 1
        if self.number in (WARM, WARM + MUCH):
            gc.collect()
            self.blocks[self.number] = sys.getallocatedblocks()
        return _batch(self.number) if self.number <= WARM + MUCH else b""


def _batch(number: int) -> bytes:
    """Posts that nobody wrote before; every other batch ends within a line."""
    name = WATCHES[number % len(WATCHES)].id
    lines = (
        f'{{"id": "{number}", "text": "{name}in paketti {number} 🎉", "author": {{"handle": "a{number}"}}}}',
        f'{{"id": "{number}b", "text": "{name} {number} kissa ＴＥＫＩＲ"}}',
        "no post" if number % 10 == 0 else f'{{"id": "{number}c", "text": "jotain muuta {number}"}}',
        f'{{"id": "{number}d", "text": "cut',
    )
    return "\n".join(lines).encode() if number % 2 else b' in two"}\n' + "\n".join(lines[:3]).encode() + b"\n"


class Nowhere:
    """Takes answers and forgets them."""

    def __init__(self) -> None:
        self.lines = 0

    def write(self, data: bytes, /) -> None:
        """Count it."""
        self.lines += data.count(b"\n")

    def flush(self) -> None:
        """Nothing waits."""


def test_no_block_of_memory_stays_behind_a_batch() -> None:
    said, answers, complaints = Said(), Nowhere(), Counter[str]()
    bad = run(Asked(WATCHES), said, answers, lambda sentence: complaints.update([sentence[:5]]))
    assert bad == complaints["Line "] == (WARM + MUCH) // 10
    assert answers.lines == (WARM + MUCH) * 7 // 2 - bad
    assert said.blocks[WARM + MUCH] - said.blocks[WARM] < MUCH / 2  # one block a batch would be MUCH
