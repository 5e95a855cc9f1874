"""The newsroom's own settings: its zone, its hour, its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from verification.domain import deadlines

#: What says which instant it is, asked again where work takes long.
Clock = Callable[[], datetime]


def zone() -> ZoneInfo:
    """The zone in which deadlines are days."""
    return ZoneInfo(settings.NEWSROOM_TIME_ZONE)


def day(now: datetime) -> date:
    """The newsroom's day at the instant `now`."""
    return deadlines.local_day(now, zone())


def reminder_hour() -> int:
    """The local hour of the morning reminders."""
    return int(settings.REMINDER_HOUR)
