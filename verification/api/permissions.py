"""Who may call what."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from verification.models import Claim
from verification.querysets import ClaimQuerySet


class MayUse(BasePermission):
    """Anybody reads what is public; a change takes a token or a session, and a permission.

    A view names the permissions in `needs`: for each method, codenames of which one is enough. The
    services ask again, and more exactly; this only refuses before the body is looked at.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the request may go on: 401 without a user, 403 without the permission."""
        if request.method in SAFE_METHODS or request.method not in view.allowed_methods:
            return True
        if not request.user.is_authenticated:
            return False
        needs = view.needs[request.method]
        self.message = _("Your role does not include this permission: %(permission)s.") % {
            "permission": ", ".join(needs)
        }
        return any(request.user.has_perm(f"verification.{codename}") for codename in needs)


def sees_internal(user: Any) -> bool:
    """Whether the user may read claims that are not public."""
    return bool(user.has_perm("verification.view_claim"))


def claims_for(user: Any) -> ClaimQuerySet:
    """The claims that exist for this user."""
    return Claim.objects.all() if sees_internal(user) else Claim.objects.public()
