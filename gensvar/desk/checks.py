"""The check list of a draft on the screen: twelve words in the reader's language, each with its why."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gensvar.people.language import said
from gensvar.people.models import User
from gensvar.process.respond.models import Reply
from gensvar.reading.reply import checks

NAMES = {
    "apology": gettext_lazy("apology"),
    "solution": gettext_lazy("solution"),
    "timeframe": gettext_lazy("time"),
    "cause": gettext_lazy("cause"),
    "prevention": gettext_lazy("prevention"),
    "signature": gettext_lazy("signature"),
    "contact": gettext_lazy("contact"),
    "tone": gettext_lazy("tone"),
    "no_denial": gettext_lazy("no denial"),
    "no_personal_data": gettext_lazy("nothing personal"),
    "language_matches": gettext_lazy("language"),
    "length": gettext_lazy("length"),
}
_QUOTED = ("apology", "solution", "timeframe", "cause", "prevention", "signature", "contact")


@dataclass(frozen=True, slots=True)
class Check:
    """One word of the list: whether the text earns it, and why, or what to do."""

    key: str
    name: str
    ok: bool
    why: str


def read(reply: Reply, *, length: int, limit: int, signer: User) -> list[Check]:
    """The checks of the draft; `length` and `limit` in the measure of its network."""
    draft = checks.draft(
        reply.text, language=reply.language, signers=_signers(signer), length=length, limit=limit
    )
    return [
        Check(each.check, str(NAMES[each.check]), each.ok, _why(each, draft)) for each in checks.read(draft)
    ]


def _signers(user: User) -> tuple[str, ...]:
    return tuple(name for name in (user.signature, user.name, *user.name.split()[:1]) if name)


def _why(check: checks.Check, draft: checks.Draft) -> str:
    if not check.ok:
        return said(check.said)
    if check.check == "length":
        return _("It has %(length)s of %(limit)s characters.") % {
            "length": draft.length,
            "limit": draft.limit,
        }
    if check.check == "language_matches":
        return _("Written in %(language)s.") % {
            "language": dict(settings.LANGUAGES).get(check.said, check.said)
        }
    return _("Found: “%(words)s”.") % {"words": check.said} if check.check in _QUOTED else said(check.said)
