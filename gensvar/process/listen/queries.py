"""What was heard, where we listen, and what could not be heard."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from typing import NamedTuple

from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from gensvar.process.case.models import Case
from gensvar.process.listen.models import Channel, Gap, Mention, Revision, Watch


def heard(workspace_id: int) -> QuerySet[Mention]:
    """Everything that was found, newest first."""
    rows = Mention.objects.filter(workspace_id=workspace_id, part=Mention.Part.FOUND)
    return rows.select_related("case", "case__owner", "channel", "watch").order_by("-heard_at")


def thread(case: Case) -> list[Mention]:
    """All posts of a case with their wordings (without the raw records), oldest first."""
    wordings = Prefetch("revisions", Revision.objects.defer("raw").select_related("capture"))
    rows = case.mentions.select_related("channel", "watch").prefetch_related(wordings)
    return list(rows.order_by("posted_at", "pk"))


FOLDED_SHOWN = 40
"""Folded posts that a case page lists under their first, the newest; the number says how many there are."""


def folded(mentions: Iterable[Mention]) -> dict[int, list[Mention]]:
    """What was said before, by the mention under which it is folded, the newest first; a page's worth of it."""
    firsts = [mention.pk for mention in mentions]
    rows = Mention.objects.filter(folded_under__in=firsts).select_related("channel").order_by("-pk")
    found: dict[int, list[Mention]] = {}
    for row in rows[:FOLDED_SHOWN]:
        assert row.folded_under_id is not None  # the query asks for nothing else
        found.setdefault(row.folded_under_id, []).append(row)
    return found


def times_folded(mentions: Iterable[Mention]) -> dict[int, dict[str, int]]:
    """How often each of these was said again and still stands, by how."""
    rows = Mention.objects.filter(
        folded_under__in=[mention.pk for mention in mentions], deleted_at=None
    ).order_by("folded_under", "how")
    found: dict[int, dict[str, int]] = {}
    for first, how, number in rows.values_list("folded_under", "how").annotate(number=Count("pk")):
        found.setdefault(first, {})[how] = number
    return found


def subject(case: Case) -> Mention | None:
    """The post that the case is about: the first found one."""
    return case.mentions.select_related("channel").filter(part=Mention.Part.FOUND).order_by("pk").first()


def channels(workspace_id: int) -> QuerySet[Channel]:
    """The connected accounts of a workspace."""
    return Channel.objects.filter(workspace_id=workspace_id, removed_at=None).order_by("pk")


def live_channels() -> QuerySet[Channel]:
    """The connected accounts of every workspace, for the listener."""
    return Channel.objects.filter(removed_at=None).select_related("workspace").order_by("pk")


def own_ids(channel: Channel) -> frozenset[str]:
    """Every account that the workspace has or had on the network of `channel`: what they wrote is ours."""
    rows = Channel.objects.filter(workspace_id=channel.workspace_id, connector=channel.connector)
    return frozenset(rows.exclude(native_id="").values_list("native_id", flat=True))


def watches(workspace_id: int) -> QuerySet[Watch]:
    """The watches of a workspace, and when each last found something (`last_at`)."""
    found = Mention.objects.filter(watch=OuterRef("pk"), part=Mention.Part.FOUND).order_by("-pk")
    rows = Watch.objects.filter(workspace_id=workspace_id)
    return rows.annotate(last_at=Subquery(found.values("heard_at")[:1])).order_by("pk")


def changed_lately(workspace_id: int, user_id: int, since: datetime) -> Watch | None:
    """The watch that this person changed last, if it was after `since` and nobody changed it later."""
    rows = Watch.objects.filter(workspace_id=workspace_id, change__by=user_id, change__at__gte=since)
    return rows.select_related("change", "workspace").order_by("-change").first()


WEEK, MONTH = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Found:
    """How much a watch found in the last week and month, and how many of the month's posts were tagged."""

    week: int = 0
    month: int = 0
    tagged: int = 0


def found_lately(workspace_id: int, at: datetime) -> dict[int, Found]:
    """What each watch found, by its id; those that found nothing are left out."""
    rows = Mention.objects.filter(
        workspace_id=workspace_id, part=Mention.Part.FOUND, heard_at__gte=at - MONTH, watch__isnull=False
    )
    counts = rows.values("watch").annotate(
        week=Count("pk", filter=Q(heard_at__gte=at - WEEK)),
        month=Count("pk"),
        tagged=Count("pk", filter=Q(tagged=True)),
    )
    return {row["watch"]: Found(row["week"], row["month"], row["tagged"]) for row in counts.order_by()}


KEPT_MOST = 5000
"""Posts on which a query is tried."""


def kept(workspace_id: int, since: datetime, most: int = KEPT_MOST) -> list[Mention]:
    """What others wrote and was kept since then, newest first, at most `most`: found, in threads, answers.

    Each part is read by its index; only what a trial needs is fetched.
    """
    rows = Mention.objects.filter(workspace_id=workspace_id, heard_at__gte=since)
    rows = rows.order_by("-heard_at").only("title", "text", "author_handle", "language", "heard_at")
    parts = (Mention.Part.FOUND, Mention.Part.ANSWER, Mention.Part.CONTEXT)
    heard = merge(*(rows.filter(part=part)[:most] for part in parts), key=_heard_at, reverse=True)
    return list(islice(heard, most))


def _heard_at(row: Mention) -> datetime:
    return row.heard_at


def shown(workspace_id: int, ids: Iterable[int]) -> dict[int, Mention]:
    """These mentions with all that a list shows of them."""
    rows = Mention.objects.filter(workspace_id=workspace_id, pk__in=set(ids)).select_related("channel")
    return {row.pk: row for row in rows}


def live_watches() -> QuerySet[Watch]:
    """The watches of every workspace that are not paused."""
    return Watch.objects.filter(paused_at=None).order_by("pk")


def some_live_watches(wanted: set[int] | None) -> QuerySet[Watch]:
    """Those of them that are `wanted`; all for None."""
    return live_watches() if wanted is None else live_watches().filter(pk__in=wanted)


RECENT = 100


class Sign(NamedTuple):
    """What differs whenever a watch or a channel does. `recent`: the watches that changed last, and when."""

    watches: int
    recent: frozenset[tuple[int, datetime]]
    channels: tuple[object, ...]

    def changed_since(self, before: "Sign") -> set[int] | None:
        """The watches that were added or changed since `before`; None when they are too many to be known."""
        new = self.recent - before.recent
        return {watch for watch, _ in new} if len(new) < RECENT else None


def ears_changed() -> Sign:
    """The listener's sign to look again.

    Not only the newest change is in it: a transaction that took longer tells of an earlier moment.
    """
    recent = Watch.objects.order_by("-changed_at", "-pk").values_list("pk", "changed_at")[:RECENT]
    channels = Channel.objects.aggregate(
        number=Count("pk"), newest=Max("connected_at"), removed=Max("removed_at")
    )
    return Sign(Watch.objects.count(), frozenset(recent), tuple(channels.values()))


def open_gaps(sources: Iterable[str], since: datetime) -> QuerySet[Gap]:
    """Stretches that could not be heard, newest first."""
    rows = Gap.objects.filter(source__name__in=list(sources), filled_at=None, noticed_at__gte=since)
    return rows.select_related("source").order_by("-noticed_at")


GAPS_SHOWN = timedelta(days=30)
