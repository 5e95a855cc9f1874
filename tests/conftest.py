"""Fixtures for every test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import hypothesis
import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils import translation

from tests import canary as canaries
from tests import sink
from tests.canary import Canary
from tests.sink import Sink
from verification import guards, roles
from verification.services import connecting, publication
from verification.services.connecting import Net

# Its default fails an example that takes a fifth of a second, which says how busy the machine is.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


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


@pytest.fixture(autouse=True)
def nobody_is_asked_for_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads a page of the internet: there, no name is known."""

    def nowhere(*_args: object) -> NoReturn:
        raise OSError("a test asked for a page of the internet")

    monkeypatch.setattr(connecting, "internet", Net(nowhere, nowhere, nowhere))


@pytest.fixture
def canary() -> Iterator[Canary]:
    """A web server on loopback that counts who comes."""
    with canaries.running() as found:
        yield found


@pytest.fixture
def web(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> Canary:
    """The same, and every page of the internet is on it."""
    monkeypatch.setattr(connecting, "internet", canary.net())
    return canary


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
        settings.EMAIL_BACKEND = "verification.emails.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield server
