"""What a reader is asked, where it may stand, how long it is waited for; pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

from gensvar.kernel.sentence import gettext_noop
from gensvar.reading.reader.answer import in_order

SECONDS = range(1, 61)
"""How long an answer may take, as a workspace may choose."""
MONTHLY = range(1, 1_000_001)
LEASE = timedelta(seconds=SECONDS[-1] + 60)
"""Longer than the longest call."""
WAITS = (timedelta(seconds=20), timedelta(minutes=2))
"""Between the tries of one reading."""
GIVE_UP = timedelta(minutes=30)
"""A post that waited so long was read by a person, or its hour is gone: the shipped verdict stands."""
PAUSE = timedelta(minutes=10)
"""How long a reader that cannot be used is left alone."""
LONGEST_KEPT = 16_000
"""Code points that are kept of what was asked and of what was answered, each."""
CHAT = "/chat/completions"

NO_ADDRESS = gettext_noop(
    "Write the address of the server, as in https://models.example.org/v1, without a name, password or question."
)


class BadAddress(ValueError):
    """This is no address of a server; NO_ADDRESS says how to write one."""


def wanted(heads: Iterable[str], unsure: Iterable[str], *, only_unsure: bool) -> tuple[str, ...]:
    """What the reader is asked about a post of which the shipped model could not tell `unsure`."""
    doubts = {"abuse" if head in ("ground", "target") else head for head in unsure}
    return in_order(set(heads) & doubts if only_unsure else heads)


def endpoint(address: str) -> str:
    """Where chat completions are asked for at `address`; raises BadAddress."""
    try:
        parts = urlsplit(address.strip())
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise BadAddress(address) from None
    if not is_good or "@" in parts.netloc or parts.query or parts.fragment or not address.isascii():
        raise BadAddress(address)
    path = parts.path.rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc, path if path.endswith(CHAT) else path + CHAT, "", ""))


def month_of(at: datetime) -> str:
    """The month (UTC) in which a call is counted."""
    return f"{at:%Y-%m}"


def again_at(attempts: int, after: timedelta | None, made_at: datetime, at: datetime) -> datetime | None:
    """When a reading that got no answer is tried again; None when it is enough."""
    if not 0 < attempts <= len(WAITS):
        return None
    then = at + max(after or timedelta(0), WAITS[attempts - 1])
    return then if then < made_at + GIVE_UP else None


def kept(text: str) -> str:
    """`text` as far as it is kept."""
    return text if len(text) <= LONGEST_KEPT else text[: LONGEST_KEPT - 1] + "…"


def without(text: str, secret: str) -> str:
    """`text` with the key taken out, should a server have sent it back."""
    return text.replace(secret, "…") if secret else text
