"""Filling a gap: what a page brings goes through the same door as everything that is heard."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gensvar.connectors.contract import Batch, Created, Page
from gensvar.engine import leases
from gensvar.kernel.sentence import gettext_noop
from gensvar.process.listen import gaps, rules
from gensvar.process.listen.crash_points import GAP_AFTER_COMMIT, GAP_BEFORE_COMMIT
from gensvar.process.listen.models import Channel, Gap, Mention
from gensvar.process.listen.runs import Match
from gensvar.process.listen.take_in import take_in

OLDER = gettext_noop("What lies further back than the network reaches stays unknown.")


def keep_page(
    gap: Gap, channels: Sequence[Channel], page: Page, match: Match, *, begins: datetime, at: datetime
) -> None:
    """Store what of the page concerns us, and how far the filling has come, in one transaction.

    begins: from where on the network was asked, which is later than the gap where that lies too far back.
    The stream's own cursor stays where it is. A page that somebody else has taken in meanwhile is let go.
    """
    if rules.is_cut(gap.since, begins):
        page = replace(page, covers=f"{page.covers} {OLDER}", is_whole=False)
    with transaction.atomic():
        if not leases.note(gap, trouble=""):
            return
        before = _kept(gap, channels, page)
        batch = Batch(page.events, "", backfill=True, dropped=page.dropped)
        take_in(gap.source, channels, batch, match, at=at)
        gap.looked += len(page.events)
        gap.found += _kept(gap, channels, page) - before
        _move_on(gap, page, at)
        if page.place is None:
            gaps.was_filled(gap, channels, at=at)
        GAP_BEFORE_COMMIT.pass_by()
    GAP_AFTER_COMMIT.pass_by()


def _move_on(gap: Gap, page: Page, at: datetime) -> None:
    if gap.is_whole or not page.is_whole:
        gap.covers = page.covers
    gap.is_whole = gap.is_whole and page.is_whole
    gap.place, gap.attempts = page.place or "", 0
    gap.due_at = gap.rung_at = at
    gap.lease_until = None
    gap.save()


def _kept(gap: Gap, channels: Sequence[Channel], page: Page) -> int:
    """How many of the page's posts are mentions of these workspaces."""
    names = [event.post.native_id for event in page.events if isinstance(event, Created)]
    workspaces = {channel.workspace_id for channel in channels}
    rows = Mention.objects.filter(network=gap.source.connector, native_id__in=names)
    return rows.filter(workspace_id__in=workspaces).count()
