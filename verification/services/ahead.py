"""Reads what a batch of messages holds in one go, and tells before each is sent whether it holds.

To read each message by itself takes a dozen queries, to read fifty together takes hardly more. But
a batch takes a while, and what was read at its beginning may have gone at its end. So the marks of
everything that could make a message stale are read first, and again just before it is sent: where
they are the same, so is what was read; where they are not, the message is read anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Lower

from verification.domain.outlook import Outlook
from verification.emails import links
from verification.models import Claim, Message, Reminder, Snooze, Suppression, User
from verification.models.choices import MessageKind
from verification.services import outlooks, reminders
from verification.services.routing import Routing, holders

#: Of each reminder in a message: its number, the version of its claim, and whether its recipient
#: can be reached, where, sleeps, or was told of something later.
Marks = tuple[tuple[object, ...], ...]


def marks(messages: Iterable[Message]) -> Mapping[int, Marks]:
    """The marks of each message of reminders, by primary key. One query."""
    rows = _marks().filter(message__in=[message.pk for message in messages])
    found: dict[int, list[tuple[object, ...]]] = defaultdict(list)
    for message, *mark in rows:
        found[message].append(tuple(mark))
    return {message: tuple(of) for message, of in found.items()}


def marks_of(message: Message) -> Marks:
    """The marks of one message: the same, asked for every mail and so without the ORM.

    Django would take longer to write the query down anew than the database takes to answer it.
    """
    statement, parameters = _statement(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, message.pk])
        return tuple(tuple(row[1:]) for row in cursor.fetchall())


@cache
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The query of `marks` as SQL, and its parameters but for the last one: the message."""
    statement, parameters = _marks().filter(message=0).query.sql_with_params()
    return str(statement), tuple(parameters[:-1])


def _marks() -> QuerySet[Reminder, tuple[Any, ...]]:
    asleep = Snooze.objects.filter(
        claim=OuterRef("claim"), user=OuterRef("recipient"), ended_at__isnull=True
    )
    later = Reminder.objects.filter(
        claim=OuterRef("claim"),
        recipient=OuterRef("recipient"),
        deadline=OuterRef("deadline"),
        created_at__gt=OuterRef("created_at"),
    )
    refused = Suppression.objects.filter(address=Lower(OuterRef("recipient__email")))
    return (
        Reminder.objects.order_by("message_id", "pk")
        .annotate(version=F("claim__version"), active=F("recipient__is_active"))
        .annotate(asleep=Exists(asleep), later=Exists(later), refused=Exists(refused))
        .values_list(
            "message_id", "pk", "version", "active", "recipient__email",
            "asleep", "later", "refused",
        )
    )  # fmt: skip


class Ahead:
    """What the reminders of a batch are, as read at its beginning."""

    def __init__(self, batch: Sequence[Message], now: datetime) -> None:
        messages = [message for message in batch if message.kind == MessageKind.REMINDERS]
        # Before anything else: what changes from here on is noticed.
        self._marks = dict(marks(messages)) if messages else {}
        self._rows = reminders.current_of(messages) if messages else {}
        self._routing = Routing()
        self._holds = holders([message.recipient for message in messages], links.ASKED)
        claims = [row.claim for rows in self._rows.values() for row in rows]
        self.outlooks: Mapping[int, Outlook] = outlooks.of_claims(claims, now=now)

    def reaches(self, message: Message) -> bool:
        """Whether the recipient of a message that was read ahead can be reached."""
        return self._routing.reaches(message.recipient)

    def may(self, action: links.Action, claim: Claim, user: User) -> bool:
        """Whether a link of this action is printed in the user's mail."""
        return links.may(action, claim, user, self._holds)

    def rows(self, message: Message) -> list[Reminder] | None:
        """The reminders of the message as they were read; none where it has to be read by itself.

        Whether they still are what they were, `holds` tells.
        """
        return self._rows[message.pk] if message.pk in self._marks else None

    def holds(self, message: Message) -> bool:
        """Whether what was read of the message is still so. If not, it is never taken again."""
        if marks_of(message) == self._marks.get(message.pk):
            return True
        self._marks.pop(message.pk, None)
        return False
