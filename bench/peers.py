"""Other engines on the bare names, in the same process on the same posts: they find places and decide nothing."""

import importlib
from collections.abc import Callable, Iterator, Sequence

from ahocorasick_rs import AhoCorasick

from bench.line import words

type Find = Callable[[str], object]


def peers(named: Sequence[str]) -> Iterator[tuple[str, Find]]:
    """Each peer that is installed, by its name; of the others it is said that they are left out."""
    low = [name.lower() for name in named]
    for name, module, make in (
        ("ahocorasick_rs", "ahocorasick_rs", _rust),
        ("pyahocorasick", "ahocorasick", _pyahocorasick),
        ("hyperscan", "hyperscan", _hyperscan),
    ):
        try:
            importlib.import_module(module)
        except ImportError as error:
            words(f"{name} is left out ({error}); make bench installs it where there is a wheel of it.")
        else:
            yield name, make(low)


def _rust(named: Sequence[str]) -> Find:
    find = AhoCorasick(named).find_matches_as_indexes
    return lambda text: find(text.lower(), overlapping=True)


def _pyahocorasick(named: Sequence[str]) -> Find:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for place, name in enumerate(named):
        automaton.add_word(name, place)
    automaton.make_automaton()
    return lambda text: list(automaton.iter(text.lower()))


def _hyperscan(named: Sequence[str]) -> Find:
    import hyperscan

    database = hyperscan.Database()
    texts = [name.encode() for name in named]
    database.compile(expressions=texts, ids=list(range(len(texts))), literal=True)

    def find(text: str) -> object:
        found: list[tuple[int, int]] = []

        def take(which: int, _start: int, end: int, *_: object) -> None:
            found.append((which, end))

        database.scan(text.lower().encode(), take)
        return found

    return find
