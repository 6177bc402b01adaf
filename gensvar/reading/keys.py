"""What must be in a post for a query to be met: of each way only the rarest thing, to ask seldom."""

from functools import lru_cache
from typing import NamedTuple

from gensvar.reading.finders import keys
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


def rarest(item: Item, languages: tuple[str, ...]) -> frozenset[Key]:
    """Keys of which at least one belongs to every post that meets `item`."""
    if isinstance(item, Term):
        if item.how in _FIELDS:
            return frozenset({Key(item.how, item.text)})
        return frozenset(Key("text", text) for text in keys(item, languages))
    if isinstance(item, Near):
        return min((rarest(side, languages) for side in (item.left, item.right)), key=_share)
    return frozenset().union(*(_of_way(way, languages) for way in item.ways))


def _of_way(way: tuple[Item, ...], languages: tuple[str, ...]) -> frozenset[Key]:
    return min((rarest(item, languages) for item in way), key=_share)


def _share(found: frozenset[Key]) -> float:
    """Roughly the share of posts that hold one of them."""
    return sum(map(_one_share, found))


@lru_cache(maxsize=100_000)
def _one_share(key: Key) -> float:
    if key.kind in _FIELDS:
        return _FIELDS[key.kind]
    return 1.0 if key.text in _COMMON else float(0.4 ** min(len(key.text), 12))
