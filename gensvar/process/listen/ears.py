"""What the listener listens for and where: all live channels as streams, all live watches as one matcher."""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from gensvar.connectors import registry
from gensvar.connectors.contract import Account, Find, Post, Refused
from gensvar.kernel.secrets import LostKey
from gensvar.process.listen import queries
from gensvar.process.listen.actions import account
from gensvar.process.listen.models import Channel
from gensvar.process.listen.queries import Sign
from gensvar.reading.forms import LANGUAGES
from gensvar.reading.live import LiveMatcher, build
from gensvar.reading.matcher import Hit, Matcher, Watched

log = logging.getLogger(__name__)

MOST_UNSETTLED = 1_000
"""Changes that are borne beside what was built before all is built anew."""


@dataclass(slots=True)
class Stream:
    """One connection to a network, and every channel that hears through it."""

    name: str
    connector: str
    find: Find
    account: Account
    channels: list[Channel] = field(default_factory=list)


class Settling(threading.Thread):
    """Building all watches in one piece, beside the listening."""

    def __init__(self, watches: Mapping[int, Watched]) -> None:
        super().__init__(name="settling", daemon=True)
        self._watches = watches
        self.built: Matcher | None = None
        self.start()

    def run(self) -> None:
        """Build."""
        self.built = build(self._watches)


@dataclass(frozen=True, slots=True)
class Ears:
    """A snapshot: streams by name, the matcher, and which workspace each watch belongs to."""

    streams: dict[str, Stream]
    matcher: LiveMatcher
    workspaces: dict[int, int]
    sign: Sign
    settling: Settling | None = None

    def match(self, post: Post) -> dict[int, list[Hit]]:
        """The hits in a post, by workspace. What stands only in the title has no place in the text."""
        author, language = post.author.handle, post.language
        hits = self.matcher.match(
            post.text, addressed=post.addressed, links=post.links, author=author, language=language
        )
        if post.title:
            met = {hit.watch for hit in hits}
            titled = self.matcher.match(post.title, author=author, language=language)
            hits += [Hit(hit.watch, (), hit.tagged) for hit in titled if hit.watch not in met]
        found: dict[int, list[Hit]] = {}
        for hit in hits:
            found.setdefault(self.workspaces[hit.watch], []).append(hit)
        return found


def prick_up(before: Ears | None = None) -> Ears:
    """The snapshot as the database has it now; of what was known `before`, only what changed is read again."""
    sign = queries.ears_changed()
    if before is None:
        rows = _rows(None)
        matcher = LiveMatcher(_watched(rows))
        _say_unread(rows, matcher)
        return Ears(_streams(), matcher, {row.pk: row.workspace for row in rows}, sign)
    ears = before if sign == before.sign else _changed(before, sign)
    return _settled(ears)


def _changed(before: Ears, sign: Sign) -> Ears:
    streams = before.streams if sign.channels == before.sign.channels else _streams()
    live = set(queries.live_watches().values_list("pk", flat=True))
    changed = sign.changed_since(before.sign)
    new = live - before.workspaces.keys()
    rows = _rows(None if changed is None or len(new) > queries.RECENT else changed | new)
    workspaces = {watch: place for watch, place in before.workspaces.items() if watch in live}
    workspaces |= {row.pk: row.workspace for row in rows}
    matcher = before.matcher.changed(_watched(rows), before.workspaces.keys() - live)
    _say_unread(rows, matcher)
    return Ears(streams, matcher, workspaces, sign, before.settling)


def _settled(ears: Ears) -> Ears:
    """Many changes are built into the whole in the background, and taken over when that is done."""
    if ears.settling and ears.settling.built:
        return replace(ears, matcher=LiveMatcher(ears.matcher.watches, ears.settling.built), settling=None)
    if ears.settling and ears.settling.is_alive():
        return ears
    if ears.matcher.unsettled > MOST_UNSETTLED:
        return replace(ears, settling=Settling(ears.matcher.watches))
    return ears


class _Row(NamedTuple):
    """What is read of a watch: there may be many."""

    pk: int
    workspace: int
    name: str
    query: str
    languages: list[str]


def _rows(wanted: set[int] | None) -> list[_Row]:
    rows = queries.some_live_watches(wanted).values_list("pk", "workspace_id", "name", "query", "languages")
    return list(map(_Row._make, rows))


def _watched(rows: Sequence[_Row]) -> dict[int, Watched]:
    return {row.pk: (row.query, tuple(row.languages) or LANGUAGES) for row in rows}


def _say_unread(rows: Sequence[_Row], matcher: LiveMatcher) -> None:
    """What an older version stored and read differently."""
    for row in rows:
        if why := matcher.why_unread(row.pk):
            log.error("Watch %s (%s) is left out: %s", row.pk, row.name, why)


def _streams() -> dict[str, Stream]:
    streams: dict[str, Stream] = {}
    for channel in queries.live_channels():
        if channel.connector not in registry.load():
            continue
        try:
            ours = account(channel)
        except (LostKey, Refused) as error:
            log.error("Channel %s: %s Connect it again.", channel.name, error)
            continue
        for find in registry.get(channel.connector).find:
            name = find.source(ours)
            stream = streams.setdefault(name, Stream(name, channel.connector, find, ours))
            stream.channels.append(channel)
    return streams
