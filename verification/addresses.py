"""Where a request comes from, for whatever is counted by address."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

#: One line of the internet has 2^64 addresses of IPv6 to itself.
LINE_BITS = 64


def address(request: HttpRequest) -> str:
    """Where a request comes from: an address of IPv4, or the line that one of IPv6 is on."""
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    peer: str = request.META.get("REMOTE_ADDR", "")
    # The last one was written by our own proxy, the one before it by the proxy in front of that.
    # What stands further left is the client's own word.
    trusted = ([hop for hop in hops if hop] + [peer])[-settings.TRUSTED_PROXIES - 1 :]
    try:
        found = ip_address(trusted[0])
    except ValueError:
        return peer
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(IPv6Network((found.packed, LINE_BITS), strict=False))
    return str(found)
