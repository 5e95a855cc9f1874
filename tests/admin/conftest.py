"""The desk on the day after the deadline of `factories.claim`, and somebody signed in to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests import factories
from verification.models import Beat, User
from verification.services import figures

TODAY = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture(autouse=True)
def _forget_boards() -> None:
    """A rolled-back test leaves boards behind whose revision number another one reaches again."""
    figures._kept.boards.clear()


def client_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def desk(db: None) -> Callable[..., Client]:
    """A client of somebody with this role, made anew."""

    def of(role: str = "editor", **fields: Any) -> Client:
        user = factories.with_role(role, **fields) if role else factories.UserFactory(**fields)
        client = client_of(user)
        client.user = user  # type: ignore[attr-defined]
        return client

    return of


@pytest.fixture
def beat(db: None) -> Beat:
    return factories.BeatFactory.create(name="AI & tech business")
