"""Roles and what each may do, as one table; names people sign in with; how an invitation stands."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
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
    """Say what a post is, take a case, settle, close."""
    WRITE = "write"
    """Write drafts and notes, and ask for second eyes."""
    APPROVE = "approve"
    """Let a reply leave the house."""
    WATCH = "watch"
    """Change what is watched, who takes which complaints, and the saved views that everyone sees."""
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


def is_administered(roles: Iterable[str]) -> bool:
    """Whether a workspace whose members have these roles can still be administered."""
    return any(may(role, Right.ADMINISTER) for role in roles)


def written_name(name: str) -> str:
    """A name as people read it: composed letters (NFC), single spaces, nothing that cannot be seen."""
    composed = unicodedata.normalize("NFC", name)
    seen = "".join(" " if letter.isspace() else letter for letter in composed if _is_seen(letter))
    return " ".join(seen.split())


def sign_in_name(name: str) -> str:
    """`name` as it is compared at sign-in: case, width and spacing do not count (NFKC, casefold)."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return written_name(folded)


def _is_seen(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def slug_of(name: str, longest: int = 40) -> str:
    """`name` as part of an address: `Åhléns & Søn` becomes `ahlens-son`; `desk` where no letter is left."""
    plain = unicodedata.normalize("NFKD", name.translate(_WITHOUT_MARKS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:longest].strip("-") or "desk"


_WITHOUT_MARKS = str.maketrans(
    {"ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ß": "ss", "đ": "d", "ł": "l", "Ł": "L"}
)
"""Letters that Unicode does not take apart."""

INVITATION_LASTS = timedelta(days=7)


class Standing(StrEnum):
    """What became of an invitation."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def standing(
    *, accepted_at: datetime | None, withdrawn_at: datetime | None, expires_at: datetime, at: datetime
) -> Standing:
    """How an invitation stands at `at`; at `expires_at` itself it is over."""
    if accepted_at is not None:
        return Standing.USED
    if withdrawn_at is not None:
        return Standing.WITHDRAWN
    return Standing.OPEN if at < expires_at else Standing.EXPIRED
