"""Which addresses may be asked for a page: of a URL by how it is written, of a host by its numbers.

A URL is taken apart here, strictly, and what is asked later is what was taken apart: no second
parser reads it, so none can read it in another way. What browsers forgive (numbers in octal or
hexadecimal, a backslash for a slash, full-width digits, a trailing dot) is refused, not mended.

An address of IPv6 that has one of IPv4 inside (mapped, compatible, NAT64, 6to4, Teredo, ISATAP) is
refused whatever is inside: a translator on the way would go there in our name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

#: Characters of an address, after escaping too.
URL_MAX = 2000
HOST_MAX = 253
LABEL_MAX = 63
#: The one port of each scheme.
PORTS = {"http": 80, "https": 443}

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^#]*)(?:#.*)?")
_PORT = re.compile(r"(.*):([0-9]*)")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
#: A last label that a browser would take for the end of a number: 127.1, 0x7f.1, 1.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LETTER = re.compile(r"[a-z0-9-]")
#: What may stand in a path and a query as it is; the rest is escaped.
_PLAIN = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?[]@!$&'()*+,;=%"
)

#: Names that mean this machine or this house, whatever a resolver says of them.
_HOUSE = frozenset(
    {"localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "onion"}
)
_HOUSE_ENDS = (".home.arpa", ".in-addr.arpa", ".ip6.arpa")

#: Of IPv4, what is nobody's host on the internet. Written out, since what a library calls private
#: or global changes from one release to the next.
_NOT_PUBLIC_4 = tuple(
    IPv4Network(written)
    for written in (
        "0.0.0.0/8",  # this network, unspecified
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's own platform, seen by its machines only
        "169.254.0.0/16",  # link-local, with the clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # automatic multicast tunnelling
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
#: Of IPv6 only this is handed out to hosts; loopback, ULA, link-local, site-local, multicast,
#: mapped, compatible and NAT64 addresses all lie outside.
_UNICAST_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(written)
    for written in (
        "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",  # AS112
        "3ffe::/16",  # the 6bone that was
        "3fff::/20",  # documentation
    )
)
#: The middle of an ISATAP address, without the bit that says whether it is unique.
_ISATAP = 0x0000_5EFE


class Fault(Enum):
    """Why a URL is not asked."""

    LENGTH = "length"
    CHARACTERS = "characters"
    SCHEME = "scheme"
    CREDENTIALS = "credentials"
    PORT = "port"
    HOST = "host"
    NOT_PUBLIC = "not-public"


class RefusedError(ValueError):
    """A URL that is not asked, and why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.value)


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked: the scheme, the host in ASCII, its port, and the path with its query.

    `literal` is the address itself where the host is written as one.
    """

    scheme: str
    host: str
    port: int
    path: str
    literal: Address | None = None

    @property
    def url(self) -> str:
        """The whole address, as it is asked."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """The host as a URL and the header `Host` have it."""
        return f"[{self.host}]" if isinstance(self.literal, IPv6Address) else self.host


def is_public(address: Address) -> bool:
    """Whether an address is one host's on the internet, and holds no other inside."""
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in net for net in _NOT_PUBLIC_4)
    if address.scope_id is not None or address not in _UNICAST_6:
        return False
    if (int(address) >> 32) & 0xFCFF_FFFF == _ISATAP:
        return False
    return address.is_global and not any(address in net for net in _NOT_PUBLIC_6)


def target(url: str) -> Target:
    """What to ask for a URL. Raises RefusedError."""
    if len(url) > URL_MAX:
        raise RefusedError(Fault.LENGTH)
    if not is_printable(url):
        raise RefusedError(Fault.CHARACTERS)
    parts = _URL.fullmatch(url)
    if parts is None:
        raise RefusedError(Fault.SCHEME)
    scheme, authority, rest = parts[1].lower(), parts[2], parts[3]
    if scheme not in PORTS:
        raise RefusedError(Fault.SCHEME)
    if "@" in authority:
        raise RefusedError(Fault.CREDENTIALS)
    host, literal = _host(_without_port(authority, PORTS[scheme]))
    if literal is not None and not is_public(literal):
        raise RefusedError(Fault.NOT_PUBLIC)
    path = _escaped(rest if rest.startswith("/") else f"/{rest}")
    found = Target(scheme, host, PORTS[scheme], path, literal)
    if len(found.url) > URL_MAX:
        raise RefusedError(Fault.LENGTH)
    return found


def is_printable(url: str) -> bool:
    """Whether it is free of white space, control and format characters, and backslashes."""
    return not any(sign == "\\" or unicodedata.category(sign)[0] in "CZ" for sign in url)


def _without_port(authority: str, port: int) -> str:
    """The host. A port may be written, if it is the scheme's own."""
    if authority.endswith("]"):
        return authority
    found = _PORT.fullmatch(authority)
    if found is None:
        return authority
    if found[2] != str(port):
        raise RefusedError(Fault.PORT)
    return found[1]


def _host(written: str) -> tuple[str, Address | None]:
    """The host in ASCII and small letters, and its address where it is written as one."""
    if written.startswith("["):
        return _bracketed(written)
    if unicodedata.normalize("NFKC", written) != written:
        # Full-width digits, dots of other scripts, ligatures: what looks like one host and is
        # another.
        raise RefusedError(Fault.HOST)
    labels = [_ascii(label) for label in written.lower().split(".")]
    host = ".".join(labels)
    if not all(len(label) <= LABEL_MAX and _LABEL.fullmatch(label) for label in labels):
        raise RefusedError(Fault.HOST)
    if _NUMBER.fullmatch(labels[-1]):
        try:
            # Four plain numbers, none with a zero in front: the one notation with one meaning.
            return host, IPv4Address(host)
        except AddressValueError:
            raise RefusedError(Fault.HOST) from None
    if len(host) > HOST_MAX:
        raise RefusedError(Fault.HOST)
    if len(labels) == 1 or labels[-1] in _HOUSE or host.endswith(_HOUSE_ENDS):
        raise RefusedError(Fault.NOT_PUBLIC)
    return host, None


def _bracketed(written: str) -> tuple[str, Address]:
    if not written.endswith("]") or "%" in written:
        raise RefusedError(Fault.HOST)
    try:
        address = IPv6Address(written[1:-1])
    except AddressValueError:
        raise RefusedError(Fault.HOST) from None
    return str(address), address


def _ascii(label: str) -> str:
    """A label as the names' own system has it."""
    if label.isascii():
        return label
    # Letters with their marks, as people write names with them. Digits of other scripts are digits
    # to some and letters to others.
    if any(
        unicodedata.category(sign)[0] not in "LM" and not _LETTER.fullmatch(sign) for sign in label
    ):
        raise RefusedError(Fault.HOST)
    if len(label) > LABEL_MAX:
        raise RefusedError(Fault.HOST)
    return f"xn--{label.encode('punycode').decode('ascii')}"


def _escaped(path: str) -> str:
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in path.encode("utf-8"))
