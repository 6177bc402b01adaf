"""A table of endings, written as words side by side."""

type Endings = frozenset[str]


def table(endings: str) -> Endings:
    """The endings of a line."""
    return frozenset(endings.split())
