"""Chats and text messages by apprise: which of its many ways may be used, and what an answer means."""

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from apprise import Apprise, AppriseAsset, NotifyBase, NotifyFormat, OverflowMode
from apprise.plugins import url_to_dict

from gensvar.connectors.contract import ConnectorError, NotAllowed, Refused, TryLater, Unsure
from gensvar.kernel import environment
from gensvar.process.alert import guard, sms

log = logging.getLogger(__name__)

CHATS: Mapping[str, str] = {
    "discord": "Discord",
    "gchat": "Google Chat",
    "gotify": "Gotify",
    "gotifys": "Gotify",
    "matrix": "Matrix",
    "matrixs": "Matrix",
    "mmost": "Mattermost",
    "mmosts": "Mattermost",
    "ntfy": "ntfy",
    "ntfys": "ntfy",
    "rocket": "Rocket.Chat",
    "rockets": "Rocket.Chat",
    "signal": "Signal",
    "signals": "Signal",
    "slack": "Slack",
    "tgram": "Telegram",
    "threema": "Threema",
    "workflows": "Microsoft Teams",
    "wxteams": "Webex",
    "zulip": "Zulip",
}
"""The ways that are taken, by the beginning of their address. Each talks HTTP to one chat and does nothing
else: no files, no programs of this machine, no other protocol that the guard would not see.
"""

OPTIONS = frozenset(
    [
        *("to", "channel", "topic", "thread", "group", "id", "mode", "msgtype", "format", "version"),
        *("priority", "discovery", "auth", "token", "key"),
        *("workflow", "signature", "api-version", "sp", "sv", "sig", "ver"),
    ]
)
"""What may stand after the `?`. Others are refused: `template` reads a file, `attach` loads one, `verify`
lets go of TLS, and `+`, `-`, `:` write headers and fields of one's own.
"""

LONGEST = 2000
"""Characters of an address."""

_ASSET = AppriseAsset(app_id="Gensvar", app_desc="Gensvar", app_url="", async_mode=False, secure_logging=True)


def chat(url: str) -> tuple[NotifyBase, str]:
    """The one place behind a chat address that a person wrote, and what the chat is called; raises Refused."""
    said = _parsed(url if len(url) <= LONGEST else "")
    name = CHATS.get(str(said.get("schema", "")).lower())
    if name is None:
        raise Refused("This is not the address of a chat that the desk knows.")
    unknown = sorted(_options(said) - OPTIONS)
    if unknown:
        raise Refused(f"The option {unknown[0][:40]} is not taken here. Leave it out.")
    found = _built(said)
    if len(found) != 1:
        raise Refused("Name exactly one channel, room or person in the address.")
    return found, name


def _parsed(url: str) -> dict[str, Any]:
    try:
        said = url_to_dict(url, secure_logging=True)  # type: ignore[no-untyped-call]
    except Exception:
        log.info("An address could not be read by apprise.")
        said = None
    if not said:
        raise Refused("This is not the address of a chat that the desk knows.")
    return dict(said)


def _options(said: Mapping[str, Any]) -> set[str]:
    """Every option of an address, whatever sign it begins with."""
    plain = {str(name).lower() for name in said.get("qsd") or {}}
    return plain | {f"{sign}{name}" for sign in "+-:" for name in said.get(f"qsd{sign}") or {}}


def _built(said: dict[str, Any]) -> NotifyBase:
    try:
        found = Apprise.instantiate(dict(said, asset=_ASSET), asset=_ASSET, suppress_exceptions=False)
    except Exception as error:
        raise Refused(f"The address is not complete: {str(error)[:150]}") from None
    if not isinstance(found, NotifyBase):
        raise Refused("The address is not complete.")
    found.verify_certificate = True
    found.overflow_mode = OverflowMode.TRUNCATE
    if NotifyFormat.TEXT in _formats(found):
        found.notify_format = NotifyFormat.TEXT
    return found


def _formats(found: NotifyBase) -> tuple[Any, ...]:
    offered: Any = type(found).notify_format
    return tuple(offered) if isinstance(offered, tuple | list) else (offered,)


def send_chat(url: str, text: str) -> None:
    """Say `text` there, once; raises TryLater, Refused or Unsure."""
    found, _name = chat(url)
    _send(found, text, trusted="")


def send_sms(number: str, text: str) -> None:
    """Send `text` to `number` by the operator's gateway, once; raises TryLater, Refused or Unsure."""
    template = environment.SMS_URL.read()
    if not template:
        raise Refused("This desk has no gateway for text messages any more.")
    url = template.replace("{to}", quote(number, safe="")).replace(
        "{coding}", "0" if sms.is_gsm(text) else "2"
    )
    found = _built(_parsed(url))
    _send(found, text, trusted=str(getattr(found, "host", "") or ""))


def _send(found: NotifyBase, text: str, *, trusted: str) -> None:
    with guard.calling(trusted) as call:
        try:
            went = found.notify(body=text, title="", body_format=NotifyFormat.TEXT)
        except NotAllowed:
            went = False
        except Exception:
            log.exception("apprise failed in a way of its own.")
            went = False
    if not went:
        raise meaning(call)


def meaning(call: guard.Call) -> ConnectorError:
    """What a call that apprise calls failed has come to, from how far it came."""
    if call.refused is not None:
        return Refused(call.refused.why)
    if call.left:
        return Unsure("The request left, and no answer came.")
    if call.status is None:
        return TryLater("The server could not be reached.")
    if call.status in (408, 425, 429, 503):
        return TryLater(f"The server asks to wait (status {call.status}).")
    if call.status >= 500:
        return Unsure(f"The server failed while it had the message (status {call.status}).")
    if call.status < 300:
        return Refused("The server took the request and did not accept the message.")
    return Refused(f"The server said no (status {call.status}).")
