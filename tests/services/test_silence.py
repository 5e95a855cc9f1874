"""A database or broker that takes a connection and says nothing is given up soon.

The listeners are on loopback; what they are asked never gets an answer.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from verification.services import broker, database


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of somebody who listens, and that is all."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.mark.django_db
def test_a_database_that_says_nothing_does_not_answer(
    silent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = connections["default"].settings_dict | {
        "ENGINE": "django.db.backends.postgresql", "HOST": "127.0.0.1", "PORT": silent,
        "NAME": "x", "USER": "x", "PASSWORD": "x", "OPTIONS": {"connect_timeout": 600},
    }  # fmt: skip
    monkeypatch.setattr(database, "connection", DatabaseWrapper(settings, "silent"))
    assert database.answers() is False


def test_a_broker_that_says_nothing_does_not_answer(silent: int, settings) -> None:
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{silent}/0"
    assert broker.answers() is False
    assert broker.depth() is None
    assert broker.time() is None


def test_the_time_that_they_are_given_fits_into_that_of_who_asks() -> None:
    """The container's health check waits five seconds, Prometheus ten."""
    assert broker.PATIENCE + database.PATIENCE <= 4
