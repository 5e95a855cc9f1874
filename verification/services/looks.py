"""Which undecided claims the sweep looks at again, because something about them has changed.

Plain on purpose: their next look is now, and the sweep decides what follows from it. A reminder is
unique, so a look too many tells nobody anything twice. Each function costs with the undecided
claims that it finds by an index, not with the archive.
"""

from __future__ import annotations

from datetime import datetime

from verification.models import Beat, Claim, Reminder, User, Watch
from verification.querysets import ClaimQuerySet


def at(claims: ClaimQuerySet, now: datetime) -> None:
    """These claims, as far as nobody has decided them."""
    claims.undecided().update(next_reminder_at=now)


def at_claim(claim: Claim, now: datetime) -> None:
    """One claim."""
    at(Claim.objects.filter(pk=claim.pk), now)


def at_beat(beat: Beat, now: datetime) -> None:
    """The claims of a beat: its editor, its hour or its ladder is another."""
    at(Claim.objects.filter(beat=beat), now)


def at_user(user: User, now: datetime) -> None:
    """The claims of which the user is told, was told, or would be the next in line to be told.

    For a change of hour, address, activity, role or wishes, and of what the mail server says of the
    address.
    """
    at(Claim.objects.filter(assignee=user), now)
    at(Claim.objects.filter(logged_by=user), now)
    at(Claim.objects.filter(beat__in=Beat.objects.filter(editor=user)), now)
    at(Claim.objects.filter(pk__in=Watch.objects.filter(user=user).values("claim")), now)
    at(Claim.objects.filter(pk__in=Reminder.objects.filter(recipient=user).values("claim")), now)
    # The last resort is whoever holds a role: it may have got somebody, or have changed its hour.
    at(Claim.objects.filter(unreachable_since__isnull=False), now)
    at(Claim.objects.filter(beat__in=Beat.objects.filter(rungs__audience="managing")), now)
