"""What Celery is asked to do: to wake workers, and no more often than there is work."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
import time_machine
from celery.signals import worker_ready

from tests.services.waiting_mail import DUE, several
from tests.sink import Sink
from verification import tasks
from verification.models import Message
from verification.services import outbox

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def morning() -> Iterator[None]:
    with time_machine.travel(DUE, tick=False):
        yield


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The options of every drain that was asked for."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.drain, "apply_async", lambda *_args, **options: calls.append(options))
    return calls


def test_a_sweep_asks_for_a_drain_for_each_batch_that_waits(
    asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "BATCH", 2)
    several(5)

    tasks.sweep()

    assert len(asked) == 3
    assert all(call["expires"] for call in asked), "nothing piles up in the broker"


def test_a_sweep_that_leaves_nothing_to_send_wakes_nobody(asked: list[dict[str, Any]]) -> None:
    tasks.sweep()

    assert asked == []


def test_what_a_dead_worker_left_is_asked_for_by_the_next_sweep(
    asked: list[dict[str, Any]],
) -> None:
    several(2)
    outbox.lease(now=DUE)
    tasks.sweep()
    assert asked == [], "it may still be at it"

    Message.objects.update(lease_until=DUE)
    tasks.sweep()

    assert len(asked) == 1


def test_a_drain_goes_on_while_there_is_more_and_ends_where_there_is_not(
    smtp: Sink, asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "lease", partial(outbox.lease, size=2))
    several(3)

    tasks.drain()
    assert (len(smtp.mails), len(asked)) == (2, 1)
    tasks.drain()
    tasks.drain()

    assert (len(smtp.mails), len(asked)) == (3, 1)


def test_a_worker_that_has_come_up_looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What fell due while it was away need not wait for beat's next tick."""
    swept: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.sweep, "apply_async", lambda **options: swept.append(options))
    worker_ready.send(sender=None)
    assert len(swept) == 1
    assert swept[0]["expires"] >= 10
