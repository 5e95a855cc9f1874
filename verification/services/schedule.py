"""At which hour somebody is told, and when the sweep has to look at a claim for the first time."""

from __future__ import annotations

from datetime import date, datetime
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
    return FirstLooks(now).of(claim)


class FirstLooks:
    """The first looks at many claims at one instant: hours and ladders are read once each."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.zone = newsroom.zone()
        self.earliest: int | None = User.objects.filter(is_active=True).aggregate(
            earliest=Min("mail_hour")
        )["earliest"]
        self._beats: dict[int, tuple[int, tuple[deadlines.Step, ...]]] = {}
        self._days: dict[tuple[int, date], datetime | None] = {}

    def of(self, claim: Claim) -> datetime | None:
        """When to look at this one."""
        key = (claim.beat_id, claim.deadline)
        if key not in self._days:
            self._days[key] = self._look(claim.beat, claim.deadline)
        return self._days[key]

    def _look(self, beat: Beat, deadline: date) -> datetime | None:
        if beat.pk not in self._beats:
            hours = [hour_for(None, beat), *([] if self.earliest is None else [self.earliest])]
            self._beats[beat.pk] = min(hours), ladders.of(beat)
        hour, ladder = self._beats[beat.pk]
        for audience in get_args(deadlines.Audience):
            step = deadlines.current_step(deadline, self.now, hour, self.zone, audience, ladder)
            if step is not None:
                return self.now
        return deadlines.next_step_at(deadline, self.now, hour, self.zone, ladder)
