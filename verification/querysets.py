"""The questions that are asked of claims, as verbs that chain in admin, filters and API alike."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models

from verification.domain.outcomes import Status

if TYPE_CHECKING:
    from verification.models import Claim, User

    Base = models.QuerySet[Claim]
else:
    Base = models.QuerySet


class ClaimQuerySet(Base):
    """Claims. `today` is the newsroom's day, `now` an aware instant."""

    def public(self) -> ClaimQuerySet:
        """What a reader may see."""
        return self.filter(public=True)

    def undecided(self) -> ClaimQuerySet:
        """Open or awaiting a verdict.

        Asked by the missing verdict and not by the empty outcome: the partial indexes say so too, and
        a query with no parameter is sure to be matched with them.
        """
        return self.filter(verdict__isnull=True)

    def decided(self) -> ClaimQuerySet:
        """With a verdict, void ones included."""
        return self.filter(verdict__isnull=False)

    def open(self, today: date) -> ClaimQuerySet:
        """Undecided, and the deadline (inclusive) has not passed."""
        return self.undecided().filter(deadline__gte=today)

    def awaiting(self, today: date) -> ClaimQuerySet:
        """Undecided although the deadline has passed."""
        return self.undecided().filter(deadline__lt=today)

    def due_between(self, first: date, last: date) -> ClaimQuerySet:
        """Undecided with a deadline from `first` to `last`, both inclusive."""
        return self.undecided().filter(deadline__gte=first, deadline__lte=last)

    def due(self, now: datetime) -> ClaimQuerySet:
        """Undecided with a reminder stage that is reached, whether anybody was told or not."""
        return self.undecided().filter(next_reminder_at__lte=now).order_by("next_reminder_at", "id")

    def matured(self, today: date) -> ClaimQuerySet:
        """The deadline has passed: what can be counted without favouring those that came early."""
        return self.filter(deadline__lt=today)

    def in_hand_of(self, user: User) -> ClaimQuerySet:
        """Assigned to the user, or logged by the user and assigned to nobody."""
        return self.filter(
            models.Q(assignee=user) | models.Q(assignee__isnull=True, logged_by=user)
        )

    def with_status(self, status: str, today: date) -> ClaimQuerySet:
        """By what a reader is told; an unknown status gives nothing."""
        if status == Status.OPEN:
            return self.open(today)
        if status == Status.AWAITING:
            return self.awaiting(today)
        return self.filter(outcome=status) if status in set(Status) else self.none()
