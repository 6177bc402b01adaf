"""What must be in a post for a query to be met: of each way only the rarest thing, to ask seldom."""

from typing import NamedTuple

from gensvar.reading.forms import beginnings
from gensvar.reading.tree import Item, Near, Term


class Key(NamedTuple):
    """A text that stands in the post, or its author (`from`) or language (`lang`)."""

    kind: str
    text: str


_COMMON_WORDS = """
ja on ei se että niin kun mutta och att det är som en på för med av den til og ikke jeg er de het een van
is dat niet ik je und der die das ist nicht ich sie mit the and to of in it that you for not this
asiakaspalvelu kundtjänst kundservice kundenservice klantenservice service hinta pris preis prijs price app
"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words that stand in very many posts; never a good key."""
_FIELDS = {"from": 1e-6, "lang": 0.3}
_SIGNS = {"tag": "#", "handle": "@"}


def rarest(item: Item, languages: tuple[str, ...]) -> frozenset[Key]:
    """Keys of which at least one belongs to every post that meets `item`."""
    return frozenset(key for term in _rarest(item)[1] for key in _keys(term, languages))


def _rarest(item: Item) -> tuple[float, tuple[Term, ...]]:
    """Terms of which one is met by every post that meets `item`, behind the share of posts that hold one."""
    if isinstance(item, Term):
        return _share(item), (item,)
    if isinstance(item, Near):
        return min(_rarest(item.left), _rarest(item.right), key=_first)
    ways = [min(map(_rarest, way), key=_first) if way[1:] else _rarest(way[0]) for way in item.ways]
    return sum(map(_first, ways)), tuple(term for _, terms in ways for term in terms)


def _first(ranked: tuple[float, tuple[Term, ...]]) -> float:
    return ranked[0]


def _share(term: Term) -> float:
    """Roughly the share of posts that hold it."""
    if term.how in _FIELDS:
        return _FIELDS[term.how]
    if term.how == "phrase":
        return min(map(_word_share, term.text.split(" ")))
    return _word_share(_SIGNS.get(term.how, "") + term.text)


def _word_share(word: str) -> float:
    return 1.0 if word in _COMMON else float(0.4 ** min(len(word), 12))


def _keys(term: Term, languages: tuple[str, ...]) -> list[Key]:
    if term.how in _FIELDS:
        return [Key(term.how, term.text)]
    return [Key("text", text) for text in literals(term, languages)]


def literals(term: Term, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Of which one stands in every post (its text, links, addressees) that meets `term`."""
    if term.how == "phrase":
        *others, last = term.text.split(" ")
        word = min((last, *others), key=_word_share)
        return beginnings(last, languages) if word == last else (word,)
    if term.how == "word":
        return beginnings(term.text, languages)
    return (_SIGNS.get(term.how, "") + term.text,)
