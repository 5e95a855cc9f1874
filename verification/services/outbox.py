"""The outbox: who may send which message, and what became of it.

A message is leased by a conditional update that also counts the attempt, so that one which kills
its worker uses its attempts up and is quarantined. The lease is short and is renewed while its
worker goes on; it is marked only while the lease is still the worker's own, and an expired lease is
taken over by the next.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from verification.models import Message, User
from verification.models.choices import MessageState
from verification.services import ledger, suppressions
from verification.services.errors import allow

#: Messages leased at once, over one connection to the mail server.
BATCH = 50
#: Workers that one sweep wakes at most; each goes on by itself for as long as there is work.
MOST_SENDERS = 4
#: A lease is at least so long: the time for which a killed worker's messages lie still.
SHORTEST_LEASE = timedelta(seconds=30)
#: After so many attempts a message is set aside for somebody to look at.
MAX_ATTEMPTS = 10
#: A message whose worker went silent so often is tried alone, so that it takes no others with it.
ALONE_AFTER = 3


def lease_length() -> timedelta:
    """How long a lease holds: at least three waits for the mail server.

    It is renewed when a third of it has passed, so that two waits are left for what comes next.
    """
    return max(SHORTEST_LEASE, 3 * timedelta(seconds=settings.EMAIL_TIMEOUT))


def due(now: datetime, *, most: int = BATCH) -> int:
    """How many messages could be sent now; counts no further than `most`."""
    return len(free(now).values_list("pk", flat=True)[:most])


def senders_wanted(now: datetime) -> int:
    """For how many workers there is a batch, up to `MOST_SENDERS`."""
    return -(-due(now, most=BATCH * MOST_SENDERS) // BATCH)


def free(now: datetime) -> QuerySet[Message]:
    """Pending messages whose time has come and that nobody holds, oldest first."""
    return (
        Message.objects.filter(state=MessageState.PENDING, next_attempt_at__lte=now)
        .filter(Q(lease_until__isnull=True) | Q(lease_until__lte=now))
        .order_by("next_attempt_at", "id")
    )


@transaction.atomic
def lease(*, now: datetime, size: int = BATCH) -> list[Message]:
    """Takes up to `size` messages for this worker alone, and counts an attempt for each."""
    token = uuid.uuid4()
    found = free(now).select_for_update(skip_locked=True)
    pks = _without_suspects(list(found.values_list("pk", "attempts", "lease_token")[:size]))
    Message.objects.filter(pk__in=pks).update(
        lease_token=token, lease_until=now + lease_length(), attempts=F("attempts") + 1
    )
    return list(
        Message.objects.filter(lease_token=token).select_related("recipient").order_by("id")
    )


def _without_suspects(found: Sequence[tuple[int, int, uuid.UUID | None]]) -> list[int]:
    """What goes into one batch: all up to the first suspect, or that suspect alone.

    A lease that ran out tells that a worker died over a batch, not over which message. Were they
    kept together, a message that kills its worker would use up the attempts of all the others.
    """
    batch: list[int] = []
    for pk, attempts, expired in found:
        if expired is not None and attempts >= ALONE_AFTER:
            return batch or [pk]
        batch.append(pk)
    return batch


def hold(batch: Sequence[Message], now: datetime) -> bool:
    """Renews the lease of what is left of a batch, where that is due.

    Returns False where the lease of any of them was lost: another worker has taken over, and
    nothing more of the batch may be sent.
    """
    held_until = batch[0].lease_until
    if held_until is not None and held_until - now > lease_length() * 2 / 3:
        return True
    until = now + lease_length()
    if _mine(batch).update(lease_until=until) < len(batch):
        return False
    for message in batch:
        message.lease_until = until
    return True


def mark(message: Message, state: str, **changes: object) -> bool:
    """Writes the state, if the lease is still ours. False where another worker has taken over."""
    return bool(
        _mine([message]).update(
            state=state, next_attempt_at=None, lease_token=None, lease_until=None, **changes
        )
    )


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
    changes: dict[str, object] = {
        "lease_token": None,
        "lease_until": None,
        "next_attempt_at": now + wait,
    }
    if error:
        changes["last_error"] = error[:2000]
    if not counted:
        changes["attempts"] = F("attempts") - 1
    return _mine(batch).update(**changes)


def _mine(batch: Sequence[Message]) -> QuerySet[Message]:
    return Message.objects.filter(
        pk__in=[message.pk for message in batch],
        lease_token=batch[0].lease_token,
        state=MessageState.PENDING,
    )


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
