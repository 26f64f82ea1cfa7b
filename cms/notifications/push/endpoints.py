"""To whom the server may be made to speak: the push services of browsers, and nobody else.

The address of a push service comes from a browser, so anybody could send us another. It is taken only with the name of
a known service, and asked only where that name leads to a public address, the one that was looked at.
"""

import re
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from django.conf import settings

LONGEST = 1024  # characters
# By which networks of version 6 reach addresses of version 4: in one way, and by rules of their own (RFC 8215).
TRANSLATION, LOCAL_TRANSLATION = IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48")
ALLOWED = re.compile(r"https://[a-z0-9.-]+(?:/[A-Za-z0-9._~:%+=@!$&*,;()'-]*)+(?:\?[A-Za-z0-9._~:%+=&/-]*)?")


class RefusedEndpoint(ValueError):
    """Raised for an address that is no push service's."""


def hold_endpoint(endpoint: str) -> None:
    """Raise :class:`RefusedEndpoint` unless an address is one of a known push service."""
    if is_stand_in(endpoint):
        return
    if len(endpoint) > LONGEST or not ALLOWED.fullmatch(endpoint):
        raise RefusedEndpoint("Not the https address of a push service.")
    if not is_service(urlsplit(endpoint).hostname or ""):
        raise RefusedEndpoint("Not a push service that we know.")


def is_service(host: str) -> bool:
    """Say whether a name is that of a known push service, or below one."""
    return any(host == name or host.endswith(f".{name}") for name in settings.PUSH_SERVICES)


def is_stand_in(endpoint: str) -> bool:
    """Say whether an address is of what stands in for push services in tests; nothing in the environment names one."""
    stand_in = settings.PUSH_STAND_IN
    return bool(stand_in) and endpoint.startswith(f"{stand_in}/")


def public_address(host: str) -> str:
    """Give an address to which a name leads, all of whose addresses are public. Raises :class:`RefusedEndpoint` and
    what looking it up raises (``OSError``)."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]
    for address in found:
        hold_public(address)
    # Where both are there, version 4 is what a server can be expected to reach.
    return min(found, key=lambda address: ":" in address)


def hold_public(address: str) -> None:
    """Raise :class:`RefusedEndpoint` for an address inside a network, of this machine, or of no single one."""
    parsed = ip_address(address.partition("%")[0])
    within = inner(parsed) if isinstance(parsed, IPv6Address) else parsed
    if not within.is_global or within.is_multicast or parsed in LOCAL_TRANSLATION:
        raise RefusedEndpoint("The name of a push service leads to no public address.")


def inner(address: IPv6Address) -> IPv4Address | IPv6Address:
    """Give the address of version 4 that one of version 6 leads to (RFC 4291, 3056, 6052), else itself."""
    if address in TRANSLATION:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour or address
