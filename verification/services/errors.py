"""What a service may raise besides Django's ValidationError and PermissionDenied."""

from __future__ import annotations

from typing import NoReturn

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


class ScopeMissing(PermissionDenied):
    """The user may do it, and the token may not: it lacks `scope` (one of `roles.SCOPES`)."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__(_("This token does not have the scope “%(scope)s”.") % {"scope": scope})


def allow(actor: User | AbstractBaseUser | AnonymousUser, permission: str) -> None:
    """Raises PermissionDenied unless the actor holds `permission` (a codename of this app).

    ScopeMissing, where it is the token that does not have it.
    """
    if not actor.has_perm(f"verification.{permission}"):  # type: ignore[union-attr]
        refuse(actor, permission)


def refuse(actor: User | AbstractBaseUser | AnonymousUser, *permissions: str) -> NoReturn:
    """Raises what `allow` raises, for an actor who holds none of several permissions."""
    if isinstance(actor, User):
        for permission in permissions:
            scope = actor.scope_missing(permission)
            if scope:
                raise ScopeMissing(scope)
    raise PermissionDenied(
        _("Your role does not include this permission: %(permission)s.")
        % {"permission": ", ".join(permissions)}
    )
