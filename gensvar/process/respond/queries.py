"""Replies as screens read them."""

from gensvar.process.case.models import Case
from gensvar.process.respond.models import Reply
from gensvar.process.respond.states import OPEN


def under_way(case: Case) -> Reply | None:
    """The one reply that is being written, read, or sent."""
    return (
        case.replies.select_related("channel", "mention", "written_by", "asked_by", "asked_of", "approved_by")
        .filter(state__in=OPEN)
        .first()
    )


def of(case: Case) -> list[Reply]:
    """All replies of a case that were not given up, oldest first."""
    rows = case.replies.exclude(state=Reply.State.DROPPED)
    return list(rows.select_related("written_by", "approved_by", "channel", "mention").order_by("pk"))
