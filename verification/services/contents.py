"""What a message holds, for each kind of message: what of it is still current, and its mail.

A message is written when something has to be told, and read here when it is about to be sent: what
has become stale meanwhile is left out, and a message with nothing left in it is not sent at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.core.mail import EmailMultiAlternatives

from verification.emails import accounts as account_mails
from verification.emails import digest as digest_mails
from verification.emails import notices as notice_mails
from verification.emails import proposals as proposal_mails
from verification.emails import reminders as reminder_mails
from verification.emails import webhooks as webhook_mails
from verification.models import Message, Reminder
from verification.models.choices import MessageKind
from verification.services import (
    account_notices,
    asking,
    digests,
    endpoints,
    notices,
    outlooks,
    reminders,
)
from verification.services.ahead import Ahead
from verification.services.routing import Routing


@dataclass(frozen=True, slots=True)
class Kind:
    """How messages of one kind are read, built, and taken apart.

    `alone` gives one item of a bundle a message of its own; none where a message is one thing.
    `hand_on` sees that somebody else is told, where the recipient can no longer be reached.
    """

    current: Callable[[Message, datetime], Sequence[Any]]
    build: Callable[[Message, Sequence[Any], datetime], EmailMultiAlternatives]
    alone: Callable[[Message, Any, datetime], Message] | None
    hand_on: Callable[[Sequence[Any], datetime], None]


@dataclass(frozen=True, slots=True)
class Content:
    """What of one message is current at `now`: reminders, story updates, one digest or one notice.

    `reachable` says whether a mail to its recipient can arrive at all.
    """

    message: Message
    items: Sequence[Any]
    now: datetime
    kind: Kind
    reachable: bool

    @property
    def divisible(self) -> bool:
        """Whether it can be sent in parts, when it cannot be rendered as one."""
        return self.kind.alone is not None and len(self.items) > 1

    def build(self) -> EmailMultiAlternatives:
        """The mail."""
        return self.kind.build(self.message, self.items, self.now)

    def divide(self) -> None:
        """Gives each item a message of its own, in the caller's transaction."""
        if self.kind.alone is not None:
            for item in self.items:
                self.kind.alone(self.message, item, self.now)

    def hand_on(self) -> None:
        """Sees that somebody else is told of what is current, in the caller's transaction."""
        self.kind.hand_on(self.items, self.now)


def read(message: Message, *, now: datetime, ahead: Ahead | None = None) -> Content:
    """What of the message is current, and whether its recipient can be reached.

    What was read `ahead` for the whole batch is taken where nothing has changed since.
    """
    if ahead is not None and ahead.rows(message) is not None and ahead.holds(message):
        found = read_before(message, now=now, ahead=ahead)
        if found is not None:
            return found
    kind = KINDS[message.kind]
    message.recipient.refresh_from_db(fields=["email", "is_active"])
    reachable = Routing().reaches(message.recipient)
    return Content(message, kind.current(message, now), now, kind, reachable)


def read_before(message: Message, *, now: datetime, ahead: Ahead) -> Content | None:
    """The same as it was read `ahead`, which may have changed since; none where it was not."""
    rows = ahead.rows(message)
    if rows is None:
        return None
    kind = replace(KINDS[message.kind], build=partial(_reminders_ahead, ahead))
    return Content(message, rows, now, kind, ahead.reaches(message))


def _reminders(message: Message, rows: Sequence[Reminder], now: datetime) -> EmailMultiAlternatives:
    found = outlooks.of_claims([row.claim for row in rows], now=now)
    return reminder_mails.reminders(message, rows, now, found)


def _reminders_ahead(
    ahead: Ahead, message: Message, rows: Sequence[Reminder], now: datetime
) -> EmailMultiAlternatives:
    return reminder_mails.reminders(message, rows, now, ahead.outlooks, ahead.may)


KINDS: dict[str, Kind] = {
    MessageKind.REMINDERS: Kind(
        current=lambda message, now: reminders.current(message),
        build=_reminders,
        alone=lambda message, row, now: reminders.make_message(message.recipient_id, [row.pk], now),
        hand_on=reminders.route_again,
    ),
    MessageKind.NOTICES: Kind(
        current=lambda message, now: notices.current(message),
        build=lambda message, rows, now: notice_mails.notices(message, rows),
        alone=lambda message, row, now: notices.make_message(message.recipient_id, [row.pk], now),
        hand_on=lambda rows, now: notices.take_back(rows),
    ),
    MessageKind.PROPOSALS: Kind(
        current=lambda message, now: asking.current(message),
        build=lambda message, rows, now: proposal_mails.proposals(message, rows),
        alone=lambda message, row, now: asking.make_message(message.recipient_id, [row.pk], now),
        hand_on=lambda rows, now: asking.take_back(rows),
    ),
    MessageKind.DIGEST: Kind(
        current=digests.current,
        build=lambda message, facts, now: digest_mails.digest(message, facts[0]),
        alone=None,
        # A digest is nobody's but its recipient's.
        hand_on=lambda facts, now: None,
    ),
    MessageKind.ACCOUNT: Kind(
        current=account_notices.current,
        build=lambda message, rows, now: account_mails.account(message, rows[0]),
        alone=None,
        # An account is nobody's but its user's.
        hand_on=lambda rows, now: None,
    ),
    MessageKind.WEBHOOK: Kind(
        current=lambda message, now: endpoints.current(message),
        build=lambda message, rows, now: webhook_mails.switched_off(message, rows[0]),
        alone=None,
        # Everybody who can mend it has a message of their own.
        hand_on=lambda rows, now: None,
    ),
}
