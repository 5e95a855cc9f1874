"""Messages that wait to be sent, for the tests of the outbox and of the delivery."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests import factories
from verification.models import Claim, User
from verification.services import messages, reminders

DUE = datetime(2026, 3, 31, 9, tzinfo=UTC)
DEADLINE = date(2026, 3, 31)


def due_claim(actor: User, **fields: object) -> Claim:
    return factories.claim(actor=actor, deadline=DEADLINE, **fields)


def several(number: int) -> list[User]:
    """Owners with a claim each, swept: a pending message each."""
    owners = [factories.editor(username=f"owner-{index}") for index in range(number)]
    for owner in owners:
        due_claim(owner)
    reminders.sweep(now=DUE)
    return owners


def drain(now: datetime = DUE) -> dict[str, int]:
    return dict(messages.drain(clock=lambda: now))
