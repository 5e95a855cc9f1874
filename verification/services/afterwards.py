"""What becomes of a message once the mail server has answered: it was taken, or it was not."""

from __future__ import annotations

import logging
import smtplib
import threading
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import InterfaceError, OperationalError, connection, transaction

from verification.emails.base import without_secrets
from verification.models import Message
from verification.models.choices import MessageState
from verification.newsroom import Clock
from verification.services import outbox, suppressions

log = logging.getLogger(__name__)

#: The wait after the first attempt; it doubles with each, up to the longest.
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
#: Between two tries to write down that a message was sent, while the database is away.
MARK_PAUSE_SECONDS = 0.5


def mark_sent(message: Message, email: EmailMultiAlternatives, clock: Clock) -> None:
    """Marks a message that the mail server has taken.

    A database that restarts at that moment is waited for as long as the lease lasts: what is sent
    and not marked will be sent again.
    """
    sent_at = clock()
    pause = threading.Event()
    while True:
        try:
            outbox.mark(
                message,
                MessageState.SENT,
                sent_at=sent_at,
                address=email.to[0],
                subject=email.subject,
                text=without_secrets(email, str(email.body)),
                html=without_secrets(email, str(email.alternatives[0][0])),
                last_error="",
            )
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or clock() > sent_at + outbox.lease_length():
                raise
            log.warning("message %s is sent, and the database does not take it down", message.pk)
            connection.close()
            pause.wait(MARK_PAUSE_SECONDS)
        else:
            return


def refused(
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
    elif message.attempts >= outbox.MAX_ATTEMPTS:
        state = MessageState.QUARANTINED
    log.warning("message %s was not accepted (%s): %s", message.pk, state, words)
    if state == MessageState.PENDING:
        outbox.put_back(
            [message], now, wait=waiting_time(message.attempts), error=words, counted=True
        )
        return "put back"
    with transaction.atomic():
        suppressions.after_refusal(message=message, error=error, now=now)
        outbox.mark(message, state, last_error=words, address=email.to[0], subject=email.subject)
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
    return min(FIRST_WAIT * (1 << max(attempts - 1, 0)), LONGEST_WAIT)
