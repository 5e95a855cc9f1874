"""What database and broker tell an operator, in a bounded number of look-ups."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tracker import broker as embedded
from verification.models import Claim, Delivery, Message, Webhook
from verification.models.choices import SwitchedOff
from verification.services import gauges, pulse, sweeping

NOW = datetime(2026, 4, 3, 12, tzinfo=UTC)
MINUTES = timedelta(minutes=1)

pytestmark = pytest.mark.django_db


def told(name: str) -> dict[tuple[str, ...], float]:
    (found,) = (each for each in gauges.of_the_database(NOW) if each.name == name)
    return dict(found.values)


def value(name: str) -> float:
    return told(name)[()]


def message(age: timedelta, kind: str = "reminders", state: str = "pending") -> Message:
    return Message.objects.create(
        kind=kind,
        recipient=factories.UserFactory.create(),
        message_id=f"<{Message.objects.count()}@example.org>",
        state=state,
        created_at=NOW - age,
        next_attempt_at=NOW - age if state == "pending" else None,
    )


def delivery(webhook: Webhook, age: timedelta) -> Delivery:
    return Delivery.objects.create(
        webhook=webhook,
        event="claim.logged",
        message_id=f"msg_{Delivery.objects.count()}",
        body="{}",
        created_at=NOW - age,
        next_attempt_at=NOW - age,
    )


def test_a_sweep_that_came_to_its_end_is_told() -> None:
    assert told("borneout_process_last_seen_timestamp_seconds") == {}
    sweeping.sweep(now=NOW)
    pulse.record(name=pulse.BEAT, now=NOW - MINUTES)
    assert told("borneout_process_last_seen_timestamp_seconds") == {
        ("sweep",): NOW.timestamp(),
        ("beat",): (NOW - MINUTES).timestamp(),
    }


def test_a_sweep_that_fails_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_options: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr("verification.services.reminders.sweep", broken)
    with pytest.raises(RuntimeError):
        sweeping.sweep(now=NOW)
    assert told("borneout_process_last_seen_timestamp_seconds") == {}


def test_the_lag_is_that_of_the_look_that_is_owed_for_longest() -> None:
    first, second = factories.claim(), factories.claim()
    Claim.objects.filter(pk=first.pk).update(next_reminder_at=NOW - 7 * MINUTES)
    Claim.objects.filter(pk=second.pk).update(next_reminder_at=NOW + MINUTES)
    assert value("borneout_sweep_lag_seconds") == 420
    Claim.objects.update(next_reminder_at=NOW + MINUTES)
    assert value("borneout_sweep_lag_seconds") == 0


def test_mail_that_waits_is_told_by_kind_and_by_age() -> None:
    message(20 * MINUTES)
    message(-MINUTES, kind="digest")
    message(timedelta(days=9), kind="digest", state="sent")
    assert told("borneout_messages_pending") == {("reminders",): 1, ("digest",): 1}
    assert value("borneout_oldest_unsent_message_age_seconds") == 1200


def test_claims_are_told_from_the_counts_that_are_kept() -> None:
    factories.claim(public=False)
    factories.decide(factories.claim())
    assert told("borneout_claims") == {("undecided",): 1, ("confirmed",): 1}


def test_claims_whose_deadline_has_passed_await_their_verdict() -> None:
    claim = factories.claim()
    Claim.objects.filter(pk=claim.pk).update(deadline="2026-04-02")
    assert value("borneout_claims_awaiting_verdict") == 1
    Claim.objects.filter(pk=claim.pk).update(deadline="2026-04-03")
    assert value("borneout_claims_awaiting_verdict") == 0, "the last day is inclusive"


def test_webhooks_are_told_by_what_waits_and_what_was_given_up() -> None:
    webhook = factories.webhook()
    delivery(webhook, 5 * MINUTES)
    delivery(webhook, -5 * MINUTES)
    assert value("borneout_webhook_deliveries_pending") == 2
    assert value("borneout_webhook_delivery_lag_seconds") == 300
    Webhook.objects.update(switched_off_at=NOW, switched_off_why=SwitchedOff.GONE)
    assert told("borneout_webhooks_switched_off") == {("gone",): 1}


def test_nothing_is_counted_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gauges, "MOST", 3)
    for _number in range(5):
        message(MINUTES)
        factories.claim()
    Claim.objects.update(deadline="2026-02-01")
    assert told("borneout_messages_pending") == {("reminders",): 3}
    assert value("borneout_claims_awaiting_verdict") == 3


def test_the_look_ups_do_not_grow_with_what_there_is() -> None:
    def queries() -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as found:
            list(gauges.of_the_database(NOW))
        return [row["sql"] for row in found]

    factories.claim()
    message(MINUTES)
    few = queries()
    for _number in range(5):
        factories.claim()
        message(MINUTES)
    assert len(queries()) == len(few) <= 12
    assert not any("count(" in sql.lower() for sql in few)


def test_a_broker_tells_how_many_tasks_wait(settings, tmp_path) -> None:
    embedded.ensure_running(tmp_path, idle_seconds=5)
    settings.CELERY_BROKER_URL = settings.EMBEDDED_BROKER_URL = embedded.url(tmp_path)
    found = {each.name: dict(each.values) for each in gauges.of_the_broker()}
    assert found == {
        "borneout_broker_up": {(): 1},
        "borneout_queue_tasks": {("celery",): 0},
        "borneout_queue_unacknowledged_tasks": {(): 0},
    }


def test_one_that_does_not_answer_tells_that_alone(settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    found = {each.name: dict(each.values) for each in gauges.of_the_broker()}
    assert found["borneout_broker_up"] == {(): 0}
    assert found["borneout_queue_tasks"] == {}
