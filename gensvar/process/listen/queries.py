"""What was heard, where we listen, and what could not be heard."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Max, Prefetch, Q, QuerySet

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


def subject(case: Case) -> Mention | None:
    """The post that the case is about: the first found one."""
    return case.mentions.select_related("channel").filter(part=Mention.Part.FOUND).order_by("pk").first()


def channels(workspace_id: int) -> QuerySet[Channel]:
    """The connected accounts of a workspace."""
    return Channel.objects.filter(workspace_id=workspace_id, removed_at=None).order_by("pk")


def live_channels() -> QuerySet[Channel]:
    """The connected accounts of every workspace, for the listener."""
    return Channel.objects.filter(removed_at=None).select_related("workspace").order_by("pk")


def watches(workspace_id: int) -> QuerySet[Watch]:
    """The watches of a workspace, with how much each has found (`found`) and when last (`last_at`)."""
    found = Q(mentions__part=Mention.Part.FOUND)
    rows = Watch.objects.filter(workspace_id=workspace_id)
    return rows.annotate(
        found=Count("mentions", filter=found), last_at=Max("mentions__heard_at", filter=found)
    ).order_by("pk")


def live_watches() -> QuerySet[Watch]:
    """The watches of every workspace that are not paused."""
    return Watch.objects.filter(paused_at=None).order_by("pk")


def ears_changed() -> tuple[object, ...]:
    """A value that changes whenever a watch or a channel does: the listener's sign to look again."""
    watches = Watch.objects.aggregate(number=Count("pk"), newest=Max("changed_at"))
    channels = Channel.objects.aggregate(
        number=Count("pk"), newest=Max("connected_at"), removed=Max("removed_at")
    )
    return (*watches.values(), *channels.values())


def open_gaps(sources: Iterable[str], since: datetime) -> QuerySet[Gap]:
    """Stretches that could not be heard, newest first."""
    rows = Gap.objects.filter(source__name__in=list(sources), filled_at=None, noticed_at__gte=since)
    return rows.select_related("source").order_by("-noticed_at")


GAPS_SHOWN = timedelta(days=30)
