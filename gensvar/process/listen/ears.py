"""What the listener listens for and where: all live channels as streams, all live watches as one matcher."""

import logging
from dataclasses import dataclass, field

from gensvar.connectors import registry
from gensvar.connectors.contract import Account, Find, Post, Refused
from gensvar.kernel.secrets import LostKey
from gensvar.process.listen import queries
from gensvar.process.listen.actions import account
from gensvar.process.listen.models import Channel
from gensvar.reading.matcher import Hit, Matcher
from gensvar.reading.query import BadQuery, parse

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Stream:
    """One connection to a network, and every channel that hears through it."""

    name: str
    connector: str
    find: Find
    account: Account
    channels: list[Channel] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ears:
    """A snapshot: streams by name, the matcher, and which workspace each watch belongs to."""

    streams: dict[str, Stream]
    matcher: Matcher
    workspaces: dict[int, int]
    sign: tuple[object, ...]

    def match(self, post: Post) -> dict[int, list[Hit]]:
        """The hits in a post, by workspace. What stands only in the title has no place in the text."""
        hits = self.matcher.match(post.text, addressed=post.addressed, links=post.links)
        if post.title:
            met = {hit.watch for hit in hits}
            titled = self.matcher.match(post.title)
            hits += [Hit(hit.watch, (), hit.tagged) for hit in titled if hit.watch not in met]
        found: dict[int, list[Hit]] = {}
        for hit in hits:
            found.setdefault(self.workspaces[hit.watch], []).append(hit)
        return found


def prick_up() -> Ears:
    """The snapshot as the database has it now."""
    sign = queries.ears_changed()
    queries_by_watch, workspaces = {}, {}
    for watch in queries.live_watches():
        try:
            parse(watch.query)
        except BadQuery as error:  # stored by an older version that read it differently
            log.error("Watch %s (%s) is left out: %s", watch.pk, watch.name, error)
            continue
        queries_by_watch[watch.pk], workspaces[watch.pk] = watch.query, watch.workspace_id
    return Ears(_streams(), Matcher(queries_by_watch), workspaces, sign)


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
