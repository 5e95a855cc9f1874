"""Looks at every part, one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from verification.newsroom import Clock
from verification.services.doctor import configuration, machines, mail, names, processes
from verification.services.doctor.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Thoroughness:
    """How an installation is looked at.

    `production`: as one that others can reach; else it is a trial on one's own machine, of which
    only what keeps it from working is told. `dns`: whether the DNS is asked what it says of the
    sender's domain; with `selector` also for the DKIM key of that name.
    """

    production: bool
    dns: bool = False
    selector: str = ""


def usual() -> Thoroughness:
    """As befits the settings."""
    return Thoroughness(production=not settings.SITE_IS_LOCAL)


def examine(now: Clock, how: Thoroughness | None = None) -> Iterable[Finding]:
    """What was found, part by part; `now` is asked whenever two clocks are compared."""
    how = how or usual()
    yield from configuration.look(production=how.production)
    if (yield from machines.database()):
        yield from processes.look(now(), production=how.production)
    yield from machines.broker_and_cache()
    yield from machines.clocks(now)
    yield machines.zone(now())
    yield machines.storage()
    yield from names.look(production=how.production)
    yield from mail.look(now(), production=how.production)
    if how.dns:
        yield from names.of_the_sender(how.selector)
