"""Which connectors this desk has: a list of dotted paths, so that adding one touches no other code."""

from functools import cache
from importlib import import_module

from gensvar.connectors.contract import Connector
from gensvar.kernel import environment

BUILT_IN = (
    "gensvar.connectors.bluesky",
    "gensvar.connectors.feeds",
    "gensvar.connectors.by_hand",
)


@cache
def load() -> dict[str, Connector]:
    """Connectors by key, in the order in which the desk offers them; GENSVAR_CONNECTORS names more."""
    more = (path.strip() for path in environment.CONNECTORS.read().split(","))
    found = {}
    for path in (*BUILT_IN, *filter(None, more)):
        connector: Connector = import_module(path).CONNECTOR
        found[connector.key] = connector
    return found


def get(key: str) -> Connector:
    """The connector named `key`; KeyError when this desk does not have it."""
    return load()[key]
