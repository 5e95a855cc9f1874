"""The sessions of the desk: whose they are, and their end."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from verification.models import DeskSession, User
from verification.services import people


def of(user: User, now: datetime) -> list[DeskSession]:
    """The user's sessions that have not run out, the one that was seen last first."""
    return list(
        DeskSession.objects.filter(user=user, expire_date__gt=now)
        .defer("session_data")
        .order_by("-seen_at", "name")
    )


def end_all(*, user: User, keep: str | None = None) -> int:
    """Ends every session of the user but the one with the key `keep`. Returns how many.

    For services that have asked for a permission of their own.
    """
    return DeskSession.objects.filter(user=user).exclude(session_key=keep or "").delete()[0]


@transaction.atomic
def end(
    *, actor: User, user: User, now: datetime, name: UUID | None = None, keep: str | None = None
) -> int:
    """Ends one session of the user by its `name`, or all but the one with the key `keep`.

    One's own, or those of somebody within reach. Returns how many. Raises PermissionDenied.
    """
    if actor != user:
        people.reach(actor, user)
    if name is None:
        ended = end_all(user=user, keep=keep)
    else:
        ended = DeskSession.objects.filter(user=user, name=name).delete()[0]
    if ended:
        people.write_down(actor=actor, action="sessions ended", user=user, now=now)
    return ended


def sweep(*, now: datetime) -> int:
    """Deletes the sessions that have run out."""
    return DeskSession.objects.filter(expire_date__lte=now).delete()[0]
