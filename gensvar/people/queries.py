"""What screens read about people."""

from datetime import datetime

from django.db.models import QuerySet

from gensvar.people.models import Invitation, Membership, SetUp, User, Workspace


def is_set_up() -> bool:
    """Whether first-run set-up was ever done."""
    return SetUp.objects.exists()


def memberships_of(user: User) -> QuerySet[Membership]:
    """The workspaces this person works in, by name."""
    return user.memberships.filter(left_at=None).select_related("workspace").order_by("workspace__name", "pk")


def members(workspace: Workspace) -> QuerySet[Membership]:
    """Everyone who works there now, by name, with their teams."""
    present = workspace.memberships.filter(left_at=None).select_related("user")
    return present.prefetch_related("teams").order_by("user__first_name", "pk")


def open_invitations(workspace: Workspace, at: datetime) -> QuerySet[Invitation]:
    """Invitations that still work, newest first."""
    waiting = workspace.invitations.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)
    return waiting.select_related("invited_by", "team").order_by("-created_at", "-pk")


def invitation_of(token: str) -> Invitation | None:
    """The invitation behind a link, also when it is over."""
    return Invitation.objects.filter(token=token).select_related("workspace", "invited_by", "team").first()


def administers_any(user: User) -> bool:
    """Whether this person is an administrator somewhere, and so may make a workspace."""
    return user.memberships.filter(left_at=None, role=Membership.Role.ADMINISTRATOR).exists()
