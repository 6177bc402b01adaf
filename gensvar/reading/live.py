"""Watches that change while posts are read: what was built once, and beside it the few that changed since."""

from collections.abc import Collection, Iterable, Mapping

from gensvar.reading.matcher import Hit, Matcher, Watched

AT_ONCE = 1_000
"""So few watches are simply built anew: that takes a moment, and one part is asked faster than two."""


class LiveMatcher:
    """A snapshot: a change makes another one, which shares what was built."""

    def __init__(self, watches: Mapping[int, Watched], built: Matcher | None = None) -> None:
        """`built`: a matcher of some of these watches, of other ones, or of none: whatever is at hand."""
        self.watches = dict(watches)
        if built is None or len(watches) <= AT_ONCE:
            built = build(watches)
        self.built = built
        self._stale = frozenset(
            watch for watch, watched in built.watches.items() if watches.get(watch) != watched
        )
        self._fresh = build(
            {watch: watched for watch, watched in watches.items() if built.watches.get(watch) != watched}
        )

    def changed(self, watches: Mapping[int, Watched], gone: Iterable[int] = ()) -> "LiveMatcher":
        """The same with `watches` added or changed, and without those that are `gone`."""
        without = frozenset(gone)
        kept = {watch: watched for watch, watched in self.watches.items() if watch not in without}
        return LiveMatcher({**kept, **watches}, self.built)

    @property
    def unsettled(self) -> int:
        """How many changes are borne beside what was built; each costs every post a little."""
        return len(self._stale) + len(self._fresh.watches)

    def why_unread(self, watch: int) -> str:
        """Why the query of `watch` cannot be read; empty when it can."""
        error = self._fresh.unread.get(watch) or (
            None if watch in self._stale else self.built.unread.get(watch)
        )
        return str(error) if error else ""

    def match(
        self,
        text: str,
        *,
        addressed: Collection[str] = (),
        links: Collection[str] = (),
        author: str = "",
        language: str = "",
    ) -> list[Hit]:
        """As `Matcher.match`, with every change."""
        hits = self.built.match(text, addressed=addressed, links=links, author=author, language=language)
        if self._stale:
            hits = [hit for hit in hits if hit.watch not in self._stale]
        if not self._fresh.watches:
            return hits
        hits += self._fresh.match(text, addressed=addressed, links=links, author=author, language=language)
        return sorted(hits, key=_watch)


def build(watches: Mapping[int, Watched]) -> Matcher:
    """All of `watches`, built in one piece."""
    queries = {watch: query for watch, (query, _) in watches.items()}
    return Matcher(queries, {watch: languages for watch, (_, languages) in watches.items()})


def _watch(hit: Hit) -> int:
    return hit.watch
