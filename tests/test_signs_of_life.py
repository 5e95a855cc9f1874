"""The signs of life that Celery's tasks and the command give."""

from __future__ import annotations

import pytest
from celery.signals import beat_init
from django.core.management import call_command
from django.utils import timezone

from verification import tasks
from verification.services import alarms

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("task", [tasks.sweep, tasks.drain])
def test_a_worker_gives_a_sign_of_life_with_each_task(task) -> None:
    """Also while it is busy with a long outbox and gets to no sweep."""
    task()
    assert alarms.state(timezone.now()).worker.well


def test_two_beats_are_as_well_as_one(monkeypatch) -> None:
    # Within a test there is one connection, and it stays.
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    tasks.record_tick()
    tasks.record_tick()
    assert alarms.state(timezone.now()).beat.well


def test_beat_gives_a_sign_of_life_as_soon_as_it_has_started(monkeypatch) -> None:
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    monkeypatch.setattr(tasks.before_task_publish, "connect", lambda *args, **options: None)
    beat_init.send(sender=None)
    assert alarms.state(timezone.now()).beat.well


def test_the_command_is_a_sign_of_life_of_both(capsys) -> None:
    call_command("send_reminders")
    found = alarms.state(timezone.now())
    assert (found.worker.well, found.beat.well) == (True, True)
