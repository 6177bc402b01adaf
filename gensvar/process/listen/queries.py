"""What was heard, where we listen, and what could not be heard."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from gensvar.process.case.models import Case
from gensvar.process.listen.filter import (
    ANY_ABUSE,
    NO_ABUSE,
    OWN,
    SEVERITIES,
    UNJUDGED,
    UNKNOWN_LANGUAGE,
    Filter,
    Traits,
    fold,
)
from gensvar.process.listen.models import Channel, Gap, Mention, Revision, View, Watch

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def heard(workspace_id: int) -> QuerySet[Mention]:
    """Everything that was found, newest first."""
    rows = Mention.objects.filter(workspace_id=workspace_id, part=Mention.Part.FOUND)
    return rows.select_related("case", "case__owner", "channel", "watch").order_by("-heard_at", "-pk")


def apply(wanted: Filter, rows: QuerySet[Mention]) -> QuerySet[Mention]:
    """Those of `rows` that meet the filter: what `filter.meets` says of each, as SQL."""
    for condition in _conditions(wanted):
        rows = rows.filter(condition)
    return rows


def cases_that_meet(wanted: Filter, rows: QuerySet[Case]) -> QuerySet[Case]:
    """Those of `rows` whose cover meets the filter; what no cover tells is asked of their found posts."""
    found = Mention.objects.filter(case=OuterRef("pk"), part=Mention.Part.FOUND)
    for condition in _plain(wanted, reach="followers"):
        rows = rows.filter(condition)
    if wanted.severity:
        rows = rows.filter(severity__in=_severities(wanted))
    if wanted.about:
        besides = found.filter(also__in=Watch.objects.filter(kind__in=wanted.about).values("pk"))
        rows = rows.filter(Q(about__in=wanted.about) | Exists(besides))
    rest = Filter(watch=wanted.watch, channel=wanted.channel, aside=wanted.aside, words=wanted.words)
    return rows.filter(Exists(apply(rest, found))) if rest else rows


def heard_lately(workspace_id: int, most: int) -> QuerySet[Mention]:
    """The newest `most` found posts, for numbers that must be cheap however much was heard."""
    rows = Mention.objects.filter(workspace_id=workspace_id, part=Mention.Part.FOUND)
    last = rows.order_by("-heard_at").values("heard_at")[most - 1 : most]
    return rows.filter(heard_at__gte=Coalesce(Subquery(last), Value(LONG_AGO)))


def _conditions(wanted: Filter) -> Iterable[Q]:
    yield from _plain(wanted, reach="author_followers")
    if wanted.watch:
        yield _met(wanted.watch)
    if wanted.about:
        yield _met(Watch.objects.filter(kind__in=wanted.about).values("pk"))
    if wanted.channel:
        yield Q(channel__in=wanted.channel)
    if wanted.aside:
        yield Q(aside__in=wanted.aside)
    if wanted.severity:
        yield Q(case__severity__in=_severities(wanted))
    for word in wanted.words:
        yield Q(searched__contains=fold(word))


def _plain(wanted: Filter, *, reach: str) -> Iterable[Q]:
    """What stands in a column both of a mention and of the cover of its case."""
    if wanted.tagged is not None:
        yield Q(tagged=wanted.tagged)
    if wanted.place:
        yield Q(own_channel=wanted.place == OWN)
    if wanted.lang:
        yield Q(language__in=["" if code == UNKNOWN_LANGUAGE else code for code in wanted.lang])
    if wanted.reach:
        yield Q(**{f"{reach}__gte": wanted.reach})
    if wanted.kind:
        yield Q(kind__in=["" if kind == UNJUDGED else kind for kind in wanted.kind])

    if wanted.sentiment:
        yield Q(sentiment__in=wanted.sentiment)
    if wanted.abuse:
        grounds = Q(abuse__in=["" if ground == NO_ABUSE else ground for ground in wanted.abuse])
        yield grounds | ~Q(abuse="") if ANY_ABUSE in wanted.abuse else grounds
    if wanted.urgency:
        yield Q(urgency__in=wanted.urgency)
    if wanted.unsure is not None:
        yield Q(unsure=wanted.unsure)


def _severities(wanted: Filter) -> list[int]:
    return [SEVERITIES.index(each) for each in wanted.severity]


def _met(watches: Any) -> Q:
    """The most telling watch is one of these, or another that the post met besides."""
    also = Mention.also.through.objects.filter(watch__in=watches).values("mention")
    return Q(watch__in=watches) | Q(pk__in=also)


def traits(mention: Mention) -> Traits:
    """What a filter looks at in this mention; reads its watches."""
    met = [*([mention.watch] if mention.watch else []), *mention.also.all()]
    return Traits(
        watches=frozenset(watch.pk for watch in met),
        about=frozenset(watch.kind for watch in met),
        tagged=mention.tagged,
        own_channel=mention.own_channel,
        language=mention.language,
        channel=mention.channel_id,
        followers=mention.author_followers,
        kind=mention.kind,
        text=mention.searched,
        sentiment=mention.sentiment,
        abuse=mention.abuse,
        urgency=mention.urgency,
        unsure=mention.unsure,
        severity=SEVERITIES[mention.case.severity] if mention.case else "",
        aside=mention.aside,
    )


def names(workspace_id: int) -> list[tuple[str, int, str, str]]:
    """What a filter can choose from, in one statement: (`watch` or `channel`, id, name, connector)."""
    watches = Watch.objects.filter(workspace_id=workspace_id).annotate(
        part=Value("watch"), on=Value("", output_field=CharField())
    )
    channels = Channel.objects.filter(workspace_id=workspace_id, removed_at=None).annotate(
        part=Value("channel"), on=F("connector")
    )
    rows = watches.values_list("part", "pk", "name", "on")
    return list(rows.union(channels.values_list("part", "pk", "name", "on")).order_by("name"))


def thread(case: Case) -> list[Mention]:
    """All posts of a case with their wordings (without the raw records), oldest first."""
    wordings = Prefetch("revisions", Revision.objects.defer("raw").select_related("capture"))
    rows = case.mentions.select_related("channel", "watch").prefetch_related(wordings, "also")
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


def views(workspace_id: int, user_id: int) -> QuerySet[View]:
    """The saved views that somebody sees: those for everyone and their own, in the order of the rail."""
    rows = View.objects.filter(Q(owner=None) | Q(owner=user_id), workspace_id=workspace_id)
    return rows.order_by(F("owner").asc(nulls_first=True), "position", "pk")


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


def gaps(sources: Iterable[str], at: datetime) -> list[Gap]:
    """Stretches that could not be heard: the open ones of a month, then those filled of late; newest first."""
    recent = Q(filled_at=None, noticed_at__gte=at - GAPS_SHOWN) | Q(filled_at__gte=at - FILLED_GAPS_SHOWN)
    rows = Gap.objects.filter(recent, source__name__in=list(sources)).select_related("source")
    return list(rows.order_by(F("filled_at").asc(nulls_first=True), "-noticed_at")[:MOST_GAPS])


def people_in_talk(network: str, workspaces: Iterable[int]) -> list[str]:
    """Native ids of those whose case is open, the newest cases first."""
    cases = Case.objects.filter(workspace__in=list(workspaces), closed_at=None, mentions__network=network)
    people = cases.values("author_id").annotate(newest=Max("pk")).order_by("-newest")
    return [row["author_id"] for row in people[:MOST_PEOPLE] if row["author_id"]]


GAPS_SHOWN, FILLED_GAPS_SHOWN, MOST_GAPS = timedelta(days=30), timedelta(days=2), 5
MOST_PEOPLE = 500
"""People whose pages are read to fill a gap."""
