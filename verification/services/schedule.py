"""When the sweep has to look at a claim next."""

from __future__ import annotations

from datetime import date, datetime
from typing import get_args

from verification import newsroom
from verification.domain import deadlines


def first_look(deadline: date, now: datetime) -> datetime | None:
    """For a new deadline: at once where a stage is reached already, else at the next stage."""
    hour, zone = newsroom.reminder_hour(), newsroom.zone()
    for audience in get_args(deadlines.Audience):
        if deadlines.current_step(deadline, now, hour, zone, audience) is not None:
            return now
    return deadlines.next_step_at(deadline, now, hour, zone)


def next_look(deadline: date, now: datetime) -> datetime | None:
    """After the present stage was seen to: at the next one, never after the last."""
    return deadlines.next_step_at(deadline, now, newsroom.reminder_hour(), newsroom.zone())
