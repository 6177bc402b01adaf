"""Which numeric addresses may be opened: the public internet, and what the administrator opens on purpose."""

import ipaddress
import os

from gensvar.connectors.contract.errors import NotAllowed

ALLOW = "GENSVAR_EGRESS_ALLOW"
"""Private networks that may be opened: CIDRs with commas between, read at each call."""

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_INNER = [
    ipaddress.ip_network(each)
    for each in [
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
        "168.63.129.16/32",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
    ]
]
"""Not the public internet (IANA special-purpose registries, RFC 6890), plus Azure's metadata service.

Written out, since `ipaddress.is_global` differs between the patch releases of Python 3.12.
"""
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def allowed(found: list[str]) -> list[str]:
    """Those of the numeric addresses `found` that may be opened; NotAllowed when the permission is unreadable."""
    networks = _opened()
    return [each for each in found if _is_allowed(each, networks)]


def _is_allowed(text: str, networks: list[Network]) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return is_public(address) or any(address in network for network in networks)


def _opened() -> list[Network]:
    """What the administrator allows. A slip in it is said aloud: ignored, it would be searched for hours."""
    parts = [part.strip() for part in os.environ.get(ALLOW, "").split(",") if part.strip()]
    try:
        return [ipaddress.ip_network(part, strict=False) for part in parts]
    except ValueError as slip:
        raise NotAllowed("%(name)s cannot be read: %(slip)s.", name=ALLOW, slip=slip) from None


def is_public(address: IP) -> bool:
    """Is `address` plainly out on the internet, also after unwrapping IPv4 that travels inside IPv6?"""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(address.packed[-4:]))
        if address.sixtofour is not None:
            return is_public(address.sixtofour)
        if address not in _GLOBAL_UNICAST:
            return False
    return not any(address in network for network in _INNER)
