"""What of a batch concerns us, in the network's order, cut into runs that can be stored at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from gensvar.connectors.contract import (
    AccountGone,
    Batch,
    Created,
    Deleted,
    Edited,
    Event,
    Gap,
    Hidden,
    Post,
    Reposted,
)
from gensvar.process.listen import mentions
from gensvar.reading.matcher import Hit

MOST = 100
"""Events of one write: a longer batch would hold the database for longer than others may wait."""

Match = Callable[[Post], dict[int, list[Hit]]]
"""Hits by workspace: which watches of which workspace a post meets."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A post as it came, new or edited, with the hits in it by workspace."""

    event: Created | Edited
    hits: dict[int, list[Hit]]

    @property
    def post(self) -> Post:
        return self.event.post

    @property
    def is_chosen(self) -> bool:
        return isinstance(self.event, Created) and self.event.chosen

    def edited_at(self, heard_at: datetime) -> datetime | None:
        """When it got this wording, never later than we heard it; None for a post as it was made."""
        event = self.event
        return mentions.believable(event.at, heard_at) if isinstance(event, Edited) else None

    def stands_on(self) -> set[str]:
        """What must be kept before this can be placed: its thread, what it quotes, the same words before."""
        post = self.post
        return {post.root_id, post.parent_id, post.quotes_id, _likeness(post)} - {""}

    def lays(self) -> set[str]:
        return {self.post.native_id, _likeness(self.post)} - {""}


def _likeness(post: Post) -> str:
    return mentions.likeness(post.title, post.text)


def wanted(events: Sequence[Event], match: Match, known: set[str]) -> list[Heard | Event]:
    """In the network's order: what is about us, and what belongs to a post that we hold.

    Also to one that is held only from this very batch on.
    """
    held = set(known)
    found: list[Heard | Event] = []
    for event in events:
        each = Heard(event, match(event.post)) if isinstance(event, Created | Edited) else event
        if _is_wanted(each, held):
            found.append(each)
            held.update(ids(event)[:1])
    return found


def _is_wanted(each: Heard | Event, held: set[str]) -> bool:
    if isinstance(each, Gap | AccountGone):
        return True
    if isinstance(each, Heard):
        belongs = ids(each.event) if isinstance(each.event, Created) else (each.post.native_id,)
        return bool(each.hits) or each.is_chosen or not held.isdisjoint(belongs)
    return not held.isdisjoint((each.of_id,) if isinstance(each, Reposted) else ids(each))


@dataclass(slots=True)
class Run:
    """A stretch that can be stored at once: first its posts, then its reposts, then what ends it."""

    posts: list[Heard] = field(default_factory=list)
    reposts: list[Reposted] = field(default_factory=list)
    change: Heard | Event | None = None


def runs(wanted: Sequence[Heard | Event]) -> Iterator[Run]:
    """Cut so that nothing in a run stands on anything beside it.

    So what is kept does not depend on where the stream was cut into batches. No post stands on a repost.
    """
    run, laid = Run(), set[str]()
    for each in wanted:
        if isinstance(each, Heard) and isinstance(each.event, Created):
            if not laid.isdisjoint(each.stands_on()):
                yield run
                run, laid = Run(), set()
            run.posts.append(each)
            laid |= each.lays()
        elif isinstance(each, Reposted):
            run.reposts.append(each)
        else:
            run.change = each
            yield run
            run, laid = Run(), set()
    if run.posts or run.reposts:
        yield run


def ids(event: Event) -> tuple[str, ...]:
    """Its own native id, and those of what it belongs to."""
    if isinstance(event, Created | Edited):
        post = event.post
        return (post.native_id, post.root_id, post.parent_id, post.quotes_id)
    if isinstance(event, Reposted):
        return (event.native_id, event.of_id)
    return (event.native_id,) if isinstance(event, Deleted | Hidden) else ()


def pieces(batch: Batch, before: str) -> Iterator[Batch]:
    """The batch in writes of at most MOST events; the cursor stays `before` until the last of them."""
    for first in range(0, max(len(batch.events), 1), MOST):
        is_last = first + MOST >= len(batch.events)
        events = batch.events[first : first + MOST]
        cursor, dropped = (batch.cursor, batch.dropped) if is_last else (before, 0)
        yield replace(batch, events=events, cursor=cursor, dropped=dropped)
