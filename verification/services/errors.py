"""What a service may raise besides Django's ValidationError and PermissionDenied."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from verification.models import Claim, User


class Conflict(Exception):  # noqa: N818  the design's and HTTP's own word
    """Somebody else changed the claim meanwhile; nothing was written.

    `claim` is the claim as it stands now, so that a face can show what happened.
    """

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        super().__init__(
            _("This claim was changed meanwhile: it is at version %(version)s. Nothing was saved.")
            % {"version": claim.version}
        )


def allow(actor: User | AbstractBaseUser | AnonymousUser, permission: str) -> None:
    """Raises PermissionDenied unless the actor holds `permission` (a codename of this app)."""
    if not actor.has_perm(f"verification.{permission}"):  # type: ignore[union-attr]
        raise PermissionDenied(
            _("Your role does not include this permission: %(permission)s.")
            % {"permission": permission}
        )
