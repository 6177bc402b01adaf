"""What changed among people, told to whoever keeps the journal.

People stand below the process and know no journal. As the flow is put behind the journal at start, so the
journal is put behind this (`process/apps.py`): an action tells its news last, and the line is written in its
transaction.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from gensvar.people.actor import Actor


class News(StrEnum):
    """What can change, in the past tense, as `thing.happened`; nothing comes next in the flow."""

    INVITATION_MADE = "invitation.made"
    INVITATION_WITHDRAWN = "invitation.withdrawn"
    MEMBER_JOINED = "member.joined"
    MEMBER_ROLE_CHANGED = "member.role_changed"
    MEMBER_TEAMS_CHANGED = "member.teams_changed"
    MEMBER_REMOVED = "member.removed"
    MEMBER_LEFT = "member.left"
    TEAM_MADE = "team.made"
    TEAM_CHANGED = "team.changed"
    TEAM_DELETED = "team.deleted"
    WORKSPACE_CHANGED = "workspace.changed"


class Writer(Protocol):
    """Writes one line of the journal (`case.journal.record`)."""

    def __call__(self, what: News, *, by: Actor, at: datetime, data: dict[str, Any]) -> object:
        """Within the transaction that is open."""


_writer: list[Writer] = []


def write_with(writer: Writer) -> None:
    """Let `writer` have all news from now on (once, at start; a second call replaces the first)."""
    _writer[:] = [writer]


def tell(what: News, *, by: Actor, at: datetime, **data: Any) -> None:
    """Say what `by` changed. Call it last in an action."""
    for write in _writer:
        write(what, by=by, at=at, data=data)
