"""Celery's entry points. The database holds the obligation; Celery only wakes workers."""

from __future__ import annotations

import atexit
import logging
from typing import Any

from celery import shared_task
from celery.signals import (
    beat_init,
    before_task_publish,
    worker_init,
    worker_ready,
    worker_shutdown,
)
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from verification.services import deliveries, messages, outbox, pulse, rereads, sweeping
from verification.services.importing import uploads

log = logging.getLogger(__name__)

#: How long a call for one more worker holds.
HELPER_SECONDS = 5


@shared_task
def sweep() -> None:
    """Finds who has to be told what by now, and sees that it is sent."""
    pulse.record(name=pulse.WORKER, now=timezone.now())
    sweeping.sweep(now=timezone.now())
    wake_senders()
    wake_importers()
    wake_deliverer()


def wake_senders() -> None:
    """Asks for as many drains as there is work for.

    Those that are at it already are not counted, since nobody can tell them from the dead. With a
    slow mail server the calls would pile up, so those for a second worker and more hold for a few
    seconds only: where nobody was free by then, all are busy, and go on by themselves.
    """
    for number in range(outbox.senders_wanted(timezone.now())):
        expires = HELPER_SECONDS if number else max(settings.REMINDER_SWEEP_SECONDS, 10)
        drain.apply_async(expires=expires)


def wake_importers() -> None:
    """Asks for a worker for each file that waits to be checked or brought in."""
    uploads.forget_old(timezone.now())
    for key in uploads.due(timezone.now()):
        # Whoever takes it first has it; the next sweep asks again for what nobody has taken.
        bring_in.apply_async([key], expires=max(settings.REMINDER_SWEEP_SECONDS, 10))


@shared_task
def bring_in(key: int) -> None:
    """Checks or brings in one claims file that was uploaded on the desk."""
    pulse.record(name=pulse.WORKER, now=timezone.now())
    uploads.work(key, clock=timezone.now)


@shared_task
def drain() -> None:
    """Sends one batch of the outbox, and asks for another task while there is more."""
    # A worker that is busy with a long outbox gets to no sweep, and is well all the same.
    pulse.record(name=pulse.WORKER, now=timezone.now())
    done = messages.send_batch(clock=timezone.now)
    if done and not done["unreachable"] and outbox.due(timezone.now(), most=1):
        drain.delay()


def wake_deliverer() -> None:
    """Asks for one worker for the webhooks, where nobody is at them: the others are for mail."""
    if deliveries.wanted(timezone.now()):
        deliver.apply_async(expires=max(settings.REMINDER_SWEEP_SECONDS, 10))


@shared_task
def deliver() -> None:
    """Sends one batch of what webhooks are to be told, and asks for another while there is more."""
    pulse.record(name=pulse.WORKER, now=timezone.now())
    if deliveries.deliver_batch(clock=timezone.now):
        wake_deliverer()


@worker_init.connect
def watch_worker(**kwargs: Any) -> None:
    """The signs of a worker bear its name from its start to its end."""
    pulse.begin(name=pulse.WORKER, now=timezone.now())


@worker_shutdown.connect
def leave_worker(**kwargs: Any) -> None:
    """A worker that stops takes its last sign of life back."""
    _take_leave(pulse.WORKER)


def _take_leave(name: str) -> None:
    try:
        close_old_connections()
        pulse.end(name=name, now=timezone.now())
    except DatabaseError as error:
        # It may have stopped first. The sign runs out by itself.
        log.warning("the last sign of life of %s could not be taken back: %s", name, error)
    finally:
        connections.close_all()


@worker_ready.connect
def look_at_once(**kwargs: Any) -> None:
    """What fell due while no worker was up is not kept waiting for beat's next tick."""
    sweep.apply_async(expires=max(settings.REMINDER_SWEEP_SECONDS, 10))


@shared_task
def reread() -> None:
    """Reads a few pages of open claims again, if this newsroom wants that."""
    if settings.REREAD_PAGES:
        rereads.reread_due(now=timezone.now())


@beat_init.connect
def watch_beat(**kwargs: Any) -> None:
    """In the beat process, and there alone, every tick is a sign of life; so is its start."""
    pulse.begin(name=pulse.BEAT, now=timezone.now())
    # Celery has no signal for the end of beat.
    atexit.register(_take_leave, pulse.BEAT)
    before_task_publish.connect(record_tick, weak=False)
    record_tick()


def record_tick(**kwargs: Any) -> None:
    """Notes that beat gave a task out."""
    # Beat has no task around which Celery would drop a connection that the database has closed.
    close_old_connections()
    pulse.record(name=pulse.BEAT, now=timezone.now())
