"""Two who do the same thing at the same moment, each in a thread of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once[T](do: Callable[[T], object], whom: Sequence[T], *, refused: type[Exception]) -> list[bool]:
    """Who of `whom` came through, and who was refused; the refused first."""
    line = Barrier(len(whom))

    def come(who: T) -> bool:
        line.wait()
        try:
            do(who)
        except refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(whom)) as threads:
        return sorted(threads.map(come, whom))
