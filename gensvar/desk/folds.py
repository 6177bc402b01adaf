"""What was said again, in words: a number for a row, and a list that opens under the first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gensvar.connectors import registry
from gensvar.desk.clocks import ago, exact
from gensvar.desk.marks import safe_address
from gensvar.kernel.text import showable
from gensvar.process.listen.models import Mention

How = Mention.How


@dataclass(frozen=True, slots=True)
class Again:
    """One time that it was said again."""

    who: str
    how: str
    where: str
    link: str
    ago: str
    exact: str
    gone: bool


@dataclass(frozen=True, slots=True)
class Fold:
    """All that lies folded under one post. `more`: how many are not listed."""

    words: str
    reach: str
    again: Sequence[Again]
    more: int


def times(folded: Mapping[str, int]) -> str:
    """“+ 3 reposts, 1 quote”; "" when it was said once."""
    parts = [_named(how, folded[how]) for how in How if folded.get(how)]
    return f"+ {', '.join(parts)}" if parts else ""


def briefly(folded: Mapping[str, int]) -> str:
    """The same on a row, where three numbers would be a line of their own."""
    if len(folded) < 2:
        return times(folded)
    number = sum(folded.values())
    words = ngettext("+ said %(n)s more time", "+ said %(n)s more times", number)
    return words % {"n": formats.number_format(number, force_grouping=True)}


def _named(how: Mention.How, number: int) -> str:
    count = formats.number_format(number, force_grouping=True)
    if how is How.REPOST:
        words = ngettext("%(n)s repost", "%(n)s reposts", number)
    elif how is How.QUOTE:
        words = ngettext("%(n)s quote", "%(n)s quotes", number)
    else:
        words = ngettext("%(n)s cross-post", "%(n)s cross-posts", number)
    return words % {"n": count}


def fold(first: Mention, rows: Sequence[Mention], numbers: Mapping[str, int], at: datetime) -> Fold | None:
    """What lies under `first`; None when nothing does."""
    if not rows and not numbers:
        return None
    standing = sum(not row.deleted_at for row in rows)
    reach = ""
    if first.folded_reach:
        count = formats.number_format(first.folded_reach, force_grouping=True)
        reach = ngettext("To %(n)s more follower", "To %(n)s more followers", first.folded_reach) % {
            "n": count
        }
    return Fold(
        words=times(numbers) or _("Said again, and taken back"),
        reach=reach,
        again=[_again(row, at) for row in rows],
        more=max(sum(numbers.values()) - standing, 0),
    )


def _again(row: Mention, at: datetime) -> Again:
    connector = registry.load().get(row.network)
    return Again(
        who=showable(row.author),
        how=str(How(row.how).label).lower(),
        where=connector.name if connector else row.channel.name,
        link=safe_address(row.url or row.author_url),
        ago=ago(row.posted_at, at),
        exact=exact(row.posted_at),
        gone=row.deleted_at is not None,
    )
