"""Which connectors this desk has: a list of dotted paths, so that adding one touches no other code."""

from functools import cache
from importlib import import_module

from gensvar.connectors.contract import Connector

BUILT_IN = (
    "gensvar.connectors.bluesky",
    "gensvar.connectors.feeds",
    "gensvar.connectors.by_hand",
)
_more: list[str] = []


def add(path: str) -> None:
    """Offer the connector in module `path` too (the demo, or a network of one's own)."""
    if path not in _more:
        _more.append(path)
        load.cache_clear()


@cache
def load() -> dict[str, Connector]:
    """Connectors by key, in the order in which the desk offers them."""
    found = {}
    for path in (*BUILT_IN, *_more):
        connector: Connector = import_module(path).CONNECTOR
        found[connector.key] = connector
    return found


def get(key: str) -> Connector:
    """The connector named `key`; KeyError when this desk does not have it."""
    return load()[key]
