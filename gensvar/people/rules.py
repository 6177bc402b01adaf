"""Roles and what each may do, as one table."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in a workspace."""

    ADMINISTRATOR = "administrator"
    LEAD = "lead"
    AGENT = "agent"
    AMBASSADOR = "ambassador"
    VIEWER = "viewer"


class Right(StrEnum):
    """One thing that a role may or may not do."""

    SEE = "see"
    """Read inbox, cases, figures."""
    JUDGE = "judge"
    """Say what a post is, take a case, note, settle."""
    WRITE = "write"
    """Write drafts and ask for second eyes."""
    APPROVE = "approve"
    """Let a reply leave the house."""
    WATCH = "watch"
    """Change what is watched."""
    CONNECT = "connect"
    """Connect and disconnect channels."""
    ADMINISTER = "administer"
    """Invite people, change roles, change the workspace."""


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(Right),
    Role.LEAD: frozenset({Right.SEE, Right.JUDGE, Right.WRITE, Right.APPROVE, Right.WATCH}),
    Role.AGENT: frozenset({Right.SEE, Right.JUDGE, Right.WRITE, Right.APPROVE}),
    Role.AMBASSADOR: frozenset({Right.SEE, Right.WRITE}),
    Role.VIEWER: frozenset({Right.SEE}),
}


def may(role: str, right: Right) -> bool:
    """Whether someone in `role` has `right`; an unknown role has none."""
    return role in RIGHTS and right in RIGHTS[Role(role)]
