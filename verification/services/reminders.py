"""The sweep: finds who has to be told what by now, and bundles it into messages.

The sweep reads state and nothing else. It asks which stage of its ladder a claim has reached, never
whether today equals a date; so after three days of silence it finds the one stage that is current
and not the three that were missed. Running it twice, or twice at once, changes nothing: a reminder
is unique on claim, deadline, stage and recipient.

1. `Claim.next_reminder_at` gives the claims to look at, by a partial index: the cost follows what
   is due, not what is open.
2. For each, `plans` says who is told of which stage; that becomes a reminder.
3. All reminders of one recipient without a message go into one message.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch, Q

from verification.models import Claim, Message, Reminder, Report, Snooze
from verification.models.choices import MessageKind, MessageState
from verification.services import looks, outbox
from verification.services.plans import OVER, Batch, Plan

log = logging.getLogger(__name__)

#: Claims looked at in one transaction: few enough that nobody waits long for the lock.
CLAIMS_AT_ONCE = 500
#: Who reported a claim, as a mail tells it.
_REPORTED = Prefetch(
    "claim__reports",
    Report.objects.only("claim", "source", "via").prefetch_related("source", "via"),
)
#: Claims listed in one message. Beyond this nobody reads on, and mail servers object to the header.
BUNDLE_MAX = 200


@dataclass(slots=True)
class Sweep:
    """What one sweep found. `unreachable` claims have nobody who could be told of them."""

    claims: int = 0
    reminders: int = 0
    messages: int = 0
    unreachable: int = 0


def sweep(*, now: datetime) -> Sweep:
    """Does one full sweep as of `now` and says what it found."""
    found = Sweep()
    while True:
        looked, reminders, unreachable = _look(now)
        found.claims += looked
        found.reminders += reminders
        found.unreachable += unreachable
        if looked < CLAIMS_AT_ONCE:
            break
    found.messages = bundle(now=now)
    return found


@transaction.atomic
def _look(now: datetime) -> tuple[int, int, int]:
    """Makes one batch of claims' reminders. Returns claims, reminders, unreachable claims."""
    # Held to the end, so that a deadline that moves, a verdict that lands or a snooze that ends is
    # either seen here or comes after. What another sweep holds is that one's to look at.
    claims = list(
        Claim.objects.due(now)
        .select_related("assignee", "logged_by", "beat__editor")
        .prefetch_related("beat__rungs")
        .select_for_update(skip_locked=True, of=("self",), no_key=True)[:CLAIMS_AT_ONCE]
    )
    if not claims:
        return 0, 0, 0
    plans = Batch(claims, now).plans()
    made = _make(plans, now)
    looked_at: dict[tuple[datetime | None, datetime | None], list[int]] = defaultdict(list)
    for plan in plans:
        since = None
        if plan.unreachable:
            log.error("claim %s is due and nobody can be told of it", plan.claim.slug)
            since = plan.claim.unreachable_since or now
        looked_at[plan.next_at, since].append(plan.claim.pk)
    # As many statements as there are mornings to come, however many claims there are.
    for (next_at, since), pks in looked_at.items():
        Claim.objects.filter(pk__in=pks).update(next_reminder_at=next_at, unreachable_since=since)
    return len(claims), made, sum(plan.unreachable for plan in plans)


def _make(plans: Sequence[Plan], now: datetime) -> int:
    """Makes the reminders that are planned, ends the snoozes that are over. Returns how many."""
    rows = [
        Reminder(
            claim=plan.claim,
            deadline=plan.claim.deadline,
            stage=stage,
            recipient=user,
            created_at=now,
        )
        for plan in plans
        for user, stage in plan.told
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    again = [pk for plan in plans for pk in plan.again]
    woken = [snooze.pk for plan in plans for snooze in plan.woken.values()]
    # What is told once more is a new obligation, under the same name.
    Reminder.objects.filter(pk__in=again, message__state__in=OVER).update(
        message=None, created_at=now
    )
    Snooze.objects.filter(pk__in=woken, ended_at__isnull=True).update(ended_at=now)
    return len(rows) + len(again)


def bundle(*, now: datetime) -> int:
    """Puts every reminder that has no message into one, by recipient. Returns the messages made."""
    waiting = Reminder.objects.filter(message__isnull=True)
    recipients = list(waiting.order_by("recipient").values_list("recipient", flat=True).distinct())
    return sum(_bundle_for(recipient, now) for recipient in recipients)


@transaction.atomic
def _bundle_for(recipient: int, now: datetime) -> int:
    pks = list(
        Reminder.objects.select_for_update()
        .filter(recipient=recipient, message__isnull=True)
        .order_by("id")
        .values_list("pk", flat=True)
    )
    made = 0
    for start in range(0, len(pks), BUNDLE_MAX):
        make_message(recipient, pks[start : start + BUNDLE_MAX], now)
        made += 1
    return made


def make_message(recipient: int, reminders: Iterable[int], now: datetime) -> Message:
    """A pending message to `recipient` that lists these reminders (primary keys)."""
    message = outbox.pending(MessageKind.REMINDERS, recipient, now)
    message.save(force_insert=True)
    Reminder.objects.filter(pk__in=list(reminders)).update(message=message)
    return message


def withdraw(claim: Claim) -> None:
    """Takes back what was not sent yet of a claim that was decided, or whose deadline has moved.

    Were it kept, the claim would count as told of should it be reopened, or its deadline be moved
    back. Call it inside the transaction of the change.
    """
    claim.reminders.filter(
        Q(message__isnull=True) | Q(message__state=MessageState.PENDING)
    ).delete()


@transaction.atomic
def route_again(rows: Sequence[Reminder], now: datetime) -> None:
    """Has the next sweep tell somebody else of claims whose recipient can no longer be reached."""
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).delete()
    looks.at(Claim.objects.filter(pk__in=[row.claim_id for row in rows]), now)


def current(message: Message) -> list[Reminder]:
    """The reminders of one message that still hold."""
    return current_of([message])[message.pk]


def current_of(messages: Sequence[Message]) -> dict[int, list[Reminder]]:
    """The reminders that still hold, by message (primary key); those of each by deadline.

    One does not where its claim was decided, its deadline has moved, a later stage has taken its
    place while the message could not be sent, or the recipient has put the claim off since. Takes
    the same number of queries for one message as for a batch.
    """
    found: dict[int, list[Reminder]] = {message.pk: [] for message in messages}
    rows = list(
        Reminder.objects.filter(message__in=found)
        .select_related("claim")
        # A batch has many claims of few beats and sources: each of these is read once.
        .prefetch_related("claim__beat", _REPORTED)
        .order_by("deadline", "id")
    )
    claims = {row.claim_id for row in rows}
    recipients = {row.recipient_id for row in rows}
    # One that is over and was not ended yet counts as well: the sweep that ends it tells anew.
    asleep = set(
        Snooze.objects.filter(
            user__in=recipients, claim__in=claims, ended_at__isnull=True
        ).values_list("user_id", "claim_id")
    )
    newest = {
        (recipient, claim, deadline): pk
        for recipient, claim, deadline, pk in Reminder.objects.filter(
            recipient__in=recipients, claim__in=claims
        )
        .order_by("created_at", "id")
        .values_list("recipient_id", "claim_id", "deadline", "id")
    }
    for row in rows:
        claim = row.claim
        if (
            not claim.outcome
            and claim.deadline == row.deadline
            and (row.recipient_id, row.claim_id) not in asleep
            and newest[row.recipient_id, row.claim_id, row.deadline] == row.pk
        ):
            found[row.message_id].append(row)  # type: ignore[index]  # it has a message
    return found
