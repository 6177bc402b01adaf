"""How many posts a second the matcher reads on one core, beside bare literals in the same automaton.

A seeded corpus in seven languages; queries as desks write them (names, products, handles, addresses,
exclusions). The peer is `ahocorasick_rs` on the bare names: it finds places and decides nothing.
"""

import time
from collections.abc import Callable, Sequence
from random import Random

import msgspec
from ahocorasick_rs import AhoCorasick

from bench.line import say, words
from gensvar.filters.match import Asked
from gensvar.filters.watchlist import ListedWatch
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.matcher import Matcher

POSTS = 20_000
ROUNDS = 3
"""The best of so many rounds counts: what else the machine does only ever makes it slower."""
SIZES = (1_000, 10_000, 100_000)
MET = 0.1
"""Share of posts that name a watched company."""

_SPEECH = {
    "fi": "en saanut tänään mitään ja asiakaspalvelu ei vastaa kun paketti on taas myöhässä niin minä odotan vielä",
    "sv": "jag har väntat hela dagen och kundtjänst svarar inte när paketet är försenat igen så trött på det",
    "no": "jeg har ventet hele dagen og kundeservice svarer ikke når pakken er forsinket igjen så lei av dette her",
    "da": "jeg har ventet hele dagen og kundeservice svarer ikke når pakken er forsinket igen så træt af det her",
    "nl": "ik heb de hele dag gewacht en de klantenservice reageert niet terwijl het pakket weer te laat is zo moe",
    "de": "ich habe den ganzen tag gewartet und der kundendienst antwortet nicht weil das paket wieder zu spät ist",
    "en": "i have been waiting all day and customer service does not answer while the parcel is late again tired",
}
_ENDINGS = ("", "", "", "s", "n", "in", ":n", "'s", "en", "lle", "-appen", "kund")
_SOUNDS = (
    "ka",
    "ri",
    "no",
    "ve",
    "ta",
    "mo",
    "li",
    "su",
    "pe",
    "dra",
    "sten",
    "fin",
    "gru",
    "bel",
    "tor",
    "zi",
)


def names(chance: Random, count: int) -> list[str]:
    """So many names that nobody has."""
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(chance.choices(_SOUNDS, k=chance.randint(3, 5))).capitalize()] = None
    return list(made)


def query(chance: Random, name: str, product: str) -> str:
    """A query as a desk has it."""
    low = name.lower()
    return chance.choice(
        (
            name,
            f'{name} OR "{name} Oy" OR #{low} OR @{low} OR url:{low}.fi NOT kissa',
            f"{name} (palvelu OR service OR kundtjänst) NOT {product}",
            f"{name} NEAR/5 {product} OR #{low}",
            f'"{name} {product}" OR @{low}',
        )
    )


def posts(chance: Random, named: Sequence[str], count: int) -> list[str]:
    """So many posts, some of which name a company."""
    return [_post(chance, chance.choice(named) if chance.random() < MET else "") for _ in range(count)]


def _post(chance: Random, name: str) -> str:
    said = _SPEECH[chance.choice(LANGUAGES)].split()
    text = chance.choices(said, k=chance.randint(5, 35))
    if name:
        text.insert(chance.randint(0, len(text)), name + chance.choice(_ENDINGS))
    return " ".join(text) + chance.choice(("", ".", " 🎉", " 😡😡", "!"))


def rate(one: Callable[[str], object], said: Sequence[str]) -> float:
    """Posts a second, the best of some rounds."""
    best = 0.0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for text in said:
            one(text)
        best = max(best, len(said) / (time.perf_counter() - began))
    return best


def main() -> None:
    """The figures of each size."""
    for size in SIZES:
        chance = Random(f"matching {size}")
        named = names(chance, size)
        queries = {place: query(chance, name, chance.choice(named)) for place, name in enumerate(named)}
        said = posts(chance, named, POSTS)
        began = time.perf_counter()
        matcher = Matcher(queries)
        say(f"matching.ready.{size}", time.perf_counter() - began, "s", 1)
        say(f"matching.posts.{size}", rate(matcher.match, said), "posts/s", POSTS * ROUNDS)
        met = sum(bool(matcher.match(text)) for text in said)
        words(f"{met} of {POSTS} posts meet one of {size} queries.")
        say(f"matching.bare_literals.{size}", rate(_bare(named), said), "posts/s", POSTS * ROUNDS)
        if size == SIZES[1]:
            _events(queries, said)


def _bare(named: Sequence[str]) -> Callable[[str], object]:
    bare = AhoCorasick([name.lower() for name in named])
    return lambda text: bare.find_matches_as_indexes(text.lower(), overlapping=True)


def _events(queries: dict[int, str], said: Sequence[str]) -> None:
    """From a line of JSON to the line of its answer, as `gensvar match` does it."""
    asked = Asked([ListedWatch(str(place), text) for place, text in queries.items()])
    lines = [msgspec.json.encode({"id": str(place), "text": text}) for place, text in enumerate(said)]
    best = 0.0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for line in lines:
            asked.answer(line)
        best = max(best, len(lines) / (time.perf_counter() - began))
    say(f"matching.json_to_decision.{len(queries)}", best, "events/s", POSTS * ROUNDS)


if __name__ == "__main__":
    main()
