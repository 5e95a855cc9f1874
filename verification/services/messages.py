"""Delivery: sends what is in the outbox, outside any transaction, and sees what becomes of it.

The promise is *at least once, never silently lost*; a rare duplicate carries the same Message-ID. A
batch goes over one connection. Before each message the lease is renewed where that is due, and what
made the message necessary is looked at again; a batch whose lease was lost stops there.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction
from django.db import Error as DatabaseFault

from tracker import measures
from tracker.tally import tally
from verification.emails.smtp import handing, write_down
from verification.models import Message
from verification.models.choices import MessageState
from verification.newsroom import Clock
from verification.services import afterwards, contents, outbox
from verification.services.ahead import Ahead
from verification.services.contents import Content

log = logging.getLogger(__name__)

#: The wait after the mail server could not be reached at all, which is no message's fault.
SERVER_WAIT = timedelta(seconds=15)
#: A batch that takes longer gives its rest back: a slow mail server must not hold up the sweeps.
LONGEST_BATCH = timedelta(seconds=60)


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
        Sending(batch, server, clock, done).send()
    finally:
        _close(server)
    return +done


class Sending:
    """A batch on its way: one message after the other, for as long as lease and server hold.

    While the mail server is at work on one mail, the one before it is marked, and the next one is
    written. So three messages are in hand at a time, but never two that are not marked: what the
    server has taken is marked before it is given anything more.
    """

    def __init__(
        self, batch: Sequence[Message], server: BaseEmailBackend, clock: Clock, done: Counter[str]
    ) -> None:
        self._left = list(batch)
        self._server, self._clock, self._done = server, clock, done
        self._end = clock() + LONGEST_BATCH
        self._ahead = Ahead(batch, clock())
        #: The mail of the first that is left, written before its turn from what was read ahead.
        self._ready: EmailMultiAlternatives | None = None
        #: What the mail server has taken, and is not marked yet.
        self._taken: tuple[Message, EmailMultiAlternatives] | None = None

    def send(self) -> None:
        """Sends what can be sent, and gives the rest back."""
        try:
            while self._left:
                self._turn(self._clock())
        finally:
            self._mark_taken()

    def _turn(self, now: datetime) -> None:
        """Sends the first that is left, or sees what else becomes of it."""
        if now > self._end:
            self._done["put back"] += outbox.put_back(self._left, now)
            self._left = []
        elif not outbox.hold(self._left, now):
            ours = outbox.put_back(self._left, now)
            lost = len(self._left) - ours
            log.warning("another worker has taken over %s messages", lost)
            self._done.update({"put back": ours, "lost": lost})
            self._left = []
        else:
            self._send_first(now)

    def _send_first(self, now: datetime) -> None:
        is_fresh = self._ready is None
        if is_fresh:
            self._mark_taken()
            self._ready = _prepare(self._left[0], now, self._done, self._ahead)
        if self._ready is None:
            self._left.pop(0)
        elif self._connect():
            # For the mail server, perhaps long: what was true before is asked again.
            self._ready = None if is_fresh else self._ready
        else:
            email, self._ready = self._ready, None
            self._hand_over(email, now, is_fresh=is_fresh)

    def _connect(self) -> bool:
        """Whether the mail server had to be waited for; nothing is left if that was in vain."""
        try:
            return bool(self._server.open())
        except OSError as error:
            log.warning("the mail server cannot be reached: %s", error)
            tally.count(measures.UNREACHABLE)
            self._done["unreachable"] += outbox.put_back(
                self._left, self._clock(), wait=SERVER_WAIT, error=str(error)
            )
            self._left = []
            return True

    def _hand_over(self, email: EmailMultiAlternatives, now: datetime, *, is_fresh: bool) -> None:
        """Hands the mail of the first that is left to the server, and writes the next meanwhile.

        One that is not `is_fresh` was written before its turn: it is looked at again just before it
        is given.
        """
        message = self._left[0]
        try:
            try:
                steps = handing(self._server, email)
                steps.begin()
            finally:
                self._mark_taken()
            steps.name_recipient()
            if not is_fresh and not self._ahead.holds(message):
                steps.take_back()
                return
            steps.give()
            self._write_next(now)
            steps.end()
        except OSError as error:
            _close(self._server)
            self._done[afterwards.refused(message, email, error, self._clock())] += 1
        except DatabaseFault:
            # That says nothing of the message.
            raise
        except Exception as error:
            # Such as an address that no mail server could be told. The others of the batch go on.
            log.exception("message %s cannot be sent", message.pk)
            _close(self._server)
            _set_aside(message, f"cannot be sent: {error!r}")
            self._done[MessageState.QUARANTINED] += 1
        else:
            self._taken = message, email
            self._done[MessageState.SENT] += 1
        self._left.pop(0)

    def _write_next(self, now: datetime) -> None:
        """Writes the next mail, if it is one of those that were read ahead."""
        next_one = self._left[1] if len(self._left) > 1 else None
        if next_one is None or next_one.attempts > outbox.MAX_ATTEMPTS:
            return
        content = contents.read_before(next_one, now=now, ahead=self._ahead)
        if content is None or not content.items or not content.reachable:
            return
        try:
            self._ready = content.build()
            write_down(self._ready)
        except Exception:
            # In its turn it goes wrong again, and there it is dealt with.
            log.debug("message %s cannot be written yet", next_one.pk, exc_info=True)
            self._ready = None

    def _mark_taken(self) -> None:
        taken, self._taken = self._taken, None
        if taken is not None:
            afterwards.mark_sent(*taken, self._clock)


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


def _close(server: BaseEmailBackend) -> None:
    try:
        server.close()
    except OSError as error:
        # The messages are marked by then; a server that hangs up rudely changes nothing.
        log.info("the mail server hung up: %s", error)
