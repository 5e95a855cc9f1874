"""Fixtures for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection

from verification import guards, roles


@pytest.fixture
def real_transactions(transactional_db: None) -> Iterator[None]:
    """A database in which commits are commits, for tests of races and of other processes.

    Such a test ends with every table emptied: the roles, which a migration made, have to be made
    again, and the triggers, which refuse to empty an append-only table, taken down first. They come
    back by themselves, with the signal that follows.
    """
    roles.make_roles(Group, Permission)
    yield
    guards.take_down(connection)
