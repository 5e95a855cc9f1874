"""Handing a claim over: whoever has it in hand gives it to somebody else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from verification.models import Claim, User
from verification.services import ledger, schedule, turns
from verification.services.drafts import Checks
from verification.services.errors import allow
from verification.services.routing import holding

#: Characters of the note that goes with a claim; the ledger keeps it for good.
NOTE_MAX = 2000


def may_hand_over(actor: User, claim: Claim) -> bool:
    """Whether the actor may give the claim away: who has it in hand, or may assign claims."""
    if not actor.has_perm("verification.view_claim"):
        return False
    return claim.holder_id == actor.pk or actor.has_perm("verification.assign_claim")


def colleagues(user: User) -> QuerySet[User]:
    """Who could take a claim over from the user: can see it, and has an address to be told at."""
    return holding("view_claim").exclude(pk=user.pk).exclude(email="").order_by("username")


@transaction.atomic
def hand_over(
    *,
    actor: User,
    claim: Claim,
    version: int | None,
    to: User,
    now: datetime,
    note: str = "",
) -> Claim:
    """Gives an undecided claim to `to`, who is told where it stands if a stage is reached.

    The note stays in the ledger. Raises ValidationError for `assignee` and `note`; Conflict;
    PermissionDenied for who neither has the claim in hand nor may assign claims.
    """
    claim = turns.read(claim, version)
    if not may_hand_over(actor, claim):
        allow(actor, "assign_claim")
    checks = Checks()
    if claim.outcome:
        checks.add("assignee", _("This claim is decided: there is nothing left to hand over."))
    elif claim.assignee == to:
        checks.add("assignee", _("%(name)s has it already.") % {"name": to})
    elif not to.has_perm("verification.view_claim"):
        checks.add("assignee", _("%(name)s cannot open claims.") % {"name": to})
    checks.text("note", note, longest=NOTE_MAX)
    checks.done()
    before = claim.assignee
    claim.assignee = to
    turns.take(claim, assignee=to, next_reminder_at=schedule.first_look(claim, now))
    ledger.append(
        actor=actor,
        action="claim handed over",
        claim=claim,
        now=now,
        content={"assignee": to, "before": before, "reason": note.strip()},
    )
    return claim
