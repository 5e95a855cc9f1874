"""What the database and the broker tell an operator: how much waits, and for how long.

Asked every few seconds for years, so each figure is a look-up by an index that ends after `MOST`
rows; nothing is counted that could be a million. What is above reads as `MOST`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from verification import newsroom
from verification.models import Claim, ClaimCount, Delivery, Heartbeat, Message, Webhook
from verification.services import alarms, broker

#: How far anything is counted.
MOST = 5_000
#: What is told of claims that nobody has decided.
UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Gauge:
    """A figure of this moment, or one for each combination of its labels' values."""

    name: str
    help: str
    labels: tuple[str, ...]
    values: Mapping[tuple[str, ...], float]


def one(name: str, explained: str, value: float) -> Gauge:
    """A figure without labels."""
    return Gauge(name, explained, (), {(): float(value)})


def of_the_database(now: datetime) -> Iterable[Gauge]:
    """What the database tells. Raises Django's database errors."""
    yield from _of_processes(now)
    yield from _of_mail(now)
    yield from _of_claims(now)
    yield from _of_webhooks(now)


def _of_processes(now: datetime) -> Iterable[Gauge]:
    yield Gauge(
        "borneout_process_last_seen_timestamp_seconds",
        "When a process last gave a sign of life; sweep: when a sweep last came to its end.",
        ("process",),
        {(name,): at.timestamp() for name, at in Heartbeat.objects.values_list("name", "at")},
    )
    first = Claim.objects.undecided().filter(next_reminder_at__lte=now)
    due = first.order_by("next_reminder_at").values_list("next_reminder_at", flat=True).first()
    yield one(
        "borneout_sweep_lag_seconds",
        "For how long the sweep owes a look at a claim; 0 where it owes none.",
        _age(due, now),
    )


def _of_mail(now: datetime) -> Iterable[Gauge]:
    found = alarms.state(now)
    yield one(
        "borneout_oldest_unsent_message_age_seconds",
        "For how long the oldest message has waited since it was due; 0 where none waits.",
        found.waits.total_seconds() if found.waits else 0,
    )
    waiting = Message.objects.filter(next_attempt_at__isnull=False)
    yield Gauge(
        "borneout_messages_pending",
        f"Messages that are yet to be sent, by kind; counted up to {MOST}.",
        ("kind",),
        _tallied(waiting, "kind"),
    )
    yield one(
        "borneout_messages_stuck",
        f"Messages that failed and nobody has looked after; counted up to {alarms.MOST}.",
        found.stuck.count,
    )
    yield one(
        "borneout_users_refused",
        f"Users whose address takes no mail; counted up to {alarms.MOST}.",
        found.refused.count,
    )
    yield one(
        "borneout_claims_unreachable",
        f"Claims that are due and of which nobody can be told; counted up to {alarms.MOST}.",
        found.unreachable.count,
    )


def _of_claims(now: datetime) -> Iterable[Gauge]:
    kept: Counter[tuple[str, ...]] = Counter()
    for outcome, number in ClaimCount.objects.values_list("outcome", "number"):
        kept[(outcome or UNDECIDED,)] += number
    yield Gauge(
        "borneout_claims", "Claims, internal ones too, by their outcome.", ("outcome",), kept
    )
    yield one(
        "borneout_claims_awaiting_verdict",
        f"Claims whose deadline has passed and that nobody has decided; counted up to {MOST}.",
        _counted(Claim.objects.awaiting(newsroom.day(now)).order_by("deadline", "id")),
    )


def _of_webhooks(now: datetime) -> Iterable[Gauge]:
    waiting = Delivery.objects.filter(next_attempt_at__isnull=False)
    yield one(
        "borneout_webhook_deliveries_pending",
        f"What webhooks are yet to be told, further attempts too; counted up to {MOST}.",
        _counted(waiting.order_by("next_attempt_at")),
    )
    due = waiting.filter(next_attempt_at__lte=now).order_by("next_attempt_at")
    yield one(
        "borneout_webhook_delivery_lag_seconds",
        "For how long the oldest delivery that is due has waited; 0 where none is.",
        _age(due.values_list("next_attempt_at", flat=True).first(), now),
    )
    off = Webhook.objects.filter(switched_off_at__isnull=False).order_by("id")
    yield Gauge(
        "borneout_webhooks_switched_off",
        "Webhooks that are told nothing any more, by the reason.",
        ("why",),
        _tallied(off, "switched_off_why"),
    )


def of_the_broker() -> Iterable[Gauge]:
    """What the broker tells, and whether it answers at all."""
    found = broker.depth()
    yield one("borneout_broker_up", "Whether the broker answers.", found is not None)
    waiting = {} if found is None else found.waiting
    yield Gauge(
        "borneout_queue_tasks",
        "Tasks that wait in the broker, by queue.",
        ("queue",),
        {(queue,): number for queue, number in waiting.items()},
    )
    yield Gauge(
        "borneout_queue_unacknowledged_tasks",
        "Tasks that workers have and have not acknowledged.",
        (),
        {} if found is None else {(): found.unacknowledged},
    )


def _age(since: datetime | None, now: datetime) -> float:
    return max((now - since).total_seconds(), 0.0) if since else 0.0


def _counted(rows: QuerySet[Any]) -> int:
    return len(rows.values_list("pk", flat=True)[:MOST])


def _tallied(rows: QuerySet[Any], column: str) -> Mapping[tuple[str, ...], float]:
    found: Counter[str] = Counter(rows.values_list(column, flat=True)[:MOST])
    return {(value,): number for value, number in found.items()}
