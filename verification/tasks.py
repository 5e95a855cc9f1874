"""Celery's entry points. The database holds the obligation; Celery only wakes workers."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import beat_init, before_task_publish
from django.db import close_old_connections
from django.utils import timezone

from verification.services import messages, pulse, sweeping


@shared_task
def sweep() -> None:
    """Finds who has to be told what by now, and sees that it is sent."""
    pulse.record(name=pulse.WORKER, now=timezone.now())
    sweeping.sweep(now=timezone.now())
    if messages.due(timezone.now()):
        drain.delay()


@shared_task
def drain() -> None:
    """Sends one batch of the outbox, and asks for another task while there is more."""
    done = messages.send_batch(clock=timezone.now)
    if done and not done["unreachable"] and messages.due(timezone.now()):
        drain.delay()


@beat_init.connect
def watch_beat(**kwargs: Any) -> None:
    """In the beat process, and there alone, every tick is a sign of life."""
    before_task_publish.connect(record_tick, weak=False)


def record_tick(**kwargs: Any) -> None:
    """Notes that beat gave a task out."""
    # Beat has no task around which Celery would drop a connection that the database has closed.
    close_old_connections()
    pulse.record(name=pulse.BEAT, now=timezone.now())
