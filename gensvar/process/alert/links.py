"""Where a reader of an alert can go: the desk says once, at start, how the addresses of its pages are made."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signposts:
    """Absolute addresses: of a case (slug of its workspace, number), of all that was heard, of one's alerts."""

    case: Callable[[str, int], str]
    heard: Callable[[str], str]
    alerts: Callable[[], str]


_known: list[Signposts] = []


def lead_by(signposts: Signposts) -> None:
    """Use these addresses from now on (once, at start; a second call replaces the first)."""
    _known[:] = [signposts]


def known() -> Signposts:
    """The addresses of this desk."""
    return _known[0]
