"""Addresses of web pages: which may be shown, where they really lead, and when two are the same page."""

import hashlib
import re
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

LONGEST = 2_000
"""Letters of an address that are kept; browsers and servers rarely take more."""
LONGEST_NAME = 250

_TRACKING = re.compile(
    r"(utm_.*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id"
    r"|_hs(enc|mi)|mkt_tok|ref_src|ref_url|cmpid|ocid|xtor|at_(medium|campaign)|spm|s_cid|_ga|_gl"
    r"|ns_(campaign|mchannel|source|linkname)|srsltid|sfnsn)",
    re.IGNORECASE,
)
_NEVER_IN_LINKS = re.compile("[\x00-\x20\x7f\ud800-\udfff]")
_GOOGLE = re.compile(r"(www\.)?google\.(com?\.)?[a-z]{2,3}", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}


def openable(link: str) -> str:
    """`link` when it is a web address that may be shown as a link, else ""."""
    link = link.strip()
    if len(link) > LONGEST or _NEVER_IN_LINKS.search(link):
        return ""
    try:
        parts = urlsplit(link)
        has_place = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return ""
    return link if parts.scheme.lower() in _PORTS and has_place else ""


def real(link: str) -> str:
    """Where `link` leads: behind Google's `…/url?url=`, else `link` itself; "" when not to be shown."""
    link = openable(link)
    for _ in range(3):  # a redirect inside a redirect is seen; a chain without end is not followed
        inner = _behind_google(link)
        if not inner:
            break
        link = openable(inner)
    return link


def _behind_google(link: str) -> str:
    parts = urlsplit(link)
    if parts.path != "/url" or not _GOOGLE.fullmatch(parts.hostname or ""):
        return ""
    asked = parse_qs(parts.query, max_num_fields=50)
    return (asked.get("url") or asked.get("q") or [""])[0]


def site(link: str) -> str:
    """The host of `link` without "www.", or ""."""
    return (urlsplit(link).hostname or "").removeprefix("www.") if link else ""


def page(link: str) -> str:
    """One name for all spellings of the same page: no scheme, no "www.", no tracking, parameters in order.

    The name is for comparing and keeping, not for opening; a very long one ends in a hash of itself.
    """
    parts = urlsplit(link)
    port = f":{parts.port}" if parts.port and parts.port != _PORTS.get(parts.scheme.lower()) else ""
    name = site(link) + port + (parts.path.rstrip("/") or "/")
    asked = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])
    ]
    if asked:
        name += "?" + urlencode(sorted(asked))
    if parts.fragment.startswith(("!", "/", "post", "comment", "p=")):  # part of the address, not of the page
        name += "#" + parts.fragment
    return _bounded(name)


def _bounded(name: str) -> str:
    if len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:24]
    return f"{name[: LONGEST_NAME - 25]}~{digest}"
