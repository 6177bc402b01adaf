"""What was said before folds under the first: reposts, quotes without words, cross-posts (PROCESS F8)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Count, Q, Sum

from gensvar.connectors.contract import Post, Reposted
from gensvar.people.actor import machine
from gensvar.process.case.facts import Happened
from gensvar.process.case.journal import record_many
from gensvar.process.case.models import Case
from gensvar.process.listen import mentions, rules
from gensvar.process.listen.models import Channel, Mention, Revision

MOST_ALIKE = 500
"""Earlier posts with the same words that are looked at: thousands who paste one text are many authors."""

Part, How = Mention.Part, Mention.How


def fold(channel: Channel, new: Sequence[tuple[Mention, Post]]) -> None:
    """Mark those of these unsaved mentions that only say again what is kept already."""
    quoted = _quoted(channel, [post.quotes_id for _, post in new])
    alike = _alike(channel, [row for row, _ in new if row.part == Part.FOUND])
    for row, post in new:
        first = quoted.get(post.quotes_id)
        if row.part == Part.OURS:
            continue
        if first and not rules.adds_words(row.text, first.text):
            _put_under(row, first, How.QUOTE)
        elif row.part == Part.FOUND and (first := _said_before(row, alike)):
            _put_under(row, first, How.CROSS_POST)


def _put_under(row: Mention, first: Mention, how: Mention.How) -> None:
    row.part, row.how, row.folded_under, row.case = Part.FOLDED, how, first, None


def _quoted(channel: Channel, ids: Iterable[str]) -> dict[str, Mention]:
    wanted = set(ids) - {""}
    if not wanted:
        return {}
    rows = Mention.objects.select_related("folded_under").filter(
        workspace_id=channel.workspace_id, network=channel.connector, native_id__in=wanted
    )
    return {row.native_id: row.folded_under or row for row in rows}


def _alike(channel: Channel, new: Sequence[Mention]) -> dict[str, list[Mention]]:
    """Earlier posts by the likeness that they share with one of `new`, the first first."""
    likenesses = {row.likeness for row in new} - {""}
    if not likenesses:
        return {}
    rows = Mention.objects.filter(
        workspace_id=channel.workspace_id,
        likeness__in=likenesses,
        part=Part.FOUND,
        deleted_at=None,
        posted_at__gte=min(row.posted_at for row in new) - rules.ANEW_AFTER,
    ).order_by("pk")
    found: dict[str, list[Mention]] = {}
    for row in rows[:MOST_ALIKE]:
        found.setdefault(row.likeness, []).append(row)
    return found


def _said_before(row: Mention, alike: Mapping[str, Sequence[Mention]]) -> Mention | None:
    number = len(rules.words(f"{row.title} {row.text}"))
    return next(
        (
            first
            for first in alike.get(row.likeness, ())
            if rules.is_said_before(saying(row), saying(first), number)
        ),
        None,
    )


def saying(row: Mention) -> rules.Saying:
    """The mention as the rules compare it."""
    return rules.Saying(
        network=row.network,
        thread=row.thread_key,
        starts_thread=not (row.root_id or row.parent_id),
        said_at=row.posted_at,
        author_id=row.author_id,
        handle=row.author_handle,
        name=row.author_name,
        url=row.author_url,
        bio=row.author_bio,
    )


def keep_reposts(network: str, reposts: Sequence[Reposted], *, at: datetime) -> int:
    """Fold these under the posts that we hold; a repost of a folded one counts at the same first."""
    held = Mention.objects.select_related("folded_under", "channel").filter(
        network=network, native_id__in={each.of_id for each in reposts}
    )
    by_id: dict[str, list[Mention]] = {}
    for row in held:
        by_id.setdefault(row.native_id, []).append(row)
    skipped = _not_again(network, reposts)
    new: dict[tuple[int, str], tuple[Mention, Post]] = {}
    for each in reposts:
        for row in by_id.get(each.of_id, ()):
            key, author = (row.workspace_id, each.native_id), (row.workspace_id, each.author.native_id)
            if skipped.isdisjoint((key, author)) and key not in new:
                new[key] = _repost(each, row, at)
    save(new.values(), at=at)
    count([row for row, _ in new.values()], at=at, new=True)
    return len(new)


def _not_again(network: str, reposts: Sequence[Reposted]) -> set[tuple[int, str]]:
    """Workspace with the name of a repost that it has already, or of an account of its own."""
    ids, authors = {each.native_id for each in reposts}, {each.author.native_id for each in reposts}
    kept = Mention.objects.filter(network=network, native_id__in=ids).values_list("workspace_id", "native_id")
    ours = Channel.objects.filter(connector=network, native_id__in=authors)
    return {*kept, *ours.values_list("workspace_id", "native_id")}


def _repost(event: Reposted, of: Mention, at: datetime) -> tuple[Mention, Post]:
    post = Post(
        native_id=event.native_id,
        revision=event.revision,
        author=event.author,
        text="",
        posted_at=event.at,
        url=event.url,
        raw=event.raw,
        raw_type=event.raw_type,
    )
    row = mentions.mention(post, of.channel, at=at)
    _put_under(row, of.folded_under or of, How.REPOST)
    return row, post


def save(new: Iterable[tuple[Mention, Post]], *, at: datetime) -> None:
    """Write new mentions with their first wording."""
    new = list(new)
    Mention.objects.bulk_create([row for row, _ in new])
    Revision.objects.bulk_create(mentions.revision(post, row, at=at) for row, post in new)


def count(rows: Sequence[Mention], *, at: datetime, new: bool = False) -> None:
    """Bring up to date what the firsts of these rows and their cases say, after they came or went."""
    changed = {row.folded_under_id or row.pk for row in rows}
    if not changed:
        return
    firsts = list(Mention.objects.select_related("case").filter(pk__in=changed).order_by("pk"))
    sums = _sums(changed)
    for first in firsts:
        if first.folded_reach != sums[first.pk][1]:
            Mention.objects.filter(pk=first.pk).update(folded_reach=sums[first.pk][1])
    for case in {first.case_id for first in firsts if first.case_id and first.part == Part.FOUND}:
        Case.objects.filter(pk=case).update(folded=_by_how(case))
    _tell(firsts, rows if new else (), sums, at)


def _sums(firsts: Iterable[int]) -> dict[int, tuple[int, int]]:
    """How many ever folded under each, and the followers of those that still stand."""
    rows = Mention.objects.filter(folded_under__in=firsts).values("folded_under").order_by()
    found = rows.annotate(
        ever=Count("pk"), reach=Sum("author_followers", filter=Q(deleted_at=None), default=0)
    ).values_list("folded_under", "ever", "reach")
    sums = {first: (ever, reach) for first, ever, reach in found}
    return {first: sums.get(first, (0, 0)) for first in firsts}


def _by_how(case: int) -> dict[str, int]:
    rows = Mention.objects.filter(
        folded_under__case=case, folded_under__part=Part.FOUND, deleted_at=None
    ).order_by("how")
    return dict(rows.values("how").annotate(number=Count("pk")).values_list("how", "number"))


def _tell(
    firsts: Sequence[Mention], new: Sequence[Mention], sums: Mapping[int, tuple[int, int]], at: datetime
) -> None:
    """One line of the journal for each round number that is reached, however the batches were cut."""
    for first in firsts:
        ever = sums[first.pk][0]
        before = ever - sum(row.folded_under_id == first.pk for row in new)
        said = [
            (first.case, {"mention": first.pk, "number": each}) for each in rules.milestones(before, ever)
        ]
        if first.case and said:
            record_many(Happened.MENTION_FOLDED, said, by=machine(first.workspace_id), at=at)


def look_again(row: Mention, *, found: bool) -> Mention | None:
    """After an edit of a folded mention: one that says something else now stands for itself.

    Returns the first that it does not stand under any more. The caller saves `row`.
    """
    first = row.folded_under
    if first is None or row.how == How.REPOST:
        return None
    if row.how == How.QUOTE and not rules.adds_words(row.text, first.text):
        return None
    if row.how == How.CROSS_POST and row.likeness == first.likeness:
        return None
    is_found = found or row.how == How.CROSS_POST or first.case is None
    row.part, row.case = (Part.FOUND, None) if is_found else (Part.CONTEXT, first.case)
    row.folded_under, row.how = None, ""
    return first
