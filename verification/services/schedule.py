"""At which hour somebody is told, and when the sweep has to look at a claim for the first time."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

from django.db.models import Min

from verification import newsroom
from verification.domain import deadlines
from verification.models import Beat, Claim, User
from verification.services import ladders


def hour_for(user: User | None, beat: Beat) -> int:
    """The recipient's own hour, else the beat's, else the newsroom's."""
    if user is not None and user.mail_hour is not None:
        return user.mail_hour
    return beat.reminder_hour if beat.reminder_hour is not None else newsroom.reminder_hour()


def first_look(claim: Claim, now: datetime) -> datetime | None:
    """When to look at a claim whose deadline, owner or verdict is new; none after the last stage.

    At once where a stage may be reached already, else at the next one: reckoned with the earliest
    hour of anybody on the desk, since who will be told then is the sweep's to find out.
    """
    beat = claim.beat
    earliest: int | None = User.objects.filter(is_active=True).aggregate(earliest=Min("mail_hour"))[
        "earliest"
    ]
    hours = [hour_for(None, beat), *([] if earliest is None else [earliest])]
    hour, zone, ladder = min(hours), newsroom.zone(), ladders.of(beat)
    for audience in get_args(deadlines.Audience):
        if deadlines.current_step(claim.deadline, now, hour, zone, audience, ladder) is not None:
            return now
    return deadlines.next_step_at(claim.deadline, now, hour, zone, ladder)
