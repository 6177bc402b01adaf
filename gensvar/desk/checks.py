"""The check list of a draft, as far as the desk can read it off the text alone."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gensvar.people.models import User

_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|(?:\+|\b0)\d[\d \-/]{5,}\d|https?://\S+|\b[\w-]+\.(?:com|net|org|eu|se|fi|nl|de|no|dk)\b"
)
_TIME = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}[./]\s?\d{1,2}\b|\b(?:kl|kello|uhr|uur)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Check:
    """One word of the list: whether the text earns it, and why it matters."""

    key: str
    name: str
    ok: bool
    why: str


def read(text: str, *, length: int, limit: int, signer: User) -> list[Check]:
    """The checks of `text`; `length` and `limit` in the measure of its network."""
    tail = text[-80:].casefold()
    names = [signer.signature.casefold(), signer.name.split()[0].casefold() if signer.name else ""]
    return [
        Check(
            "length",
            _("length"),
            0 < length <= limit,
            _("This network takes %(limit)s characters; the reply has %(length)s.")
            % {"limit": limit, "length": length},
        ),
        Check(
            "signature",
            _("signature"),
            any(name and name in tail for name in names),
            _("Sign with your own name at the end: a person answers, not a wall."),
        ),
        Check(
            "contact",
            _("contact"),
            bool(_CONTACT.search(text)),
            _("Give a direct number, address or link, so that they need not look for you."),
        ),
        Check(
            "timeframe",
            _("time"),
            bool(_TIME.search(text)),
            _("Say when: a time of day or a date is worth more than soon."),
        ),
    ]
