"""The outbox: who may send which message, and what became of it.

Who may send is settled by leases (`services.leases`); after too many attempts a message is
quarantined.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from tracker import measures
from tracker.tally import tally
from verification.emails.base import new_message_id
from verification.models import Message, User
from verification.models.choices import MessageKind, MessageState
from verification.services import ledger, suppressions
from verification.services.errors import allow
from verification.services.leases import Leases

#: Messages leased at once, over one connection to the mail server.
BATCH = 100
#: Workers that one sweep wakes at most; each goes on by itself for as long as there is work.
MOST_SENDERS = 4
#: A lease is at least so long: the time for which a killed worker's messages lie still.
SHORTEST_LEASE = timedelta(seconds=30)
#: After so many attempts a message is set aside for somebody to look at.
MAX_ATTEMPTS = 10
#: What became of an attempt that is made again; the others are the states of a message.
RETRIED = "retried"


def lease_length() -> timedelta:
    """How long a lease holds: at least three waits for the mail server.

    It is renewed when a third of it has passed, so that two waits are left for what comes next.
    """
    return max(SHORTEST_LEASE, 3 * timedelta(seconds=settings.EMAIL_TIMEOUT))


queue: Leases[Message] = Leases(Message, related=("recipient",), length=lease_length)


def pending(kind: MessageKind, recipient: int, now: datetime, **about: object) -> Message:
    """A message to the user with this primary key that waits from `now` on; not kept yet.

    Its Message-ID stays with it through every attempt.
    """
    return Message(
        kind=kind,
        recipient_id=recipient,
        message_id=new_message_id(),
        created_at=now,
        next_attempt_at=now,
        **about,
    )


def due(now: datetime, *, most: int = BATCH) -> int:
    """How many messages could be sent now; counts no further than `most`."""
    return queue.due(now, most=most)


def senders_wanted(now: datetime) -> int:
    """For how many workers there is a batch, up to `MOST_SENDERS`."""
    return -(-due(now, most=BATCH * MOST_SENDERS) // BATCH)


def free(now: datetime) -> QuerySet[Message]:
    """Pending messages whose time has come and that nobody holds, oldest first."""
    return queue.free(now)


def lease(*, now: datetime, size: int = BATCH) -> list[Message]:
    """Takes up to `size` messages for this worker alone, and counts an attempt for each."""
    return queue.lease(now=now, size=size)


def hold(batch: Sequence[Message], now: datetime) -> bool:
    """Renews the lease of what is left of a batch, where that is due; False where it was lost."""
    return queue.hold(batch, now)


def mark(message: Message, state: str, **changes: object) -> bool:
    """Writes the state, if the lease is still ours. False where another worker has taken over."""
    marked = queue.mark(message, state, **changes)
    if marked:
        tally.count(measures.MESSAGES, message.kind, state)
    return marked


def put_back(
    batch: Sequence[Message],
    now: datetime,
    *,
    wait: timedelta = timedelta(),
    error: str = "",
    counted: bool = False,
) -> int:
    """Frees those of the messages that are still ours, for an attempt after `wait`.

    One that never reached the mail server is not `counted`: its attempt is given back.
    """
    changes = {"last_error": error[:2000]} if error else {}
    if counted:
        for message in batch:
            tally.count(measures.MESSAGES, message.kind, RETRIED)
    return queue.put_back(batch, now, wait=wait, counted=counted, **changes)


@transaction.atomic
def requeue(*, actor: User, message: Message, now: datetime) -> bool:
    """Puts a failed or quarantined message back, to be tried at once. False where it is neither.

    An address that was refused is tried again with it: whoever asks for this has mended it.
    """
    allow(actor, "change_message")
    ledger.hold()
    back = Message.objects.filter(
        pk=message.pk, state__in=[MessageState.FAILED, MessageState.QUARANTINED]
    ).update(
        state=MessageState.PENDING,
        attempts=0,
        next_attempt_at=now,
        lease_token=None,
        lease_until=None,
        last_error="",
    )
    if not back:
        return False
    user = message.recipient
    ledger.append(
        actor=actor,
        action="message put back",
        now=now,
        content={"message": message.message_id, "user": user.username},
    )
    suppressions.lift_address(actor=actor, user=user, address=user.email, now=now)
    return True
