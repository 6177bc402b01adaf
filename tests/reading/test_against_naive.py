"""The matcher and the naive reading find the same, over many random queries and posts.

`GENSVAR_PAIRS=10000000` sets how many (query, post) pairs are compared, `GENSVAR_SEED` which.
"""

import os
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from gensvar.reading.forms import LANGUAGES
from gensvar.reading.matcher import Matcher
from gensvar.reading.query import Group, parse
from tests.reading import naive

PAIRS = int(os.environ.get("GENSVAR_PAIRS", "200000"))
SEED = os.environ.get("GENSVAR_SEED", "gensvar")
QUERIES = 200
"""Queries that one matcher holds."""

NAME_WORDS = """
    tekir telia kesko alko elisa sj vr kpn nordpost telekom posti neste renkaat h&m tele2 ikea bahn
"""
NAMES = NAME_WORDS.split()
ENDING_WORDS = """
    n a ssa sta n:n :n :s 's s en ens i iin issä holi oi onen kund kunde hof -appen -app munikation bet ö
    istä lla llakin jen er 'er : - ' 2 _ ä
"""
ENDINGS = ENDING_WORDS.split()
SIGNED_WORDS = """
    @tekir @tekir_fi @telia.fi #tekir #telia #teliasta tekir.fi www.tekir.fi/x https://telia.fi me@tekir.fi
"""
SIGNED = SIGNED_WORDS.split()
SITES = ["tekir.fi", "telia.fi", "nordpost.se"]
PLAIN = ["on", "ei", "och", "nord", "post", "oy", "nokian", "hinta", "paketti", "🎉", "ä", ","]
GAPS = [" ", " ", " ", " ", ", ", ". ", "-", "\n", "", "/", "://", "@", "#", "."]


def word(chance: Random) -> str:
    """A word as posts have them: names with and without endings, signs, others."""
    kind = chance.random()
    if kind < 0.5:
        return chance.choice(NAMES) + chance.choice(["", *chance.choices(ENDINGS, k=2)])
    if kind < 0.65:
        return chance.choice(SIGNED)
    return chance.choice(PLAIN)


def said(chance: Random) -> naive.Said:
    """A short post."""
    text = "".join(word(chance) + chance.choice(GAPS) for _ in range(chance.randint(0, 9)))
    return naive.Said(
        text,
        chance.choice(("", "maija", "tekir_fi")),
        chance.choice(("", "fi", "sv")),
        tuple(chance.sample(("tekir", "telia.fi"), chance.choice((0, 0, 0, 1)))),
        tuple(chance.sample(("https://www.tekir.fi/a", "https://x.se/?tekir.fi"), chance.choice((0, 0, 1)))),
    )


def term(chance: Random) -> str:
    """One term of a query."""
    name = chance.choice(NAMES)
    return chance.choice(
        (
            name,
            name,
            name,
            "=" + name,
            name + "*",
            f'"{chance.choice(PLAIN[:8])} {name}"',
            f'"{name} {chance.choice(NAMES)}"',
            '"nokian renkaat"',
            "#" + chance.choice(("tekir", "telia")),
            "@" + chance.choice(("tekir", "tekir_fi", "telia.fi")),
            "url:" + chance.choice(SITES),
            "from:@maija",
            "lang:fi",
            chance.choice(PLAIN[:9]),
        )
    )


def query(chance: Random, depth: int = 2) -> str:
    """A query; it always looks for something."""
    kind = chance.random()
    if depth == 0 or kind < 0.25:
        return term(chance)
    one, two = query(chance, depth - 1), query(chance, depth - 1)
    if kind < 0.45:
        return f"{one} {two}"
    if kind < 0.7:
        return f"{one} OR {two}"
    if kind < 0.85:
        return f"({one} {chance.choice(('NOT', 'AND NOT'))} {term(chance)}) {chance.choice(('', 'OR'))} {two}"
    either = f"({chance.choice(NAMES)} OR {chance.choice(PLAIN[:8])})"
    return f"{chance.choice(NAMES)} NEAR/{chance.randint(1, 4)} {either}"


def differences(
    queries: list[str], post: naive.Said, matcher: Matcher, languages: tuple[str, ...]
) -> list[str]:
    """Queries on which the two do not agree, with what each found."""
    hits = matcher.match(
        post.text, addressed=post.addressed, links=post.links, author=post.author, language=post.language
    )
    found = {hit.watch: {(span.start, span.end, span.how) for span in hit.spans} for hit in hits}
    told = []
    for place, text in enumerate(queries):
        expected = naive.meets(parse_once(text), post, languages)
        if found.get(place) != expected:
            told.append(f"{text!r} on {post!r}: {found.get(place)} and not {expected}")
    return told


PARSED: dict[str, Group] = {}


def parse_once(text: str) -> Group:
    """The tree, remembered."""
    if text not in PARSED:
        PARSED[text] = parse(text)
    return PARSED[text]


def test_it_finds_what_a_naive_reading_finds() -> None:
    chance, pairs = Random(SEED), 0
    while pairs < PAIRS:
        PARSED.clear()
        queries = [query(chance) for _ in range(QUERIES)]
        languages = LANGUAGES if chance.random() < 0.5 else tuple(chance.sample(LANGUAGES, 2))
        matcher = Matcher(dict(enumerate(queries)), dict.fromkeys(range(QUERIES), languages))
        for _ in range(200):
            assert differences(queries, said(chance), matcher, languages) == []
            pairs += QUERIES


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.text(alphabet="tekir .@#-:'’/\nfi_ä2", max_size=40))
def test_it_finds_the_same_in_any_text(seed: int, text: str) -> None:
    chance = Random(seed)
    queries = [query(chance) for _ in range(30)]
    matcher = Matcher(dict(enumerate(queries)))
    assert differences(queries, naive.Said(text), matcher, LANGUAGES) == []


def test_it_compares_posts_that_are_met_often_enough() -> None:
    chance = Random(1)
    queries, posts = [query(chance) for _ in range(100)], [said(chance) for _ in range(100)]
    met = sum(naive.meets(parse(text), post, LANGUAGES) is not None for text in queries for post in posts)
    assert 500 < met < 6000
