"""What the suite injects into a newsroom's processes: shorter waits, a claim that cannot be
rendered, and the two mutants that must fail. The product knows nothing of it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from verification.emails import reminders as reminder_mails
from verification.models import Message
from verification.models.choices import MessageState
from verification.services import afterwards, messages, outbox

#: How the statement of a claim begins that makes rendering fail.
UNRENDERABLE = "Unrenderable"


def inject() -> None:
    make_rendering_fail()
    shorten_waits()
    mutant = os.environ.get("FAULTS_MUTANT")
    if mutant:
        {"no-lease": take_out_the_lease, "mark-first": mark_before_sending}[mutant]()


def make_rendering_fail() -> None:
    """One claim's statement breaks the template, as a fault in a template tag would."""
    write = reminder_mails.reminders

    def reminders(message: Any, rows: Sequence[Any], *others: Any) -> Any:
        if any(row.claim.statement.startswith(UNRENDERABLE) for row in rows):
            raise ValueError("this claim cannot be rendered")
        return write(message, rows, *others)

    reminder_mails.reminders = reminders


def shorten_waits() -> None:
    """For the small run: nobody waits half a minute for a lease in `make test`."""
    seconds = os.environ.get("FAULTS_WAIT_SECONDS")
    if seconds:
        outbox.SHORTEST_LEASE = timedelta(seconds=float(seconds))
        afterwards.FIRST_WAIT = messages.SERVER_WAIT = timedelta(seconds=float(seconds))


def take_out_the_lease() -> None:
    """Mutant: takes what is due, sends it, then marks it. Two workers take the same."""

    def lease(*, now: datetime, size: int = outbox.BATCH) -> list[Message]:
        return list(outbox.free(now).select_related("recipient")[:size])

    def mine(batch: Sequence[Message]) -> Any:
        return Message.objects.filter(
            pk__in=[message.pk for message in batch], state=MessageState.PENDING
        )

    def mark(message: Message, state: str, **changes: Any) -> bool:
        return bool(mine([message]).update(state=state, next_attempt_at=None, **changes))

    outbox.lease = lease
    outbox.mark = mark
    outbox.queue.mine = mine
    outbox.hold = lambda batch, now: True


def mark_before_sending() -> None:
    """Mutant: marks a message as sent, then sends it. A worker killed in between loses it."""

    hand_over = messages.Sending._hand_over

    def marked(sending: Any, email: Any, now: datetime, *, is_fresh: bool) -> None:
        afterwards.mark_sent(sending._left[0], email, sending._clock)
        hand_over(sending, email, now, is_fresh=is_fresh)

    messages.Sending._hand_over = marked
