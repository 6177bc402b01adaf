"""Names for things that must be hard to guess or must sort by time."""

import secrets
from datetime import datetime

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without 0 o 1 i l: people read these aloud."""


def token(length: int = 32) -> str:
    """A secret for a link: `length` letters of about 4.95 bits each."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def sortable(at: datetime) -> str:
    """A key that sorts by `at` (microseconds) and is unique enough to be made on many machines."""
    micros = int(at.timestamp() * 1_000_000)
    return f"{micros:014x}{secrets.token_hex(4)}"
