"""How many posts a second the matcher reads on one core, beside other engines on bare literals.

A seeded corpus in seven languages; queries as desks write them (names, products, handles, addresses,
exclusions). Time is that of the processor, so that what else the machine does counts little.
"""

import time
from collections.abc import Callable, Sequence
from random import Random

import msgspec

from bench.line import say, words
from bench.peers import peers
from gensvar.filters.match import Asked
from gensvar.filters.watchlist import ListedWatch
from gensvar.reading.folding import folded
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.matcher import Matcher
from gensvar.reading.query import parse
from tests.reading import naive

POSTS = 20_000
ROUNDS = 3
"""The best of so many rounds counts: what else the machine does only ever makes it slower."""
SIZES = (1_000, 10_000, 100_000)
MOST_SECONDS = 3.0
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


def rate[T](one: Callable[[T], object], said: Sequence[T]) -> float:
    """Posts a second of processor time, the best of some rounds."""
    best = 0.0
    for _ in range(ROUNDS):
        began = time.process_time()
        for text in said:
            one(text)
        best = max(best, len(said) / (time.process_time() - began))
    return best


def main() -> None:
    """The figures of each size."""
    for size in SIZES:
        chance = Random(f"matching {size}")
        named = names(chance, size)
        queries = {place: query(chance, name, chance.choice(named)) for place, name in enumerate(named)}
        said = posts(chance, named, POSTS)
        began = time.process_time()
        matcher = Matcher(queries)
        say(f"matching.ready.{size}", time.process_time() - began, "s", 1)
        say(f"matching.posts.{size}", rate(matcher.match, said), "posts/s", POSTS * ROUNDS)
        met = sum(bool(matcher.match(text)) for text in said)
        words(f"{met} of {POSTS} posts meet one of {size} queries.")
        for name, find in peers(named):
            say(f"matching.bare_literals.{name}.{size}", rate(find, said), "posts/s", POSTS * ROUNDS)
        _naively(queries, said, matcher)
        if size == SIZES[1]:
            _events(queries, said)


def _naively(queries: dict[int, str], said: Sequence[str], matcher: Matcher) -> None:
    """The reading without any index that the tests compare with; as many posts as a few seconds allow."""
    trees = {watch: parse(text) for watch, text in list(queries.items())}
    began, done = time.process_time(), 0
    while done < len(said) and (done == 0 or time.process_time() - began < MOST_SECONDS):
        post = naive.Said(folded(said[done]))
        met = [watch for watch, tree in trees.items() if naive.meets(tree, post, LANGUAGES) is not None]
        assert met == [hit.watch for hit in matcher.match(said[done])], said[done]
        done += 1
    say(f"matching.naive.{len(queries)}", done / (time.process_time() - began), "posts/s", done)


def _events(queries: dict[int, str], said: Sequence[str]) -> None:
    """From a line of JSON to the line of its answer, as `gensvar match` does it."""
    asked = Asked([ListedWatch(str(place), text) for place, text in queries.items()])
    lines = [msgspec.json.encode({"id": str(place), "text": text}) for place, text in enumerate(said)]
    say(f"matching.json_to_decision.{len(queries)}", rate(asked.answer, lines), "events/s", POSTS * ROUNDS)


if __name__ == "__main__":
    main()
