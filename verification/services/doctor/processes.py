"""Worker and beat, and what waits for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from verification.services import alarms
from verification.services.alarms import Sign
from verification.services.doctor.findings import Finding, fault, warning, well


def look(now: datetime, *, production: bool) -> Iterable[Finding]:
    """Whether they give signs of life, and what they could not do."""
    found = alarms.state(now)
    yield _process("worker", found.worker, now, production)
    yield _process("beat", found.beat, now, production)
    if found.waits is not None and found.unsent:
        yield fault(
            "outbox", f"a mail has waited for {_span(found.waits)}",
            "The desk’s list of mail says what the mail server answered.",
        )  # fmt: skip
    if found.stuck.count:
        yield warning(
            "outbox", f"{_number(found.stuck, 'mail')} could not be sent",
            "On the desk’s list of mail, send them again or give them up.",
        )  # fmt: skip
    if found.refused.count:
        yield warning(
            "outbox", f"the address of {_number(found.refused, 'user')} takes no mail",
            "Mend it on the page of the user.",
        )  # fmt: skip
    if found.unreachable.count:
        yield warning(
            "claims", f"nobody can be told of {_number(found.unreachable, 'due claim')}",
            "Give the beat an editor in charge who has an address.",
        )  # fmt: skip


def _process(name: str, sign: Sign, now: datetime, production: bool) -> Finding:
    if sign.by_command:
        return well(name, "send_reminders does its work")
    if sign.well:
        return well(name, "gives signs of life")
    start = f"Start it: celery -A tracker {name}"
    if not production:
        start += " (make demo starts everything)"
    if sign.at is None:
        return fault(name, "never seen", start)
    return fault(
        name, f"silent since {sign.at:%Y-%m-%d %H:%M} UTC",
        f"{start}. Its log says why it stopped; have the service manager restart it."
        if production else start,
    )  # fmt: skip


def _number(found: alarms.Found, one: str) -> str:
    several = "" if found.count == 1 and not found.more else "s"
    return f"{'more than ' if found.more else ''}{found.count} {one}{several}"


def _span(waited: timedelta) -> str:
    minutes = int(waited.total_seconds()) // 60
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"
