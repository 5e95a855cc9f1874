"""Delivery: sends what is in the outbox, outside any transaction, and sees what becomes of it.

The promise is *at least once, never silently lost*; a rare duplicate carries the same Message-ID. A
batch goes over one connection. Before each message the lease is renewed where that is due, and what
made the message necessary is looked at again; a batch whose lease was lost stops there.
"""

from __future__ import annotations

import logging
import smtplib
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from tracker import measures
from tracker.tally import tally
from verification.emails.base import without_secrets
from verification.models import Message
from verification.models.choices import MessageState
from verification.services import contents, outbox, suppressions
from verification.services.ahead import Ahead
from verification.services.contents import Content

log = logging.getLogger(__name__)

#: The wait after the first attempt; it doubles with each, up to the longest.
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
#: The wait after the mail server could not be reached at all, which is no message's fault.
SERVER_WAIT = timedelta(seconds=15)
#: A batch that takes longer gives its rest back: a slow mail server must not hold up the sweeps.
LONGEST_BATCH = timedelta(seconds=60)
#: Between two tries to write down that a message was sent, while the database is away.
MARK_PAUSE_SECONDS = 0.5

Clock = Callable[[], datetime]


def drain(*, clock: Clock) -> Counter[str]:
    """Sends what is due until nothing is, or the mail server cannot be reached.

    `clock` gives the time, since a long batch must know when its lease runs out. Returns how many
    messages came to each state; "put back" are those to be tried again, and "lost" those that
    another worker has taken over.
    """
    done: Counter[str] = Counter()
    while True:
        batch = send_batch(clock=clock)
        done += batch
        if not batch or batch["unreachable"]:
            return done


def send_batch(*, clock: Clock) -> Counter[str]:
    """Leases a batch and sends it over one connection. Empty where there was nothing to send."""
    done: Counter[str] = Counter()
    batch = outbox.lease(now=clock())
    if not batch:
        return done
    server = get_connection()
    try:
        _send_all(batch, server, clock, done)
    finally:
        _close(server)
    return +done


def _send_all(
    batch: Sequence[Message], server: BaseEmailBackend, clock: Clock, done: Counter[str]
) -> None:
    """Sends one message after the other, for as long as the lease and the server hold."""
    end = clock() + LONGEST_BATCH
    ahead = Ahead(batch, clock())
    while batch:
        now = clock()
        if now > end:
            done["put back"] += outbox.put_back(batch, now)
            return
        if not outbox.hold(batch, now):
            ours = outbox.put_back(batch, now)
            log.warning("another worker has taken over %s messages", len(batch) - ours)
            done.update({"put back": ours, "lost": len(batch) - ours})
            return
        email = _prepare(batch[0], now, done, ahead)
        if email is not None:
            try:
                has_waited = server.open()
            except (OSError, smtplib.SMTPException) as error:
                log.warning("the mail server cannot be reached: %s", error)
                tally.count(measures.UNREACHABLE)
                done["unreachable"] += outbox.put_back(
                    batch, clock(), wait=SERVER_WAIT, error=str(error)
                )
                return
            if has_waited:
                # For the mail server, perhaps long: what was true before is asked again.
                continue
            done[_send(batch[0], email, server, clock)] += 1
        batch = batch[1:]


def _prepare(
    message: Message, now: datetime, done: Counter[str], ahead: Ahead
) -> EmailMultiAlternatives | None:
    """Checks the message again and renders it; none where there is nothing (more) to send.

    What made it necessary may have gone since it was written: then it is dropped.
    """
    if message.attempts > outbox.MAX_ATTEMPTS:
        _set_aside(message, message.last_error or "every attempt ended without an answer")
        done[MessageState.QUARANTINED] += 1
        return None
    content = contents.read(message, now=now, ahead=ahead)
    if not content.items or not content.reachable:
        _drop(message, content)
        done[MessageState.DROPPED] += 1
        return None
    try:
        return content.build()
    except DatabaseError:
        # That says nothing of the message; whoever leases it next builds it.
        raise
    except Exception as error:
        log.exception("message %s cannot be rendered", message.pk)
        if content.divisible:
            _split(message, content)
            done["split"] += 1
        else:
            _set_aside(message, f"cannot be rendered: {error!r}")
            done[MessageState.QUARANTINED] += 1
        return None


@transaction.atomic
def _drop(message: Message, content: Content) -> None:
    """Drops a message; what still holds of it is for somebody else to be told."""
    if outbox.mark(message, MessageState.DROPPED):
        content.hand_on()


@transaction.atomic
def _split(message: Message, content: Content) -> None:
    """Gives each claim a message of its own, so that one which cannot be rendered is alone."""
    if outbox.mark(message, MessageState.DROPPED, last_error="split: it cannot be rendered as one"):
        content.divide()


def _set_aside(message: Message, error: str) -> None:
    outbox.mark(message, MessageState.QUARANTINED, last_error=error[:2000])


def _send(
    message: Message, email: EmailMultiAlternatives, server: BaseEmailBackend, clock: Clock
) -> str:
    """Sends one message and marks it. Returns what became of it."""
    email.connection = server
    try:
        email.send()
    except (OSError, smtplib.SMTPException) as error:
        _close(server)
        return _refused(message, email, error, clock())
    except Exception as error:
        # Such as an address that no mail server could be told. The others of the batch go on.
        log.exception("message %s cannot be sent", message.pk)
        _close(server)
        _set_aside(message, f"cannot be sent: {error!r}")
        return MessageState.QUARANTINED
    _mark_sent(message, email, clock)
    return MessageState.SENT


def _mark_sent(message: Message, email: EmailMultiAlternatives, clock: Clock) -> None:
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


def _close(server: BaseEmailBackend) -> None:
    try:
        server.close()
    except (OSError, smtplib.SMTPException) as error:
        # The messages are marked by then; a server that hangs up rudely changes nothing.
        log.info("the mail server hung up: %s", error)
