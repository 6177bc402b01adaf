"""Taking in a batch: posts become mentions, edits revisions, and the cursor moves, in one transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from gensvar.connectors.contract import (
    AccountGone,
    Batch,
    Created,
    Deleted,
    Edited,
    Gap,
    Hidden,
    Post,
)
from gensvar.people.actor import machine
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record, record_many
from gensvar.process.listen import gaps, mentions, models, rules
from gensvar.process.listen.crash_points import AFTER_COMMIT, BEFORE_COMMIT
from gensvar.reading.matcher import Hit

IDLE_CURSOR = timedelta(seconds=2)
"""A batch without anything for us moves the cursor at most this often: a cursor may lag, never lead."""

Match = Callable[[Post], dict[int, list[Hit]]]
"""Hits by workspace: which watches of which workspace a post meets."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a batch brought."""

    found: int = 0
    others: int = 0


def take_in(
    source: models.Source, channels: Sequence[models.Channel], batch: Batch, match: Match, *, at: datetime
) -> Taken:
    """Store what of `batch` concerns the workspaces of `channels`, and the cursor with it.

    Doing it twice with the same batch changes nothing the second time.
    """
    posts = [event for event in batch.events if isinstance(event, Created)]
    known = _known(source.connector, batch)
    wanted = _wanted([_Heard(event, match(event.post)) for event in posts], known)
    changes = [event for event in batch.events if not isinstance(event, Created)]
    if not wanted and not _touches(changes, known):
        return _only_cursor(source, batch, at)
    with transaction.atomic():
        found = sum(_take_channel(channel, wave, at) for channel in channels for wave in _waves(wanted))
        others = sum(_change(source, channels, event, at) for event in changes)
        _move_cursor(source, batch, at)
        BEFORE_COMMIT.pass_by()
    AFTER_COMMIT.pass_by()
    return Taken(found, others)


@dataclass(frozen=True, slots=True)
class _Heard:
    event: Created
    hits: dict[int, list[Hit]]

    @property
    def post(self) -> Post:
        return self.event.post

    def stands_in(self, known: set[str]) -> bool:
        return self.post.root_id in known or self.post.parent_id in known


def _wanted(heard: Sequence[_Heard], known: set[str]) -> list[_Heard]:
    """What is about us, and what stands in a thread of ours (also one that begins in this very batch)."""
    known, wanted = set(known), []
    for each in heard:
        if each.hits or each.event.chosen or each.stands_in(known):
            wanted.append(each)
            known.add(each.post.native_id)
    return wanted


def _waves(wanted: Sequence[_Heard]) -> list[list[_Heard]]:
    """Those that may begin a case, then those that stand in a thread with one of them."""
    ids = {each.post.native_id for each in wanted}
    first: list[_Heard] = []
    later: list[_Heard] = []
    for each in wanted:
        (later if each.stands_in(ids) else first).append(each)
    return [wave for wave in (first, later) if wave]


def _known(network: str, batch: Batch) -> set[str]:
    ids = {native_id for event in batch.events for native_id in _ids(event)} - {""}
    if not ids:
        return set()
    rows = models.Mention.objects.filter(network=network, native_id__in=ids)
    return set(rows.values_list("native_id", flat=True))


def _ids(event: object) -> Iterable[str]:
    if isinstance(event, Created | Edited):
        return (event.post.native_id, event.post.root_id, event.post.parent_id)
    return (event.native_id,) if isinstance(event, Deleted | Hidden) else ()


def _touches(changes: Sequence[object], known: set[str]) -> bool:
    always = (Gap, AccountGone)
    return any(isinstance(event, always) or not known.isdisjoint(_ids(event)) for event in changes)


def _only_cursor(source: models.Source, batch: Batch, at: datetime) -> Taken:
    if batch.dropped or source.heard_at is None or at - source.heard_at >= IDLE_CURSOR:
        _move_cursor(source, batch, at)
    return Taken()


def _move_cursor(source: models.Source, batch: Batch, at: datetime) -> None:
    """What was fetched to fill a gap says nothing of the stream itself: only what it dropped counts."""
    rows = models.Source.objects.filter(pk=source.pk)
    if batch.dropped:
        rows.update(dropped=F("dropped") + batch.dropped)
    if batch.backfill:
        return
    source.usual_gap = rules.learn_gap(source.usual_gap, _silence(source, at))
    source.heard_at, source.trouble, source.silent_since, source.cursor = at, "", None, batch.cursor
    source.save(update_fields=["usual_gap", "heard_at", "trouble", "silent_since", "cursor"])


def _silence(source: models.Source, at: datetime) -> timedelta | None:
    """How long it said nothing while we listened; None when this is the first thing since it was opened."""
    if source.heard_at is None or (source.opened_at and source.opened_at > source.heard_at):
        return None
    return at - source.heard_at


def _take_channel(channel: models.Channel, heard: Sequence[_Heard], at: datetime) -> int:
    """Store the posts for one workspace; the number of new mentions that may become cases."""
    old = _already(channel, [each.post for each in heard])
    places = _places(channel, [each.post for each in heard])
    kinds = _kinds(channel, heard)
    new: dict[str, _New] = {}
    for each in heard:
        post, hits = each.post, each.hits.get(channel.workspace_id, [])
        place = places.get(post.root_id) or places.get(post.parent_id)
        found = rules.is_about_us(len(hits), each.event.chosen)
        part = rules.part(post, place, ours=channel.native_id, found=found)
        if part and post.native_id not in old and post.native_id not in new:
            row = mentions.mention(post, channel, at=at)
            row.part, row.case_id = part, place.case if place and part != "found" else None
            new[post.native_id] = _mark(row, hits, channel, each, kinds)
    _save(new.values(), at)
    _tell(channel, list(new.values()), at)
    return sum(one.row.part == "found" for one in new.values())


@dataclass(frozen=True, slots=True)
class _New:
    """A mention to be stored, the watches that it met besides the first, and whether it concerns others."""

    row: models.Mention
    post: Post
    also: Sequence[int]
    only_watched: bool


def _kinds(channel: models.Channel, heard: Sequence[_Heard]) -> dict[int, str]:
    """What the watches that were met are about."""
    met = {hit.watch for each in heard for hit in each.hits.get(channel.workspace_id, ())}
    return dict(models.Watch.objects.filter(pk__in=met).values_list("pk", "kind")) if met else {}


def _already(channel: models.Channel, posts: Sequence[Post]) -> set[str]:
    rows = models.Mention.objects.filter(
        workspace_id=channel.workspace_id,
        network=channel.connector,
        native_id__in=[post.native_id for post in posts],
    )
    return set(rows.values_list("native_id", flat=True))


def _places(channel: models.Channel, posts: Sequence[Post]) -> dict[str, rules.Place]:
    """Cases by the native ids of the posts that stand in them, for threads that these posts belong to."""
    ids = {post.root_id for post in posts} | {post.parent_id for post in posts}
    rows = models.Mention.objects.filter(
        workspace_id=channel.workspace_id,
        network=channel.connector,
        native_id__in=ids - {""},
        case__isnull=False,
    ).order_by("-part", "-id")
    return {
        native_id: rules.Place(case, author)
        for native_id, case, author in rows.values_list("native_id", "case_id", "case__author_id")
    }


def _mark(
    row: models.Mention, hits: Sequence[Hit], channel: models.Channel, each: _Heard, kinds: dict[int, str]
) -> _New:
    """Say on the mention what it is about and where it stands."""
    post = each.post
    met = rules.most_telling({hit.watch for hit in hits} & set(kinds), kinds)
    ours = {channel.native_id, channel.handle} - {""}
    addressed = not ours.isdisjoint(post.addressed)
    row.watch_id = met[0] if met else None
    row.spans = [[span.start, span.end] for hit in hits for span in hit.spans if span.end > span.start][:20]
    row.tagged = addressed or any(hit.tagged and kinds.get(hit.watch) not in rules.OTHERS for hit in hits)
    row.own_channel = rules.is_in_own_channel(post.root_id, channel.native_id)
    about = {kinds[watch] for watch in met}
    only = rules.is_only_watched(about, chosen=each.event.chosen, addressed=addressed)
    return _New(row, post, met[1:], only)


def _save(new: Iterable[_New], at: datetime) -> None:
    new = list(new)
    models.Mention.objects.bulk_create([one.row for one in new])
    models.Revision.objects.bulk_create(mentions.revision(one.post, one.row, at=at) for one in new)
    also = models.Mention.also.through
    also.objects.bulk_create(also(mention_id=one.row.pk, watch_id=watch) for one in new for watch in one.also)


_FACTS = {
    "found": Happened.MENTION_FOUND,
    "answer": Happened.AUTHOR_ANSWERED,
    "context": Happened.THREAD_GREW,
    "ours": Happened.THREAD_GREW,
}


def _fact(one: _New) -> Happened:
    found = one.row.part == models.Mention.Part.FOUND
    return Happened.MENTION_WATCHED if found and one.only_watched else _FACTS[one.row.part]


def _tell(channel: models.Channel, new: Sequence[_New], at: datetime) -> None:
    by = machine(channel.workspace_id)
    for fact in (*dict.fromkeys(_FACTS.values()), Happened.MENTION_WATCHED):
        of = [(one.row.case, {"mention": one.row.pk}) for one in new if _fact(one) is fact]
        if of:
            record_many(fact, of, by=by, at=at)


def _change(source: models.Source, channels: Sequence[models.Channel], event: object, at: datetime) -> int:
    match event:
        case Edited(post):
            return sum(_edit(row, post, at) for row in _rows(source, Q(native_id=post.native_id)))
        case Deleted(native_id):
            rows = _rows(source, Q(native_id=native_id, deleted_at=None))
            return _gone(rows, "deleted_at", Happened.MENTION_DELETED, at)
        case Hidden(native_id):
            rows = _rows(source, Q(native_id=native_id, hidden_at=None))
            return _gone(rows, "hidden_at", Happened.MENTION_HIDDEN, at)
        case AccountGone(author_id):
            rows = _rows(source, Q(author_id=author_id, deleted_at=None))
            return _gone(rows, "deleted_at", Happened.AUTHOR_GONE, at)
        case Gap():
            return gaps.notice(source, channels, event, at=at)
    return 0


def _rows(source: models.Source, condition: Q) -> list[models.Mention]:
    return list(models.Mention.objects.select_related("case").filter(condition, network=source.connector))


def _edit(row: models.Mention, post: Post, at: datetime) -> int:
    """A new wording becomes a revision; the mention shows the newest, the older ones stay."""
    if row.revisions.filter(revision=post.revision[:200]).exists():
        return 0
    mentions.revision(post, row, at=at).save()
    for name, value in mentions.wording(post).items():
        setattr(row, name, value)
    row.edited_at, row.spans = at, []
    row.save()
    record(
        Happened.MENTION_EDITED, by=machine(row.workspace_id), at=at, case=row.case, data={"mention": row.pk}
    )
    return 1


def _gone(rows: Sequence[models.Mention], column: str, fact: Happened, at: datetime) -> int:
    for row in rows:
        setattr(row, column, at)
        row.save(update_fields=[column])
        record(fact, by=machine(row.workspace_id), at=at, case=row.case, data={"mention": row.pk})
    return len(rows)
