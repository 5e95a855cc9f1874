"""Instants of the spring of 2026, a claim due on 31 March, and who was told of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from verification.models import Claim, Message, Reminder, User
from verification.services import reminders

DEADLINE = date(2026, 3, 31)


def at(day: int, hour: int = 9, month: int = 4) -> datetime:
    """An instant of April, at nine in UTC unless said otherwise."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


#: The morning of the deadline.
DUE = at(31, month=3)


def told() -> set[tuple[str, str]]:
    """(recipient, stage) of every reminder so far."""
    return {(row.recipient.username, row.stage) for row in Reminder.objects.all()}


def sweep(now: datetime) -> set[tuple[str, str]]:
    """Sweeps, sends what was written, and gives (recipient, stage) of all that it told."""
    reminders.sweep(now=now)
    waiting = Message.objects.filter(state="pending")
    found = {
        (message.recipient.username, row.stage)
        for message in waiting
        for row in reminders.current(message)
    }
    waiting.update(state="sent", next_attempt_at=None, sent_at=now)
    return found


def fail(user: User) -> None:
    """The mail server refuses, for good, what waits for the user."""
    Message.objects.filter(recipient=user, state="pending").update(
        state="failed", next_attempt_at=None
    )


def fresh(claim: Claim) -> Claim:
    """The claim as it stands in the database."""
    return Claim.objects.get(pk=claim.pk)
