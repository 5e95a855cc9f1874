"""Messages that could not be sent and wait for somebody to look after them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, Left
from django.utils.translation import gettext as _

from verification.models import Message, Reminder, StoryUpdate, User
from verification.models.choices import MessageKind, MessageState
from verification.services import account_notices, ledger
from verification.services.errors import allow

#: The states from which nothing gets a message away but a person.
STATES = (MessageState.FAILED, MessageState.QUARANTINED)
#: A digest that is older has been overtaken by the next one.
DIGEST_HOLDS = timedelta(days=7)


def wanted(now: datetime) -> QuerySet[Message]:
    """The stuck messages that still matter, newest first.

    One does not where every claim in it was decided or has another deadline now, every story in it
    is updated, its week is over, its webhook is on again, or what it told of an account is old:
    then nobody misses it.
    """
    claims = Reminder.objects.filter(
        message=OuterRef("pk"), claim__verdict__isnull=True, claim__deadline=F("deadline")
    )
    stories = StoryUpdate.objects.filter(
        message=OuterRef("pk"), done_at__isnull=True, superseded_at__isnull=True
    )
    week = Q(kind=MessageKind.DIGEST, created_at__gt=now - DIGEST_HOLDS)
    webhook = Q(kind=MessageKind.WEBHOOK, webhook__switched_off_at__isnull=False)
    account = Q(kind=MessageKind.ACCOUNT, created_at__gt=now - account_notices.HOLDS)
    return all_stuck().filter(Exists(claims) | Exists(stories) | week | webhook | account)


def all_stuck() -> QuerySet[Message]:
    """Every message in one of the `STATES`, newest first, found by the index `message_stuck`."""
    # In the words of the index's condition: SQLite cannot know that a parameter matches it.
    words = ", ".join(f"'{state}'" for state in STATES)
    is_stuck = Func(
        F("state"), template=f"%(expressions)s IN ({words})", output_field=BooleanField()
    )
    return Message.objects.filter(is_stuck).order_by("-id")


@transaction.atomic
def put_away(*, actor: User, message: Message, now: datetime) -> bool:
    """Gives a stuck message up: it is not sent, and no alarm tells of it any more.

    False where it is not stuck. Raises PermissionDenied.
    """
    allow(actor, "change_message")
    ledger.hold()
    words = _("given up by %(name)s") % {"name": actor}
    gone = Message.objects.filter(pk=message.pk, state__in=STATES).update(
        state=MessageState.DROPPED,
        last_error=Left(
            Concat(Value(f"{words}\n"), F("last_error"), output_field=TextField()), 2000
        ),
    )
    if gone:
        ledger.append(
            actor=actor,
            action="message given up",
            now=now,
            content={"message": message.message_id, "user": message.recipient.username},
        )
    return bool(gone)
