"""One newsroom for all requests of a module: what a request changes is undone after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tests.permissions.room import NOW, Room, build
from verification.services import figures


@pytest.fixture(scope="module")
def room(django_db_setup: None, django_db_blocker: Any) -> Iterator[Room]:
    with (
        time_machine.travel(NOW, tick=False),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield build()
        transaction.set_rollback(True)


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is undone; boards of what was undone before are forgotten."""
    figures._kept.boards.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
