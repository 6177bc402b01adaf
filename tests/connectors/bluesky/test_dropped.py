"""Counting what could not be read, for the source that it came from."""

from gensvar.connectors.bluesky.dropped import counting, drop


def test_only_what_is_dropped_inside_is_counted() -> None:
    drop("before")
    with counting() as lost:
        drop("one kind")
        drop("another kind")
    drop("after")
    assert lost.number == 2


def test_nothing_dropped_is_none() -> None:
    with counting() as lost:
        pass
    assert lost.number == 0
