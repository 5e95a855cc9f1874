"""One sweep of everything that somebody has to be told: reminders, notices, digests."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from verification.services import (
    account_notices,
    asking,
    attempts,
    deliveries,
    desk_sessions,
    digests,
    notices,
    pulse,
    reminders,
)
from verification.services.reminders import Sweep

log = logging.getLogger(__name__)


def sweep(*, now: datetime) -> Sweep:
    """Does one full sweep as of `now` and says what it found.

    A fault in one of the others is logged, and holds up neither the reminders nor each other: the
    next sweep tries again.
    """
    found = reminders.sweep(now=now)
    others: tuple[Callable[..., int], ...] = (
        notices.bundle,
        asking.bundle,
        digests.make,
        account_notices.bundle,
    )
    for make in others:
        try:
            found.messages += make(now=now)
        except Exception:
            log.exception("%s failed: the next sweep tries again", make.__module__)
    for tidy in (
        desk_sessions.sweep,
        attempts.sweep,
        account_notices.sweep,
        deliveries.sweep,
    ):
        try:
            tidy(now=now)
        except Exception:
            log.exception("%s was not tidied: the next sweep tries again", tidy.__module__)
    pulse.record(name=pulse.SWEEP, now=now)
    return found
