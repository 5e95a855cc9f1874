"""The outbox: leases messages, sends them outside any transaction, and marks what became of them.

The promise is *at least once, never silently lost*; a rare duplicate carries the same Message-ID. A
message is leased by a conditional update that also counts the attempt, so that one which kills its
worker uses its attempts up and is quarantined. It is marked only while the lease is still the
worker's own; an expired lease is taken over by the next.
"""

from __future__ import annotations

import logging
import smtplib
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from verification.emails import reminders as reminder_mails
from verification.models import Message, User
from verification.models.choices import MessageState
from verification.services import reminders
from verification.services.errors import allow
from verification.services.routing import Routing

log = logging.getLogger(__name__)

#: Messages leased at once, over one connection to the mail server.
BATCH = 50
#: How long a worker may take for a batch before another takes it over.
LEASE = timedelta(minutes=2)
#: After so many attempts a message is set aside for somebody to look at.
MAX_ATTEMPTS = 10
#: The wait after the first attempt; it doubles with each, up to the longest.
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
#: The wait after the mail server could not be reached at all, which is no message's fault.
SERVER_WAIT = timedelta(seconds=15)

Clock = Callable[[], datetime]


def drain(*, clock: Clock) -> Counter[str]:
    """Sends what is due until nothing is, or the mail server cannot be reached.

    `clock` gives the time, since a long batch must know when its lease runs out. Returns how many
    messages came to each state; "put back" are those to be tried again.
    """
    done: Counter[str] = Counter()
    while True:
        batch = send_batch(clock=clock)
        done += batch
        if not batch or batch["unreachable"]:
            return done


def due(now: datetime) -> int:
    """How many messages could be sent now; counts no further than one batch."""
    return len(_free(now).values_list("pk", flat=True)[:BATCH])


def _free(now: datetime):  # type: ignore[no-untyped-def]
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
    pks = list(_free(now).select_for_update(skip_locked=True).values_list("pk", flat=True)[:size])
    Message.objects.filter(pk__in=pks).update(
        lease_token=token, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    return list(
        Message.objects.filter(lease_token=token).select_related("recipient").order_by("id")
    )


def send_batch(*, clock: Clock) -> Counter[str]:
    """Leases a batch and sends it over one connection. Empty where there was nothing to send."""
    started = clock()
    batch = lease(now=started)
    done: Counter[str] = Counter()
    if not batch:
        return done
    connection = get_connection()
    # Nothing is begun that could outlast the lease: one time-out to send, one for the server's
    # answer.
    last_start = started + LEASE - timedelta(seconds=2 * settings.EMAIL_TIMEOUT)
    try:
        for index, message in enumerate(batch):
            if clock() > last_start:
                done["put back"] += _put_back(batch[index:], clock(), "", wait=timedelta())
                break
            email = _prepare(message, clock(), done)
            if email is None:
                continue
            try:
                connection.open()
            except (OSError, smtplib.SMTPException) as error:
                log.warning("the mail server cannot be reached: %s", error)
                done["unreachable"] += _put_back(
                    batch[index:], clock(), str(error), wait=SERVER_WAIT
                )
                break
            done[_send(message, email, connection, clock)] += 1
    finally:
        _close(connection)
    return done


def _prepare(message: Message, now: datetime, done: Counter[str]) -> EmailMultiAlternatives | None:
    """Checks the message again and renders it; none where there is nothing (more) to send.

    What made it necessary may have gone since it was written: then it is dropped.
    """
    if message.attempts > MAX_ATTEMPTS:
        _mark(
            message,
            MessageState.QUARANTINED,
            last_error=message.last_error or "every attempt ended without an answer",
        )
        done[MessageState.QUARANTINED] += 1
        return None
    rows = reminders.current(message)
    if not rows or not Routing().reaches(message.recipient):
        _mark(message, MessageState.DROPPED)
        done[MessageState.DROPPED] += 1
        return None
    try:
        return reminder_mails.reminders(message, rows, now)
    except Exception as error:
        log.exception("message %s cannot be rendered", message.pk)
        if len(rows) > 1:
            _split(message, [row.pk for row in rows], now)
            done["split"] += 1
        else:
            _mark(message, MessageState.QUARANTINED, last_error=f"cannot be rendered: {error!r}")
            done[MessageState.QUARANTINED] += 1
        return None


@transaction.atomic
def _split(message: Message, rows: list[int], now: datetime) -> None:
    """Gives each claim a message of its own, so that one which cannot be rendered is alone."""
    for row in rows:
        reminders.make_message(message.recipient_id, [row], now)
    _mark(message, MessageState.DROPPED, last_error="split: it could not be rendered as one")


def _send(
    message: Message, email: EmailMultiAlternatives, connection: BaseEmailBackend, clock: Clock
) -> str:
    """Sends one message and marks it. Returns what became of it."""
    email.connection = connection
    try:
        email.send()
    except (OSError, smtplib.SMTPException) as error:
        _close(connection)
        return _refused(message, email, error, clock())
    _mark(
        message,
        MessageState.SENT,
        sent_at=clock(),
        address=email.to[0],
        subject=email.subject,
        text=email.body,
        html=str(email.alternatives[0][0]),
        last_error="",
    )
    return MessageState.SENT


def _refused(
    message: Message,
    email: EmailMultiAlternatives,
    error: OSError | smtplib.SMTPException,
    now: datetime,
) -> str:
    """Marks a message that was not accepted: failed for good, set aside, or to be tried again."""
    code = smtp_code(error)
    words = f"{code or type(error).__name__}: {error}"[:2000]
    state = MessageState.PENDING
    if code is not None and code >= 500:
        state = MessageState.FAILED
    elif message.attempts >= MAX_ATTEMPTS:
        state = MessageState.QUARANTINED
    log.warning("message %s was not accepted (%s): %s", message.pk, state, words)
    if state == MessageState.PENDING:
        _put_back([message], now, words, wait=waiting_time(message.attempts), counted=True)
        return "put back"
    _mark(message, state, last_error=words, address=email.to[0], subject=email.subject)
    return state


def smtp_code(error: Exception) -> int | None:
    """The mail server's answer, none where it did not give one."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        # One recipient a message, so one answer.
        return next((int(code) for code, _text in error.recipients.values()), None)
    if isinstance(error, smtplib.SMTPResponseException):
        return int(error.smtp_code)
    return None


def waiting_time(attempts: int) -> timedelta:
    """The wait after the given number of attempts: doubled each time, up to the longest."""
    return min(FIRST_WAIT * 2 ** max(attempts - 1, 0), LONGEST_WAIT)


def _put_back(
    batch: list[Message], now: datetime, error: str, *, wait: timedelta, counted: bool = False
) -> int:
    """Frees messages for a later attempt; one that never reached the server is not counted."""
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


def _mark(message: Message, state: str, **changes: object) -> bool:
    """Writes the state, if the lease is still ours. False where another worker has taken over."""
    return bool(
        _mine([message]).update(
            state=state, next_attempt_at=None, lease_token=None, lease_until=None, **changes
        )
    )


def _mine(batch: list[Message]):  # type: ignore[no-untyped-def]
    return Message.objects.filter(
        pk__in=[message.pk for message in batch],
        lease_token=batch[0].lease_token,
        state=MessageState.PENDING,
    )


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        # The messages are marked by then; a server that hangs up rudely changes nothing.
        log.info("the mail server hung up: %s", error)


def requeue(*, actor: User, message: Message, now: datetime) -> bool:
    """Puts a failed or quarantined message back, to be tried at once. False where it is neither."""
    allow(actor, "change_message")
    return bool(
        Message.objects.filter(
            pk=message.pk, state__in=[MessageState.FAILED, MessageState.QUARANTINED]
        ).update(
            state=MessageState.PENDING,
            attempts=0,
            next_attempt_at=now,
            lease_token=None,
            lease_until=None,
            last_error=_("put back by %(name)s") % {"name": actor},
        )
    )


def oldest_unsent(now: datetime) -> timedelta | None:
    """How long the oldest pending message has waited since it was written; none without one."""
    created_at = (
        Message.objects.filter(next_attempt_at__isnull=False)
        .order_by("created_at")
        .values_list("created_at", flat=True)
        .first()
    )
    return now - created_at if created_at else None
