"""Deliveries: sends what webhooks are to be told, outside any transaction.

The promise is that of the mail: *at least once, never silently lost*; a rare duplicate carries the
same `webhook-id`. What can be sent is leased as the mail is, in batches of its own, so that no slow
receiver holds a mail up; and a receiver that fails keeps no other waiting.
"""

from __future__ import annotations

import logging
import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from tracker import measures
from tracker.tally import tally
from verification.domain import signing
from verification.models import Delivery, User, Webhook
from verification.models.choices import MessageState, SwitchedOff, WebhookEvent
from verification.newsroom import Clock
from verification.services import endpoints, ledger, outbox, posting, webhooks
from verification.services.connecting import Net
from verification.services.errors import allow
from verification.services.leases import Leases
from verification.services.posting import Reply

log = logging.getLogger(__name__)

BATCH = 10
#: After so many seconds a batch gives its rest back; the attempt at hand ends within its own time.
LONGEST_BATCH = timedelta(seconds=30)
#: How long a receiver that failed is left alone, whatever else waits for it.
PAUSE = timedelta(minutes=1)
#: For so long the log has what was told, and can send it again.
KEPT = timedelta(days=90)
#: Rows that one sweep forgets at most, so that none of it takes long.
FORGOTTEN_AT_ONCE = 1000


def lease_length() -> timedelta:
    """How long a lease holds: three waits for a receiver."""
    return 3 * timedelta(seconds=posting.SECONDS)


queue: Leases[Delivery] = Leases(Delivery, related=(), length=lease_length)


def wanted(now: datetime) -> bool:
    """Whether a worker is to be woken: something is due, and nobody is at it."""
    busy = Delivery.objects.filter(state=MessageState.PENDING, lease_until__gt=now)
    return queue.due(now, most=1) > 0 and not busy.exists()


def deliver_batch(*, clock: Clock, net: Net | None = None) -> Counter[str]:
    """Leases a batch and sends it. Empty where there was nothing to send.

    Returns how many deliveries came to each state; "put back" are those to be tried again, and
    "lost" those that another worker has taken over.
    """
    done: Counter[str] = Counter()
    batch: Sequence[Delivery] = queue.lease(now=clock(), size=BATCH)
    end = clock() + LONGEST_BATCH
    troubled: set[int] = set()
    while batch:
        now, first = clock(), batch[0]
        if now > end:
            done["put back"] += queue.put_back(batch, now)
            break
        if not queue.hold(batch, now):
            ours = queue.put_back(batch, now)
            done.update({"put back": ours, "lost": len(batch) - ours})
            break
        if first.webhook_id in troubled:
            became, failed = "put back", False
            queue.put_back([first], now, wait=PAUSE)
        else:
            became, failed = _deliver(first, clock, net)
        if failed:
            troubled.add(first.webhook_id)
            waiting = queue.free(clock()).filter(webhook=first.webhook_id)
            waiting.update(next_attempt_at=clock() + PAUSE)
        done[became] += 1
        batch = batch[1:]
    return +done


def _deliver(delivery: Delivery, clock: Clock, net: Net | None) -> tuple[str, bool]:
    """Sends one delivery and marks it: what became of it, and whether its receiver failed."""
    if delivery.attempts > signing.ATTEMPTS_MAX:
        _mark(delivery, MessageState.QUARANTINED)
        return MessageState.QUARANTINED, False
    delivery = Delivery.objects.select_related("webhook", "claim").get(pk=delivery.pk)
    is_test = delivery.event == WebhookEvent.TEST
    hidden = delivery.claim is not None and not delivery.claim.public
    if hidden or (delivery.webhook.switched_off_at is not None and not is_test):
        _mark(delivery, MessageState.DROPPED)
        return MessageState.DROPPED, False
    reply = posting.post(delivery.webhook, delivery, clock(), net)
    return _after(delivery, reply, clock()), not reply.taken


def _after(delivery: Delivery, reply: Reply, now: datetime) -> str:
    """Marks a delivery that was tried: sent, failed for good, or to be tried again."""
    told = {
        "tried_at": now,
        "status": reply.status,
        "fault": reply.fault,
        "answer": reply.text,
    }
    if reply.taken:
        _mark(delivery, MessageState.SENT, sent_at=now, **told)
        return MessageState.SENT
    log.warning(
        "delivery %s to webhook %s was not taken (attempt %s): %s",
        delivery.pk, delivery.webhook_id, delivery.attempts, reply.status or reply.fault,
    )  # fmt: skip
    if delivery.event == WebhookEvent.TEST:
        _mark(delivery, MessageState.FAILED, **told)
        return MessageState.FAILED
    wait = signing.wait(delivery.attempts, delivery.message_id)
    if reply.status != posting.GONE and wait is not None:
        queue.put_back([delivery], now, wait=wait, counted=True, **told)
        tally.count(measures.DELIVERIES, delivery.event, outbox.RETRIED)
        return "put back"
    with transaction.atomic():
        ledger.hold()
        if _mark(delivery, MessageState.FAILED, **told):
            if reply.status == posting.GONE:
                endpoints.give_up(delivery.webhook, SwitchedOff.GONE, now)
            elif not _took_another(delivery):
                endpoints.give_up(delivery.webhook, SwitchedOff.FAILING, now)
    return MessageState.FAILED


def _mark(delivery: Delivery, state: str, **changes: object) -> bool:
    """Writes the state, if the lease is still ours. False where another worker has taken over."""
    marked = queue.mark(delivery, state, **changes)
    if marked:
        tally.count(measures.DELIVERIES, delivery.event, state)
    return marked


def _took_another(delivery: Delivery) -> bool:
    """Whether the webhook took anything since: then it is this one payload that it refuses."""
    others = Delivery.objects.filter(webhook=delivery.webhook_id, state=MessageState.SENT)
    return others.exclude(event=WebhookEvent.TEST).filter(sent_at__gte=delivery.created_at).exists()


def sweep(*, now: datetime) -> int:
    """Forgets what was told, dropped or given up long ago; returns how many rows."""
    over = Delivery.objects.filter(next_attempt_at__isnull=True, created_at__lt=now - KEPT)
    oldest = over.order_by("created_at").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE]
    return Delivery.objects.filter(pk__in=list(oldest)).delete()[0]


# --- By hand --------------------------------------------------------------------------------------


def send_test(*, actor: User, webhook: Webhook, clock: Clock, net: Net | None = None) -> Delivery:
    """Sends a test at once, in the way of all deliveries, and returns it as it ended.

    It is tried once, of a webhook that is switched off too. Never call it in a transaction: it
    waits for the receiver. Raises PermissionDenied.
    """
    allow(actor, "change_webhook")
    now = clock()
    webhook = Webhook.objects.get(pk=webhook.pk)
    delivery = webhooks.make(webhook, WebhookEvent.TEST, {}, now, claim=None)
    # Taken from its beginning on: no worker sends it as well.
    delivery.lease_token, delivery.lease_until = uuid.uuid4(), now + lease_length()
    delivery.attempts = 1
    delivery.save(force_insert=True)
    _deliver(delivery, clock, net)
    delivery.refresh_from_db()
    return delivery


@transaction.atomic
def send_again(*, actor: User, delivery: Delivery, now: datetime) -> bool:
    """Puts a delivery back that is not pending, to be sent at once under its own `webhook-id`.

    False where it is pending already, or is a test. Raises PermissionDenied.
    """
    allow(actor, "change_webhook")
    ledger.hold()
    rows = Delivery.objects.filter(pk=delivery.pk).exclude(state=MessageState.PENDING)
    back = rows.exclude(event=WebhookEvent.TEST).update(
        state=MessageState.PENDING,
        attempts=0,
        next_attempt_at=now,
        lease_token=None,
        lease_until=None,
    )
    if back:
        ledger.append(
            actor=actor,
            action="delivery put back",
            now=now,
            content={"name": delivery.webhook.name, "message": delivery.message_id},
        )
    return bool(back)
