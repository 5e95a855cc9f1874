"""Mails of each kind, as they are about to be sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives

from verification.models import Message, User
from verification.services import contents, sweeping, week

#: The morning of the deadline of `factories.claim`, a Tuesday.
NOW = datetime(2026, 3, 31, 9, 0, tzinfo=UTC)

Build = Callable[..., EmailMultiAlternatives]


@pytest.fixture(autouse=True)
def in_utc(settings: Any) -> None:
    settings.NEWSROOM_TIME_ZONE, settings.REMINDER_HOUR = "UTC", 9
    week._kept.clear()


@pytest.fixture
def build() -> Build:
    """Sweeps, and builds the newest mail of a kind to a user."""

    def built(kind: str, user: User, now: datetime = NOW) -> EmailMultiAlternatives:
        sweeping.sweep(now=now)
        message = (
            Message.objects.select_related("recipient")
            .filter(kind=kind, recipient=user)
            .latest("id")
        )
        return contents.read(message, now=now).build()

    return built
