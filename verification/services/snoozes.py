"""Putting a claim off: one recipient hears nothing of it until a day.

It is for oneself alone. Whoever else is to be told is told, and the claim does not go to the next
in line: whoever snoozes answers for it still. On the morning of the day, at the recipient's hour,
the sweep tells the stage that is then current, whether it was told before or not.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from verification import newsroom
from verification.models import Claim, Snooze, User
from verification.services import ledger, looks, turns
from verification.services.drafts import Checks
from verification.services.errors import allow

#: The longest that a claim can be put off at once. Longer is a deadline that should be moved.
DAYS_MAX = 60


def latest(now: datetime) -> date:
    """The last day until which a claim can be put off at `now`."""
    return newsroom.day(now) + timedelta(days=DAYS_MAX)


def running(claim: Claim, user: User) -> Snooze | None:
    """The user's snooze of the claim, as long as it lasts."""
    return claim.snoozes.filter(user=user, ended_at__isnull=True).first()


@transaction.atomic
def snooze(*, actor: User, claim: Claim, until: date, now: datetime) -> Snooze:
    """Reminds the actor no more of the claim before the morning of `until`.

    From tomorrow to `DAYS_MAX` days from now. One that runs already gets the new day. Raises
    ValidationError for `until`, and PermissionDenied.
    """
    allow(actor, "view_claim")
    claim = turns.read(claim, None)
    today = newsroom.day(now)
    checks = Checks()
    if claim.outcome:
        checks.add("until", _("This claim is decided: nobody is reminded of it any more."))
    elif not today < until <= latest(now):
        checks.add(
            "until",
            _("Enter a day from %(first)s to %(last)s.")
            % {
                "first": date_format(today + timedelta(days=1)),
                "last": date_format(latest(now)),
            },
        )
    checks.done()
    # The claim before its snooze: the sweep takes them in this order, too.
    looks.at_claim(claim, now)
    found = running(claim, actor)
    if found is not None and found.until == until:
        return found
    if found is None:
        found = Snooze(claim=claim, user=actor)
    found.until, found.set_at = until, now
    found.save()
    ledger.append(
        actor=actor, action="claim snoozed", claim=claim, now=now, content={"until": until}
    )
    return found


@transaction.atomic
def end(*, actor: User, claim: Claim, now: datetime) -> bool:
    """Ends the actor's snooze of the claim: what was not told meanwhile is told by the next sweep.

    False where none runs. Raises PermissionDenied.
    """
    allow(actor, "view_claim")
    claim = turns.read(claim, None)
    looks.at_claim(claim, now)
    ended = claim.snoozes.filter(user=actor, ended_at__isnull=True).update(ended_at=now)
    if ended:
        ledger.append(actor=actor, action="snooze ended", claim=claim, now=now, content={})
    return bool(ended)


def end_all(claim: Claim, now: datetime) -> None:
    """Ends every snooze of a claim whose deadline has moved or on which a verdict has landed."""
    claim.snoozes.filter(ended_at__isnull=True).update(ended_at=now)
