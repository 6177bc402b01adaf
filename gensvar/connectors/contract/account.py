"""Who we are on a network, and what it takes to act as us."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are on the network, as learnt when the account was connected."""

    native_id: str
    handle: str
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A connected account: its settings (with secrets, in the clear, in memory only) and who that makes us."""

    settings: Any
    identity: Identity
