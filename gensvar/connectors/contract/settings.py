"""Settings of a connector: a frozen dataclass whose fields say how to ask for them.

    @dataclass(frozen=True)
    class BlueskySettings:
        handle: str = setting("Handle", help="for example nordpost.bsky.social")
        app_password: str = setting("App password", secret=True)

The desk makes the form from it, keeps secrets encrypted, and the docs page lists it.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gensvar.connectors.contract.errors import Refused


def setting(
    label: str, *, help: str = "", secret: bool = False, default: str | None = None, kind: str = "text"
) -> Any:
    """A dataclass field that a person fills in. `kind`: text, url, lines. Without `default` it must be filled."""
    metadata = {"label": label, "help": help, "secret": secret, "kind": kind}
    if default is None:
        return dataclasses.field(metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the settings form."""

    name: str
    label: str
    help: str
    secret: bool
    kind: str
    default: str
    required: bool


def fields(settings: type[Any]) -> list[Field]:
    """The questions that `settings` (a dataclass type) asks, in order."""
    found = []
    for each in dataclasses.fields(settings):
        required = each.default is dataclasses.MISSING
        found.append(
            Field(
                name=each.name,
                label=each.metadata.get("label", each.name),
                help=each.metadata.get("help", ""),
                secret=each.metadata.get("secret", False),
                kind=each.metadata.get("kind", "text"),
                default="" if required else str(each.default),
                required=required,
            )
        )
    return found


def read(settings: type[Any], values: Mapping[str, str]) -> Any:
    """An instance of `settings` from what was stored; unknown names are ignored, missing ones take their
    default. Refused when one is missing that has none.
    """
    known = {each.name for each in dataclasses.fields(settings)}
    try:
        return settings(**{name: value for name, value in values.items() if name in known})
    except TypeError:
        raise Refused("The settings of this channel are incomplete. Connect it again.") from None
