"""What a user is told of the own account: somebody tried to get in, something was changed.

Whatever happens leaves a notice; the sweep puts it into a message of its own. What a message says,
a link for a new password above all, is made when it is sent and is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from verification.models import AccountNotice, Message, User
from verification.models.choices import AccountEvent, MessageKind
from verification.services import outbox
from verification.services.routing import Routing

#: Who has not got the link for a new password by then asks again.
RESET_HOLDS = timedelta(hours=1)
#: Yesterday's news: a mail server that was down for so long brings nothing that helps.
HOLDS = timedelta(days=2)
KEPT = timedelta(days=30)
#: Made in one go.
MOST = 200


def leave(*, user: User | None, event: AccountEvent, address: str, now: datetime) -> None:
    """Notes what the user is to be told of. `address` is whence it was done; may be empty."""
    AccountNotice.objects.create(user=user, event=event, at=now, address=address)


@transaction.atomic
def bundle(*, now: datetime) -> int:
    """Puts each notice that nobody was told of into a message. Returns how many there are.

    What is for nobody, or for somebody who may not sign in or has no address, is deleted.
    """
    untold = list(
        AccountNotice.objects.select_for_update(of=("self",))
        .filter(message__isnull=True)
        .select_related("user")
        .order_by("at", "pk")[:MOST]
    )
    if not untold:
        return 0
    routing, made = Routing(), 0
    for notice in untold:
        user = notice.user
        if user is None or not user.is_staff or not routing.reaches(user):
            notice.delete()
            continue
        notice.message = outbox.pending(MessageKind.ACCOUNT, user.pk, now)
        notice.message.save(force_insert=True)
        notice.save(update_fields=["message"])
        made += 1
    return made


def current(message: Message, now: datetime) -> Sequence[AccountNotice]:
    """What of the message is still worth saying."""
    notice = AccountNotice.objects.filter(message=message).first()
    if notice is None or not message.recipient.is_active:
        return []
    holds = RESET_HOLDS if notice.event == AccountEvent.RESET else HOLDS
    return [notice] if notice.at > now - holds else []


def sweep(*, now: datetime) -> int:
    """Deletes the notices of which somebody was told long ago; their messages stay."""
    return AccountNotice.objects.filter(at__lt=now - KEPT, message__isnull=False).delete()[0]
