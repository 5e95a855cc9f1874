"""What `make demo` does before anything runs, and what it runs."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError
from pytest_django import Settings

from verification.management.commands import run_demo
from verification.models import User
from verification.services import demo


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that the demo has called, none of which is run."""
    names: list[str] = []
    monkeypatch.setattr(run_demo, "call_command", lambda name, **_options: names.append(name))
    return names


@pytest.fixture
def taken_port(settings: Settings) -> Iterator[int]:
    """A port on which somebody else listens, and which the demo is to use."""
    with socket.create_server((run_demo.HOST, 0)) as other:
        settings.PORT = other.getsockname()[1]
        yield settings.PORT


def test_a_port_that_is_taken_is_refused_with_the_way_out(taken_port: int) -> None:
    with pytest.raises(CommandError, match=rf"Port {taken_port} .*PORT={taken_port + 1}"):
        call_command("run_demo")


def test_a_locked_database_is_a_plain_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_arguments: Any, **_options: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(run_demo, "call_command", locked)
    with pytest.raises(CommandError, match="cannot be prepared: database is locked"):
        run_demo.Command().prepare()


@pytest.mark.django_db
def test_an_empty_database_is_filled(called: list[str]) -> None:
    run_demo.Command().prepare()
    assert called == ["migrate", "seed_demo"]


@pytest.mark.django_db
def test_a_database_with_users_of_its_own_is_left_as_it_is(called: list[str]) -> None:
    User.objects.create(username="somebody")
    run_demo.Command().prepare()
    assert called == ["migrate"]


@pytest.mark.django_db
def test_only_logins_that_exist_are_printed() -> None:
    assert run_demo.logins() == []
    person = demo.PEOPLE[0]
    User.objects.create(username=person.username)
    said = "\n".join(run_demo.logins())
    assert person.username in said
    assert demo.PASSWORD in said
    assert demo.PEOPLE[1].username not in said


def test_the_broker_starts_first_and_beat_last(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = settings.EMBEDDED_BROKER_URL
    assert [one.name for one in run_demo.programs()] == ["broker", "web", "worker", "beat"]


def test_a_newsroom_with_redis_gets_no_broker_of_ours(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1/0"
    assert [one.name for one in run_demo.programs()] == ["web", "worker", "beat"]
