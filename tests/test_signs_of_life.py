"""The signs of life that Celery's tasks and the command give."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from celery.signals import beat_init
from django.core.management import call_command
from django.utils import timezone

from verification import tasks
from verification.models import Heartbeat
from verification.services import alarms, pulse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection")]


@pytest.fixture
def one_connection(monkeypatch) -> Iterator[None]:
    """Within a test there is one connection, and it stays; so does what this process is."""
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    monkeypatch.setattr(tasks.connections, "close_all", lambda: None)
    monkeypatch.setattr(tasks.atexit, "register", lambda *args: None)
    monkeypatch.setattr(pulse, "_own", {})
    yield


@pytest.mark.parametrize("task", [tasks.sweep, tasks.drain])
def test_a_worker_gives_a_sign_of_life_with_each_task(task) -> None:
    """Also while it is busy with a long outbox and gets to no sweep."""
    task()
    assert alarms.state(timezone.now()).worker.well


def test_two_beats_are_as_well_as_one() -> None:
    tasks.record_tick()
    tasks.record_tick()
    assert alarms.state(timezone.now()).beat.well


def test_beat_gives_a_sign_of_life_as_soon_as_it_has_started(monkeypatch) -> None:
    monkeypatch.setattr(tasks.before_task_publish, "connect", lambda *args, **options: None)
    beat_init.send(sender=None)
    assert alarms.state(timezone.now()).beat.well


def test_the_command_is_a_sign_of_life_of_both(capsys) -> None:
    call_command("send_reminders")
    found = alarms.state(timezone.now())
    assert (found.worker.well, found.beat.well) == (True, True)


def test_a_worker_that_stops_takes_its_sign_back_and_the_next_one_gives_its_own() -> None:
    tasks.watch_worker()
    tasks.sweep()
    assert alarms.state(timezone.now()).worker.well

    tasks.leave_worker()

    found = alarms.state(timezone.now())
    assert not found.worker.well
    assert found.worker.stopped_at is not None
    assert pulse.WORKER not in found.silent, "a restart alarms nobody"

    tasks.watch_worker()
    tasks.sweep()
    assert alarms.state(timezone.now()).worker.well


def test_a_worker_that_stops_leaves_the_sign_of_another_one() -> None:
    tasks.watch_worker()
    tasks.sweep()
    Heartbeat.objects.filter(name=pulse.WORKER).update(process="elsewhere:7")

    tasks.leave_worker()

    assert alarms.state(timezone.now()).worker.well


def test_a_release_that_knows_of_no_leave_is_seen_again_by_its_next_sign() -> None:
    tasks.watch_worker()
    tasks.sweep()
    tasks.leave_worker()

    Heartbeat.objects.filter(name=pulse.WORKER).update(at=timezone.now())

    assert alarms.state(timezone.now()).worker.well


def test_beat_takes_its_sign_back_when_its_process_ends(monkeypatch) -> None:
    at_the_end = []
    monkeypatch.setattr(tasks.atexit, "register", lambda *call: at_the_end.append(call))
    monkeypatch.setattr(tasks.before_task_publish, "connect", lambda *args, **options: None)
    beat_init.send(sender=None)
    assert alarms.state(timezone.now()).beat.since is not None

    [(leave, name)] = at_the_end
    leave(name)

    assert not alarms.state(timezone.now()).beat.well
