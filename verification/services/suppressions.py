"""Addresses that a mail server refused for good: nothing more is sent there, and others are told.

An address is suppressed only where the answer says that the address itself is no good; what else a
server may object to (the sender, the content, a full mailbox) fails one message and no more.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from verification.models import Claim, Message, Reminder, Suppression, User
from verification.models.choices import MessageState
from verification.services import ledger, looks
from verification.services.errors import allow

#: An enhanced status code (RFC 3463, 2034) at the head of an answer: class, subject, detail.
_ENHANCED = re.compile(rb"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
#: Subject and detail of what is wrong with the address for good. From RFC 3463: no such mailbox
#: (1.0, 1.1), no such host (1.2), bad syntax (1.3), moved away (1.6), disabled (2.1); from
#: RFC 7505: the domain takes no mail (1.10). Left out: ambiguous (1.4), the sender's own address
#: (1.7, 1.8), full (2.2), too long (2.3), and all of system, network, protocol, content, policy.
_ADDRESS = frozenset({(1, 0), (1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1)})
#: The same where the server gives no enhanced code, from RFC 5321 and 7504: mailbox unavailable,
#: not local, name not allowed, domain takes no mail. Not 552 (full), nor 554 (anything at all).
_BARE = frozenset({550, 551, 553, 556})


def is_hard(error: Exception) -> bool:
    """Whether the answer says that the recipient's address is no good, and will not become so."""
    answer = _answer(error)
    if answer is None or answer[0] < 500:
        return False
    code, text = answer
    enhanced = _ENHANCED.match(text)
    if enhanced is None:
        return code in _BARE
    kind, subject, detail = (int(part) for part in enhanced.groups())
    return kind == 5 and (subject, detail) in _ADDRESS


def _answer(error: Exception) -> tuple[int, bytes] | None:
    """Code and text of a refusal after RCPT TO, which alone is about the recipient."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return None
    # One recipient a message, so one answer.
    for code, text in error.recipients.values():
        return int(code), text if isinstance(text, bytes) else str(text).encode()
    return None


def after_refusal(*, message: Message, error: Exception, now: datetime) -> None:
    """What follows from a permanent refusal of `message`. Must be called inside a transaction.

    Whoever is next in line is told at once; and where the address is no good, it is suppressed.
    """
    answer = _answer(error)
    if answer is None or answer[0] < 500:
        return
    if is_hard(error):
        said = f"{answer[0]} {answer[1].decode(errors='replace')}"[:2000]
        suppress(address=message.recipient.email, reason=said, message=message, now=now)
    _look_again(recipients=[message.recipient_id], message=message, now=now)


@transaction.atomic
def suppress(*, address: str, reason: str, message: Message | None, now: datetime) -> None:
    """Sends nothing more to `address`, whatever its case; its claims are looked at again at once.

    `reason` is what the mail server said. An address that is suppressed already stays so.
    """
    ledger.hold()
    _row, new = Suppression.objects.get_or_create(
        address=_key(address), defaults={"since": now, "reason": reason, "message": message}
    )
    if not new:
        return
    holders = list(User.objects.filter(email__iexact=address).order_by("pk"))
    # The ledger is exported: it says whose address, not the address.
    ledger.append(
        actor=None,
        action="address refused",
        now=now,
        content={"users": [user.username for user in holders]},
    )
    _look_again(recipients=[user.pk for user in holders], message=message, now=now)


def _look_again(*, recipients: list[int], message: Message | None, now: datetime) -> None:
    """Has the sweep look at the undecided claims of which these recipients will not hear.

    Those in the message that was refused, and those in others that are not sent.
    """
    unsent = Q(message__isnull=True) | Q(message__state=MessageState.PENDING)
    told = Reminder.objects.filter(
        Q(message=message) | unsent if message else unsent, recipient__in=recipients
    )
    claims = told.filter(claim__deadline=F("deadline")).values("claim")
    looks.at(Claim.objects.filter(pk__in=claims), now)


@transaction.atomic
def lift(*, actor: User, user: User, now: datetime) -> bool:
    """Sends mail to the user's address again. False where it was not suppressed.

    Raises PermissionDenied.
    """
    allow(actor, "delete_suppression")
    return lift_address(actor=actor, user=user, address=user.email, now=now)


def lift_address(*, actor: User, user: User, address: str, now: datetime) -> bool:
    """Forgets that `address`, which is or was the user's, was refused. False where it was not.

    For services that have asked for a permission of their own. Must be called inside a
    transaction.
    """
    ledger.hold()
    gone, _rows = Suppression.objects.filter(address=_key(address)).delete()
    if not gone:
        return False
    ledger.append(
        actor=actor, action="address accepted again", now=now, content={"users": [user.username]}
    )
    look_at_unreachable(now=now)
    return True


def reach_changed(*, actor: User, user: User, before: str, now: datetime) -> None:
    """What follows from a change of the user's address (which was `before`), role or access.

    A refusal of the address of before is forgotten, unless somebody still has that address. Must be
    called inside the transaction of the change.
    """
    if before and not User.objects.filter(email__iexact=before).exists():
        lift_address(actor=actor, user=user, address=before, now=now)
    look_at_unreachable(now=now)


def look_at_unreachable(*, now: datetime) -> None:
    """Has the sweep look again at the claims of which nobody could be told: now somebody may be."""
    Claim.objects.undecided().filter(unreachable_since__isnull=False).update(next_reminder_at=now)


def of(users: Iterable[User]) -> dict[int, Suppression]:
    """The refusals of the users' addresses, by the users' primary keys; one query."""
    keys = {user.pk: _key(user.email) for user in users if user.email}
    rows = {row.address: row for row in Suppression.objects.filter(address__in=keys.values())}
    return {pk: rows[key] for pk, key in keys.items() if key in rows}


def refused_users() -> list[User]:
    """The active users whose address is suppressed, by name."""
    refused = set(Suppression.objects.values_list("address", flat=True))
    if not refused:
        return []
    people = User.objects.filter(is_active=True).exclude(email="").order_by("username")
    return [user for user in people if _key(user.email) in refused]


def _key(address: str) -> str:
    """An address as it is compared: without regard to case."""
    return address.strip().casefold()
