"""The author of a case: who they are, and signs about them as facts with their source."""

from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gensvar.connectors import registry
from gensvar.desk.clocks import exact
from gensvar.desk.filtering import followers
from gensvar.desk.marks import safe_address
from gensvar.kernel.text import showable
from gensvar.process.assess.signs import Sign, What, signs
from gensvar.process.case.models import Case
from gensvar.process.listen.models import Mention

NEW_DAYS = 60
"""An account younger than this is said in days, an older one by its year."""


def author(case: Case, subject: Mention | None, slug: str) -> dict[str, Any]:
    """What the case page shows of them."""
    return {
        "name": showable(case.author),
        "handle": showable(case.author_handle) if case.author_handle != case.author else "",
        "url": safe_address(subject.author_url) if subject else "",
        "bio": showable(subject.author_bio) if subject else "",
        "signs": [_shown(sign, slug) for sign in signs(case, subject)],
    }


def _shown(sign: Sign, slug: str) -> dict[str, str]:
    return {
        "words": _words(sign),
        "source": _source(sign),
        "exact": exact(sign.at) if sign.at else "",
        "url": reverse("case", args=[slug, sign.case.pk]) if sign.case else "",
    }


def _words(sign: Sign) -> str:
    match sign.what:
        case What.MADE:
            return _made(sign)
        case What.FOLLOWERS:
            return followers(sign.number)
        case What.NAMELESS:
            return _("No name in the profile")
        case What.SAME_WORDS:
            words = ngettext(
                "%(n)s other account said the same, first on %(day)s",
                "%(n)s other accounts said the same, the first on %(day)s",
                sign.number,
            )
            return words % {"n": sign.number, "day": _day(sign)}
        case What.BEFORE:
            return _before(sign)
        case What.FIRST:
            return _("Never heard here before")


def _made(sign: Sign) -> str:
    if sign.number >= NEW_DAYS and sign.at:
        return _("Account since %(year)s") % {"year": timezone.localtime(sign.at).year}
    words = ngettext(
        "Account made %(n)s day before this post", "Account made %(n)s days before this post", sign.number
    )
    return words % {"n": sign.number}


def _before(sign: Sign) -> str:
    words = ngettext(
        "%(n)s case before, on %(day)s: %(how)s",
        "%(n)s cases before, the last on %(day)s: %(how)s",
        sign.number,
    )
    return words % {"n": sign.number, "day": _day(sign), "how": _how(sign.case)}


def _how(case: Case | None) -> str:
    """What became of an earlier case."""
    if case is None:
        return ""
    if case.outcome:
        return str(Case.Outcome(case.outcome).label).lower()
    return _("answered") if case.answered_at else _("not answered yet")


def _day(sign: Sign) -> str:
    return formats.date_format(timezone.localtime(sign.at), "j M Y") if sign.at else ""


def _source(sign: Sign) -> str:
    """Who says it: the network, or we heard it ourselves."""
    if not sign.network:
        return _("heard here")
    known = registry.load().get(sign.network)
    return _("says %(network)s") % {"network": known.name if known else sign.network}
