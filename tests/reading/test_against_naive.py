"""The matcher and the naive reading find the same, over many random queries and posts.

`GENSVAR_PAIRS=10000000` sets how many (query, post) pairs are compared, `GENSVAR_SEED` which.
"""

import os
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import pytest
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
POSTS = 200
"""Posts that each matcher is asked about; every query meets every post."""

NAME_WORDS = """
    tekir telia kesko alko elisa sj vr kpn nordpost telekom posti neste renkaat h&m tele2 ikea bahn laite
    oikotie puhelin valio sampo audi bild sparkasse youtube facebook veikkaus ilmarinen kauppalehti
"""
NAMES = NAME_WORDS.split()
ENDING_WORDS = """
    n a ssa sta n:n :n :s 's s en ens i iin issä holi oi onen kund kunde hof -appen -app munikation bet ö
    istä lla llakin jen er 'er : - ' 2 _ ä ta tä ksi een eensa seen oissa ineen nkunde rn t ung inlägg kset
    sen den men mme nsa han ko :stakin 'n -s-
"""
ENDINGS = ENDING_WORDS.split()
STEM_WORDS = """
    sammo laitte ilmari veikkau kauppalehde renka rengas puheli teli elis alkoi auditor bildung elisabet
"""
STEMS = STEM_WORDS.split()
"""What names change into, and what only begins like one."""
SIGNED_WORDS = """
    @tekir @tekir_fi @telia.fi #tekir #telia #teliasta tekir.fi www.tekir.fi/x https://telia.fi me@tekir.fi
"""
SIGNED = SIGNED_WORDS.split()
SITES = ["tekir.fi", "telia.fi", "nordpost.se"]
PLAIN = ["on", "ei", "och", "nord", "post", "oy", "nokian", "hinta", "paketti", "🎉", "ä", ","]
DISGUISES: list[Callable[[str], str]] = [
    str.upper,
    lambda letter: chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter,
    lambda letter: unicodedata.normalize("NFD", letter),
    lambda letter: chr(0x1D41A + ord(letter) - ord("a")) if "a" <= letter <= "z" else letter,
]
"""Other spellings of a letter, which are the same when folded."""
GAPS = [" ", " ", " ", " ", ", ", ". ", "-", "\n", "", "/", "://", "@", "#", "."]


@dataclass
class Written:
    """A text as it was typed, and where each letter of the plain text begins and ends in it."""

    text: str
    starts: list[int]
    ends: list[int]

    def places(self, found: naive.Places | None) -> naive.Places | None:
        """Places of the plain text, as places of the typed one."""
        if found is None:
            return None
        return {
            (self.starts[start], self.ends[end - 1], how) if end > start else (0, 0, how)
            for start, end, how in found
        }


def as_it_is(text: str) -> Written:
    """`text` typed without disguise."""
    return Written(text, list(range(len(text))), list(range(1, len(text) + 1)))


def word(chance: Random) -> str:
    """A word as posts have them: names with and without endings, signs, others."""
    kind = chance.random()
    if kind < 0.5:
        return chance.choice(NAMES) + chance.choice(["", *chance.choices(ENDINGS, k=2)])
    if kind < 0.55:
        return chance.choice(STEMS) + chance.choice(ENDINGS)
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


def written(chance: Random, text: str) -> Written:
    """`text` as people may type it: in capitals, full width, with loose dots or signs without width."""
    letters, starts, ends, place = [], [], [], 0
    for letter in text:
        typed = chance.choice(DISGUISES)(letter) if chance.random() < 0.3 else letter
        invisible = chance.choice("\u200b\u200d\u00ad\ufeff") if chance.random() < 0.1 else ""
        starts.append(place)
        ends.append(place + len(typed))
        letters.append(typed + invisible)
        place += len(typed + invisible)
    return Written("".join(letters), starts, ends)


def differences(
    queries: list[Group], post: naive.Said, shown: Written, matcher: Matcher, languages: tuple[str, ...]
) -> tuple[int, list[str]]:
    """How many queries are met; those on which the two do not agree, with what each found."""
    hits = matcher.match(
        shown.text, addressed=post.addressed, links=post.links, author=post.author, language=post.language
    )
    found = {hit.watch: {(span.start, span.end, span.how) for span in hit.spans} for hit in hits}
    reading, met, told = naive.Reading(post, languages), 0, []
    for place, tree in enumerate(queries):
        expected = shown.places(reading.meets(tree))
        met += expected is not None
        if found.get(place) != expected:
            told.append(f"{tree!r} on {post!r} as {shown!r}: {found.get(place)} and not {expected}")
    return met, told


def compare(chance: Random, pairs: int) -> tuple[int, int]:
    """How many pairs were compared and how many of them met; fails at the first difference."""
    compared = met = 0
    while compared < pairs:
        queries = [query(chance) for _ in range(QUERIES)]
        trees = [parse(each) for each in queries]
        languages = LANGUAGES if chance.random() < 0.5 else tuple(chance.sample(LANGUAGES, 2))
        matcher = Matcher(dict(enumerate(queries)), dict.fromkeys(range(QUERIES), languages))
        for _ in range(POSTS):
            post = said(chance)
            shown = written(chance, post.text) if chance.random() < 0.2 else as_it_is(post.text)
            met_here, told = differences(trees, post, shown, matcher, languages)
            assert told == []
            compared += QUERIES
            met += met_here
    return compared, met


def test_it_finds_what_a_naive_reading_finds(capsys: pytest.CaptureFixture[str]) -> None:
    compared, met = compare(Random(SEED), PAIRS)
    with capsys.disabled():
        sys.stdout.write(f"\n{compared:,} (query, post) pairs compared, {met:,} met: 0 differences\n")
    assert compared >= PAIRS
    assert compared / 20 < met < compared / 1.5


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.text(alphabet="tekir .@#-:'’/\nfi_ä2", max_size=40))
def test_it_finds_the_same_in_any_text(seed: int, text: str) -> None:
    chance = Random(seed)
    queries = [query(chance) for _ in range(30)]
    matcher = Matcher(dict(enumerate(queries)))
    trees = [parse(each) for each in queries]
    assert differences(trees, naive.Said(text), as_it_is(text), matcher, LANGUAGES)[1] == []
