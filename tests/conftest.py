"""Fixtures for every test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils import translation

from tests import sink
from tests.sink import Sink
from verification import guards, roles
from verification.services import publication


def make_roles_again(**kwargs: Any) -> None:
    """The roles come from a migration, and emptying the tables takes them away."""
    roles.make_roles(Group, Permission)


def pytest_sessionstart() -> None:
    post_migrate.connect(make_roles_again, sender=apps.get_app_config("verification"))


@pytest.fixture(autouse=True)
def no_language_left_behind() -> None:
    """The last request of the test before this one may have spoken French."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def nothing_kept_from_before() -> None:
    """A test that is undone leaves bodies behind of a state that another one may reach again."""
    publication.bodies.clear()


@pytest.fixture
def real_transactions(transactional_db: None) -> Iterator[None]:
    """A database in which commits are commits, for tests of races and of other processes.

    Such a test ends with every table emptied, which the triggers would refuse: they are taken down
    first, and come back by themselves with the signal that follows.
    """
    yield
    guards.take_down(connection)


@pytest.fixture
def smtp(settings) -> Iterator[Sink]:
    with sink.running() as (server, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield server
