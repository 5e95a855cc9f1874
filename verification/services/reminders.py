"""The sweep: finds who has to be told what by now, and bundles it into messages.

The sweep reads state and nothing else. It asks which stage of its ladder a claim has reached, never
whether today equals a date; so after three days of silence it finds the one stage that is current
and not the three that were missed. Running it twice, or twice at once, changes nothing: a reminder
is unique on claim, deadline, stage and recipient.

1. `Claim.next_reminder_at` gives the claims to look at, by a partial index: the cost follows what
is
   due, not what is open.
2. For each, the current step for its owner and for its beat's editor becomes a reminder.
3. All reminders of one recipient without a message go into one message.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from verification import newsroom
from verification.domain import deadlines
from verification.emails.base import new_message_id
from verification.models import Claim, Message, Reminder, User
from verification.services import schedule
from verification.services.routing import Routing

log = logging.getLogger(__name__)

#: Claims looked at in one transaction: few enough that nobody waits long for the lock.
CLAIMS_AT_ONCE = 500
#: Claims listed in one message. Beyond this nobody reads on, and mail servers object to the header.
BUNDLE_MAX = 200
#: How soon a claim that nobody can be told of is looked at again.
UNREACHABLE_AGAIN = timedelta(hours=1)
#: Stages before the deadline, which a recipient may do without.
OPTIONAL_STAGES = frozenset({"heads-up"})


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
    claims = list(
        Claim.objects.due(now).select_related("assignee", "logged_by", "beat__editor")[
            :CLAIMS_AT_ONCE
        ]
    )
    routing = Routing()
    rows: list[Reminder] = []
    looked_at: dict[tuple[date, datetime | None], list[int]] = defaultdict(list)
    unreachable = 0
    for claim in claims:
        owners = routing.owners(claim)
        if not owners:
            unreachable += 1
            log.error("claim %s is due and nobody can be told of it", claim.slug)
            looked_at[claim.deadline, now + UNREACHABLE_AGAIN].append(claim.pk)
            continue
        rows += _reminders(claim, owners, routing, now)
        looked_at[claim.deadline, schedule.next_look(claim.deadline, now)].append(claim.pk)
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    for (deadline, next_at), pks in looked_at.items():
        # A deadline that moved, or a verdict that landed, has set the next look itself.
        Claim.objects.filter(
            pk__in=pks, deadline=deadline, verdict__isnull=True, next_reminder_at__lte=now
        ).update(next_reminder_at=next_at)
    return len(claims), len(rows), unreachable


def _reminders(claim: Claim, owners: list[User], routing: Routing, now: datetime) -> list[Reminder]:
    """The claim's current reminders: for each owner, and for the beat's editor if different."""
    hour, zone = newsroom.reminder_hour(), newsroom.zone()
    told: dict[int, tuple[User, str]] = {}
    step = deadlines.current_step(claim.deadline, now, hour, zone, "owner")
    if step is not None:
        told = {user.pk: (user, step.stage) for user in owners}
    step = deadlines.current_step(claim.deadline, now, hour, zone, "editor")
    chief = claim.beat.editor
    if step is not None and chief is not None and routing.reaches(chief):
        told.setdefault(chief.pk, (chief, step.stage))
    return [
        Reminder(claim=claim, deadline=claim.deadline, stage=stage, recipient=user, created_at=now)
        for user, stage in told.values()
        if stage not in OPTIONAL_STAGES or stage not in user.muted_stages
    ]


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
    message = Message.objects.create(
        recipient_id=recipient,
        message_id=new_message_id(),
        created_at=now,
        next_attempt_at=now,
    )
    Reminder.objects.filter(pk__in=list(reminders)).update(message=message)
    return message


def current(message: Message) -> list[Reminder]:
    """The reminders of the message that still hold, most urgent first.

    One does not where its claim was decided, its deadline has moved, or a later
    stage has taken its place while the message could not be sent.
    """
    rows = list(
        message.reminders.select_related("claim__beat", "claim__assignee", "claim__logged_by")
        .prefetch_related("claim__reports__source", "claim__reports__via")
        .order_by("deadline", "id")
    )
    live = [row for row in rows if not row.claim.outcome and row.claim.deadline == row.deadline]
    newest: dict[int, int] = dict(
        Reminder.objects.filter(
            recipient=message.recipient_id, claim__in=[row.claim_id for row in live]
        )
        .order_by("id")
        .values_list("claim_id", "id")
    )
    return [row for row in live if newest[row.claim_id] == row.pk]
