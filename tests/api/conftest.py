"""Clients of the API: one without a token, and one for each role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from tests import factories
from verification.models import ApiToken, User
from verification.services import figures

#: When the tests of the API happen: the day after the deadline of `factories.claim`.
TODAY = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)

Client = Callable[..., APIClient]


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture(autouse=True)
def _forget_boards() -> None:
    """A rolled-back test leaves boards behind whose revision number another one reaches again."""
    figures._kept.boards.clear()


def client_of(user: User | None = None, **fields: Any) -> APIClient:
    """A client with the user's token, or with none."""
    client = APIClient()
    if user is not None:
        _row, token = ApiToken.objects.create(user=user, **fields)
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


@pytest.fixture
def public(db: None) -> APIClient:
    return client_of()


@pytest.fixture
def stranger(db: None) -> APIClient:
    """Somebody with a token and no role."""
    return client_of(factories.UserFactory.create())


@pytest.fixture
def reader(db: None) -> APIClient:
    return client_of(factories.reader(username="rhea"))


@pytest.fixture
def reporter(db: None) -> APIClient:
    return client_of(factories.reporter(username="rita"))


@pytest.fixture
def editor(db: None) -> APIClient:
    return client_of(factories.editor(username="edith"))


@pytest.fixture
def managing(db: None) -> APIClient:
    return client_of(factories.managing_editor(username="max"))
