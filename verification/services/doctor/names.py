"""The names of the settings: whether they are known, and what the DNS says of the sender's."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections import defaultdict
from collections.abc import Iterable
from email.utils import parseaddr

from django.conf import settings
from dns.exception import DNSException
from dns.resolver import NXDOMAIN, NoAnswer, Resolver
from publicsuffixlist import PublicSuffixList

from tracker.security import LOCAL
from verification.services.doctor.findings import Finding, fault, warning, well

#: How long a name may take, in seconds.
PATIENCE = 4.0


def look(*, production: bool) -> Iterable[Finding]:
    """Whether the resolver knows the hosts of the settings, each asked for once."""
    asked: dict[str, list[str]] = defaultdict(list)
    asked[settings.SITE_HOST].append("SITE_URL")
    asked[settings.EMAIL_HOST].append("EMAIL_HOST")
    if production:
        asked[sender()].append("DEFAULT_FROM_EMAIL")
    known = []
    for host, names in asked.items():
        if not host or host in LOCAL or _is_address(host):
            continue
        if is_known(host):
            known.append(host)
            continue
        yield warning(
            "names", f"{host} is not known",
            f"Mend {' and '.join(names)}, or the name’s entry in the DNS.",
        )  # fmt: skip
    if known:
        yield well("names", f"known: {', '.join(known)}")


def sender() -> str:
    """The domain from which mails are sent."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_known(host: str) -> bool:
    """Whether the resolver of this machine has an address for the name, within `PATIENCE`."""
    found: list[bool] = []
    # The system's resolver knows no time-out of ours; a thread that waits for it ends with us.
    asking = threading.Thread(target=lambda: found.append(_resolves(host)), daemon=True)
    asking.start()
    asking.join(PATIENCE)
    return bool(found and found[0])


def _resolves(host: str) -> bool:
    try:
        return bool(socket.getaddrinfo(host, None))
    except (OSError, UnicodeError):
        return False


# --- What receivers of mail ask the DNS -----------------------------------------------------------


def resolver() -> Resolver:
    """The name servers of this machine."""
    found = Resolver()
    found.lifetime = PATIENCE
    return found


def of_the_sender(selector: str) -> Iterable[Finding]:
    """What SPF, DMARC and (where its selector is named) DKIM say of the domain of our mails."""
    domain = sender()
    if not domain or domain in LOCAL or _is_address(domain):
        yield warning(
            "sender", f"{settings.DEFAULT_FROM_EMAIL} has no domain that others know",
            "Set DEFAULT_FROM_EMAIL to an address of the newsroom’s domain.",
        )  # fmt: skip
        return
    asked = resolver()
    try:
        yield _spf(asked, domain)
        yield _dmarc(asked, domain)
        if selector:
            yield _dkim(asked, domain, selector)
        else:
            yield well(
                "DKIM", "not asked for: doctor --dns --selector NAME, as your mail server signs"
            )
    except DNSException as error:
        yield warning(
            "sender", f"the DNS does not say of {domain}: {type(error).__name__}",
            "Ask again, or see to the name servers of this machine.",
        )  # fmt: skip


def _texts(asked: Resolver, name: str) -> list[str]:
    """The TXT records of a name; none where it has none, or is not there."""
    try:
        found = asked.resolve(name, "TXT")
    except (NXDOMAIN, NoAnswer):
        return []
    return [b"".join(row.strings).decode("utf-8", "replace") for row in found]


def _spf(asked: Resolver, domain: str) -> Finding:
    found = [text for text in _texts(asked, domain) if text.lower().split(" ")[0] == "v=spf1"]
    if not found:
        return warning(
            "SPF", f"{domain} does not say which servers may send for it",
            f"Add a TXT record to {domain} that names your mail server: v=spf1 … -all",
        )  # fmt: skip
    if len(found) > 1:
        return fault(
            "SPF", f"{domain} has {len(found)} records, and so none that counts",
            "Make one of them.",
        )  # fmt: skip
    if found[0].split()[-1].lower() in ("+all", "all"):
        return warning("SPF", f"{domain} lets everybody send for it", "End it with -all or ~all.")
    return well("SPF", f"{domain}: {found[0]}")


def _dmarc(asked: Resolver, domain: str) -> Finding:
    whole = PublicSuffixList().privatesuffix(domain) or domain
    for name in dict.fromkeys((domain, whole)):
        found = [text for text in _texts(asked, f"_dmarc.{name}") if text.startswith("v=DMARC1")]
        if len(found) == 1:
            return well("DMARC", f"{name}: {found[0]}")
        if found:
            return fault(
                "DMARC", f"{name} has {len(found)} records, and so none that counts",
                "Make one of them.",
            )  # fmt: skip
    return warning(
        "DMARC", f"{domain} has none: large mail services refuse or hide mail without it",
        f"Add a TXT record to _dmarc.{whole}: v=DMARC1; p=none; rua=mailto:…",
    )  # fmt: skip


def _dkim(asked: Resolver, domain: str, selector: str) -> Finding:
    name = f"{selector}._domainkey.{domain}"
    for text in _texts(asked, name):
        tags = dict(part.strip().partition("=")[::2] for part in text.split(";"))
        if tags.get("p"):
            return well("DKIM", f"{name} has a key")
        if "p" in tags:
            return fault("DKIM", f"{name} is revoked", "Sign with another selector.")
    return fault("DKIM", f"{name} has no key", "Publish the key that your mail server signs with.")
