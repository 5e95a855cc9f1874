"""Watching a claim that is somebody else's: one is told where the beat's ladder says so."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from verification.models import Claim, User, Watch
from verification.services import ledger, looks
from verification.services.errors import allow


@transaction.atomic
def watch(*, actor: User, claim: Claim, now: datetime, user: User | None = None) -> Watch:
    """Adds `user` (none: the actor) to those who watch the claim; who watches it already stays so.

    Anyone who may see the claim, for oneself; whoever may assign it, for anybody. Raises
    ValidationError for `user` and PermissionDenied.
    """
    user = _allowed(actor, user)
    ledger.hold()
    if not user.has_perm("verification.view_claim"):
        # Inactive users hold no permission at all.
        raise ValidationError({"user": _("%(name)s cannot open claims.") % {"name": user}})
    looks.at_claim(claim, now)
    return Watch.objects.get_or_create(claim=claim, user=user, defaults={"since": now})[0]


@transaction.atomic
def unwatch(*, actor: User, claim: Claim, user: User | None = None) -> bool:
    """Takes `user` (none: the actor) from those who watch the claim. False where it was none."""
    user = _allowed(actor, user)
    ledger.hold()
    removed, _rows = Watch.objects.filter(claim=claim, user=user).delete()
    return bool(removed)


def _allowed(actor: User, user: User | None) -> User:
    """Whose watch it is about, if the actor may say anything about it."""
    allow(actor, "view_claim")
    if user is not None and user != actor:
        allow(actor, "assign_claim")
    return user or actor
