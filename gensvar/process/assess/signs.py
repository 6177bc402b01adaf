"""Signs about an author: facts with their source and date, never a verdict and never a score (PROCESS J3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Min

from gensvar.process.case.models import Case
from gensvar.process.listen.models import Mention
from gensvar.process.listen.rules import words

FEW_WORDS = 5
"""Shorter posts are the same by chance."""
MOST = 50
"""Cases and posts that are counted; a page says no larger number."""


class What(StrEnum):
    """What a sign tells."""

    MADE = "made"
    """`at`: when the account was made; `number`: days before the post."""
    FOLLOWERS = "followers"
    """`number` of them when the post was heard (`at`)."""
    NAMELESS = "nameless"
    """The profile has no name."""
    SAME_WORDS = "same-words"
    """`number` other accounts said the same, the first `at`."""
    BEFORE = "before"
    """`number` cases before this one, the last opened `at`; `case` is that one."""
    FIRST = "first"
    """Never heard here before."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One fact. `network` says it, or "" where we heard it ourselves."""

    what: What
    number: int = 0
    at: datetime | None = None
    network: str = ""
    case: Case | None = None


def signs(case: Case, subject: Mention | None) -> list[Sign]:
    """What is known of the author of the case, as it was when the post was heard."""
    return [
        *(_profile(subject) if subject else []),
        *(_same_words(subject) if subject else []),
        _before(case),
    ]


def _profile(row: Mention) -> list[Sign]:
    found = []
    if row.author_since:
        days = max((row.posted_at - row.author_since).days, 0)
        found.append(Sign(What.MADE, days, row.author_since, row.network))
    if row.author_followers is not None:
        found.append(Sign(What.FOLLOWERS, row.author_followers, row.heard_at, row.network))
    if not row.author_name:
        found.append(Sign(What.NAMELESS, at=row.heard_at, network=row.network))
    return found


def _same_words(row: Mention) -> list[Sign]:
    """The same words by other accounts, as they are compared when posts are folded."""
    if not row.likeness or len(words(row.words)) < FEW_WORDS:
        return []
    same = Mention.objects.filter(workspace=row.workspace_id, likeness=row.likeness)
    others = same.exclude(author_id=row.author_id).exclude(part=Mention.Part.OURS)
    counted = others.aggregate(number=Count("author_id", distinct=True), first=Min("posted_at"))
    return [Sign(What.SAME_WORDS, counted["number"], counted["first"])] if counted["number"] else []


def _before(case: Case) -> Sign:
    """Talk with the company before this post."""
    earlier = Case.objects.filter(
        workspace_id=case.workspace_id,
        network=case.network,
        author_id=case.author_id,
        opened_at__lte=case.opened_at,
    ).exclude(pk=case.pk)
    cases = list(earlier.order_by("-opened_at", "-pk")[:MOST])
    if not cases:
        return Sign(What.FIRST)
    return Sign(What.BEFORE, len(cases), cases[0].opened_at, case=cases[0])
