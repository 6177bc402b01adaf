"""Taking in a batch: posts become mentions, edits revisions, and the cursor moves, in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from gensvar.connectors.contract import (
    AccountGone,
    Batch,
    Deleted,
    Event,
    Gap,
    Hidden,
    Post,
)
from gensvar.people.actor import machine
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record, record_many
from gensvar.process.case.models import Case
from gensvar.process.listen import folding, gaps, mentions, models, queries, rules
from gensvar.process.listen.crash_points import AFTER_COMMIT, BEFORE_COMMIT
from gensvar.process.listen.runs import Heard, Match, Run, ids, runs, wanted
from gensvar.reading.matcher import Hit

IDLE_CURSOR = timedelta(seconds=2)
"""A batch without anything for us moves the cursor at most this often: a cursor may lag, never lead."""


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
    known = _known(source.connector, batch)
    about_us = wanted(batch.events, match, known)
    if not about_us:
        return _only_cursor(source, batch, at)
    found = others = 0
    with transaction.atomic():
        for run in runs(about_us):
            of_run = _take_run(source, channels, run, at)
            found, others = found + of_run.found, others + of_run.others
        _move_cursor(source, batch, at)
        BEFORE_COMMIT.pass_by()
    AFTER_COMMIT.pass_by()
    return Taken(found, others)


def _take_run(source: models.Source, channels: Sequence[models.Channel], run: Run, at: datetime) -> Taken:
    found = sum(_take_channel(channel, run.posts, at) for channel in channels) if run.posts else 0
    others = folding.keep_reposts(source.connector, run.reposts, at=at) if run.reposts else 0
    if isinstance(run.change, Heard):
        others += _edit_all(source, run.change, at)
        found += sum(_take_channel(channel, [run.change], at) for channel in channels)
    elif run.change:
        others += _change(source, channels, run.change, at)
    return Taken(found, others)


def _known(network: str, batch: Batch) -> set[str]:
    named = {native_id for event in batch.events for native_id in ids(event)} - {""}
    if not named:
        return set()
    rows = models.Mention.objects.filter(network=network, native_id__in=named)
    return set(rows.values_list("native_id", flat=True))


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


def _take_channel(channel: models.Channel, heard: Sequence[Heard], at: datetime) -> int:
    """Store the posts for one workspace; the number of new mentions that may become cases."""
    old = _already(channel, [each.post for each in heard])
    places, cases = _places(channel, [each.post for each in heard])
    ours, kinds = queries.own_ids(channel), _kinds(channel, heard)
    new: dict[str, _New] = {}
    for each in heard:
        post, hits = each.post, each.hits.get(channel.workspace_id, [])
        found = rules.is_about_us(len(hits), each.is_chosen)
        place = places.get(post.root_id) or places.get(post.parent_id)
        if place is None and not found:
            place = places.get(post.quotes_id)
        part = rules.part(post, place, ours=post.author.native_id in ours, found=found)
        if part and post.native_id not in old and post.native_id not in new:
            row = mentions.mention(post, channel, at=at)
            row.edited_at = each.edited_at(at)
            row.part, row.case = part, cases[place.case] if place and part != "found" else None
            new[post.native_id] = _mark(row, hits, channel, each, kinds)
    folding.fold(channel, [(one.row, one.post) for one in new.values()])
    _save(new.values(), at)
    folding.count([one.row for one in new.values() if one.row.folded_under], at=at, new=True)
    _tell(channel, list(new.values()), at)
    return sum(one.row.part == "found" for one in new.values())


@dataclass(frozen=True, slots=True)
class _New:
    """A mention to be stored, the watches that it met besides the first, and whether it concerns others."""

    row: models.Mention
    post: Post
    also: Sequence[int]
    only_watched: bool


def _kinds(channel: models.Channel, heard: Sequence[Heard]) -> dict[int, str]:
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


def _places(channel: models.Channel, posts: Sequence[Post]) -> tuple[dict[str, rules.Place], dict[int, Case]]:
    """Where the posts stand to which these belong, by native id, and the cases by their number.

    What is said under a folded post belongs to the case of the first.
    """
    named = {each for post in posts for each in (post.root_id, post.parent_id, post.quotes_id)} - {""}
    if not named:
        return {}, {}
    rows = models.Mention.objects.select_related("case", "folded_under__case").filter(
        workspace_id=channel.workspace_id, network=channel.connector, native_id__in=named
    )
    places, cases = {}, {}
    for row in rows:
        case = (row.folded_under or row).case
        if case:
            is_theirs = row.how == models.Mention.How.CROSS_POST
            places[row.native_id] = rules.Place(case.pk, row.author_id if is_theirs else case.author_id)
            cases[case.pk] = case
    return places, cases


def _mark(
    row: models.Mention, hits: Sequence[Hit], channel: models.Channel, each: Heard, kinds: dict[int, str]
) -> _New:
    """Say on the mention what it is about and where it stands."""
    post = each.post
    met = rules.most_telling({hit.watch for hit in hits} & set(kinds), kinds)
    ours = {channel.native_id, channel.handle} - {""}
    addressed = not ours.isdisjoint(post.addressed)
    row.watch_id = met[0] if met else None
    row.spans = _spans(hits)
    row.tagged = addressed or any(hit.tagged and kinds.get(hit.watch) not in rules.OTHERS for hit in hits)
    row.own_channel = rules.is_in_own_channel(post.root_id, channel.native_id)
    about = {kinds[watch] for watch in met}
    only = rules.is_only_watched(about, chosen=each.is_chosen, addressed=addressed)
    return _New(row, post, met[1:], only)


def _save(new: Iterable[_New], at: datetime) -> None:
    new = list(new)
    folding.save([(one.row, one.post) for one in new], at=at)
    also = models.Mention.also.through
    also.objects.bulk_create(also(mention_id=one.row.pk, watch_id=watch) for one in new for watch in one.also)


def _spans(hits: Sequence[Hit]) -> list[list[int]]:
    return [[span.start, span.end] for hit in hits for span in hit.spans if span.end > span.start][:20]


_FACTS = {
    "found": Happened.MENTION_FOUND,
    "answer": Happened.AUTHOR_ANSWERED,
    "context": Happened.THREAD_GREW,
    "ours": Happened.THREAD_GREW,
}


def _fact(one: _New) -> Happened | None:
    """What is told of it; nothing of a folded one, which is counted at its first."""
    found = one.row.part == models.Mention.Part.FOUND
    return Happened.MENTION_WATCHED if found and one.only_watched else _FACTS.get(one.row.part)


def _tell(channel: models.Channel, new: Sequence[_New], at: datetime) -> None:
    by = machine(channel.workspace_id)
    for fact in (*dict.fromkeys(_FACTS.values()), Happened.MENTION_WATCHED):
        of = [(one.row.case, {"mention": one.row.pk}) for one in new if _fact(one) is fact]
        if of:
            record_many(fact, of, by=by, at=at)


def _change(source: models.Source, channels: Sequence[models.Channel], event: Event, at: datetime) -> int:
    match event:
        case Deleted(native_id):
            rows = _rows(source, Q(native_id=native_id, deleted_at=None))
            return _gone(rows, "deleted_at", Happened.MENTION_DELETED, at)
        case Hidden(native_id):
            rows = _rows(source, Q(native_id=native_id, hidden_at=None))
            return _gone(rows, "hidden_at", Happened.MENTION_HIDDEN, at)
        case AccountGone(author_id, gone_at):
            rows = _rows(source, Q(author_id=author_id, deleted_at=None, posted_at__lte=gone_at))
            return _gone(rows, "deleted_at", Happened.AUTHOR_GONE, at)
        case Gap():
            return gaps.notice(source, channels, event, at=at)
    return 0


def _rows(source: models.Source, condition: Q) -> list[models.Mention]:
    return list(models.Mention.objects.select_related("case").filter(condition, network=source.connector))


def _edit_all(source: models.Source, heard: Heard, at: datetime) -> int:
    rows = _rows(source, Q(native_id=heard.post.native_id))
    return sum(_edit(row, heard, heard.hits.get(row.workspace_id, []), at) for row in rows)


def _edit(row: models.Mention, heard: Heard, hits: Sequence[Hit], at: datetime) -> int:
    """A new wording becomes a revision; the mention shows the newest, the older ones stay."""
    post, edited_at = heard.post, heard.edited_at(at)
    is_late = row.edited_at is not None and edited_at is not None and edited_at < row.edited_at
    if is_late or row.revisions.filter(revision=post.revision[:200]).exists():
        return 0
    mentions.revision(post, row, at=at).save()
    for name, value in mentions.wording(post).items():
        setattr(row, name, value)
    row.edited_at, row.spans = edited_at, _spans(hits)
    left = folding.look_again(row, found=bool(hits))
    row.save()
    if left:
        folding.count([left], at=at)
    if not row.folded_under_id:
        _say_edited(row, at, is_new=left is not None)
    return 1


def _say_edited(row: models.Mention, at: datetime, *, is_new: bool) -> None:
    """An edit; one that took a folded post out of its fold makes it a mention of its own."""
    facts = {models.Mention.Part.FOUND.value: Happened.MENTION_FOUND}
    fact = facts.get(row.part, Happened.THREAD_GREW) if is_new else Happened.MENTION_EDITED
    record(fact, by=machine(row.workspace_id), at=at, case=row.case, data={"mention": row.pk})


def _gone(rows: Sequence[models.Mention], column: str, fact: Happened, at: datetime) -> int:
    for row in rows:
        setattr(row, column, at)
        row.save(update_fields=[column])
        if not row.folded_under_id:
            record(fact, by=machine(row.workspace_id), at=at, case=row.case, data={"mention": row.pk})
    folding.count([row for row in rows if row.folded_under_id], at=at)
    return len(rows)
