"""Domains of sources: "https://www.wsj.com/business/…" is on wsj.com.

A domain belongs to one source. Under a public suffix (co.uk, github.io) anybody may register, and
on a platform (x.com, youtube.com) anybody may have an account: neither tells who publishes there.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from functools import cache
from typing import Literal

from publicsuffixlist import PublicSuffixList

#: As long as a host name may be.
LONGEST = 253

_BY_PATH = """
x.com twitter.com t.co facebook.com fb.com fb.watch instagram.com threads.net threads.com
youtube.com youtu.be tiktok.com linkedin.com lnkd.in reddit.com redd.it pinterest.com
t.me telegram.me telegram.org bsky.app mastodon.social vk.com weibo.com twitch.tv discord.com
discord.gg whatsapp.com snapchat.com dailymotion.com vimeo.com soundcloud.com github.com bit.ly
ow.ly buff.ly tinyurl.com goo.gl news.google.com apple.news flipboard.com archive.org archive.is
archive.ph archive.today linktr.ee
"""
_BY_HOST = """
medium.com substack.com wordpress.com blogspot.com tumblr.com ghost.io beehiiv.com over-blog.com
canalblog.com typepad.com hautetfort.com
"""
#: Accounts are told apart by the path alone, so that no host of theirs belongs to one source.
PLATFORMS = frozenset(_BY_PATH.split())
#: Here each account has a host of its own below the platform's, which may belong to a source.
HOSTERS = frozenset(_BY_HOST.split())

#: Why something is no domain of a source.
Fault = Literal["no domain", "address", "suffix", "platform"]

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.ASCII)
# A backslash ends the host as a browser reads it.
_ADDRESS = re.compile(
    r"(?:(?:[a-z][a-z0-9+.-]*:)?//)?(?:[^/?#\\]*@)?(?P<host>\[[^\]/?#\\]*\]|[^:/?#\\]*)(?::[0-9]*)?"
    r"(?P<path>[/\\][^?#]*)?(?:[?#].*)?",
    re.IGNORECASE | re.DOTALL,
)


class NotADomainError(ValueError):
    """What was given is no domain that one source can have; `fault` says why."""

    def __init__(self, fault: Fault, host: str = "") -> None:
        self.fault = fault
        self.host = host
        super().__init__(f"{host or 'this'}: {fault}")


def host_of(address: str) -> str:
    """The host of an address with or without its scheme, in small letters and Punycode; or nothing.

    Without a port, a user, and the point that may end it.
    """
    found = _ADDRESS.fullmatch(address.strip())
    host = found["host"].rstrip(".") if found else ""
    try:
        return host.encode("idna").decode("ascii").lower() if host else ""
    except UnicodeError:  # a label that is empty or too long
        return ""


def domain(text: str) -> str:
    """The domain that was typed, or that an address is on, as it is kept: without "www.".

    Raises NotADomainError.
    """
    host = host_of(text)
    if host and _is_address(host):
        raise NotADomainError("address", host)
    labels = host.split(".")
    if len(labels) < 2 or len(host) > LONGEST or not all(map(_LABEL.fullmatch, labels)):
        raise NotADomainError("no domain", host)
    if labels[0] == "www" and not _is_suffix(host.removeprefix("www.")):
        host = host.removeprefix("www.")
    if host in HOSTERS or any(above in PLATFORMS for above in _above(host)):
        raise NotADomainError("platform", host)
    if _is_suffix(host):
        raise NotADomainError("suffix", host)
    return host


def domains_of(address: str) -> list[str]:
    """The domains that an address may be known by, the longest first; none where there is none."""
    try:
        host = domain(address)
    except NotADomainError:
        return []
    return [above for above in _above(host) if above not in HOSTERS and not _is_suffix(above)]


def is_front_page(address: str) -> bool:
    """Whether an address is a whole site's, and not that of a page or a person on it."""
    found = _ADDRESS.fullmatch(address.strip())
    return found is not None and not (found["path"] or "").strip("/")


def readable(host: str) -> str:
    """A domain as its readers write it, "médiacités.fr"; other alphabets stay in Punycode.

    So that nobody takes a letter for another that only looks like it.
    """
    try:
        written = host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
    latin = all("LATIN" in unicodedata.name(sign, "") for sign in written if sign.isalpha())
    return written if latin else host


def _above(host: str) -> list[str]:
    """The host, and each domain that it is under, down to the last two labels."""
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        # "127.1" and "0x7f.1" are addresses for some; no name of a site ends in a number.
        last = host.rpartition(".")[2]
        return last.isdecimal() or last.startswith("0x")
    return True


def _is_suffix(host: str) -> bool:
    return bool(_suffixes().is_public(host))


@cache
def _suffixes() -> PublicSuffixList:
    # The list that comes with the package: nothing is fetched.
    return PublicSuffixList()
