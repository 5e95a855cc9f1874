"""Who may call what."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from verification.models import Beat, Claim, Source
from verification.querysets import BeatQuerySet, ClaimQuerySet, SourceQuerySet
from verification.services.errors import allow, refuse


class MayUse(BasePermission):
    """Anybody reads what is public; a change takes a token or a session, and a permission.

    A view names the permissions in `needs`: for each method, codenames of which one is enough, and
    in `sees_all` the methods of which an answer may tell what only internal claims name. The
    services ask again, and more exactly; this only refuses before the body is looked at.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the request may go on: 401 without a user, 403 without the permission."""
        if request.method in SAFE_METHODS or request.method not in view.allowed_methods:
            return True
        if not request.user.is_authenticated:
            return False
        needs = view.needs[request.method]
        if not any(request.user.has_perm(f"verification.{codename}") for codename in needs):
            refuse(request.user, *needs)
        if request.method in view.sees_all:
            allow(request.user, "view_claim")
        return True


def sees_internal(user: Any) -> bool:
    """Whether the user may read claims that are not public."""
    return bool(user.has_perm("verification.view_claim"))


def claims_for(user: Any) -> ClaimQuerySet:
    """The claims that exist for this user."""
    return Claim.objects.all() if sees_internal(user) else Claim.objects.public()


def sources_for(user: Any) -> SourceQuerySet:
    """The sources that exist for this user: not those that only internal claims name."""
    return Source.objects.all() if sees_internal(user) else Source.objects.readable()


def beats_for(user: Any) -> BeatQuerySet:
    """The beats that exist for this user: not those on which there are internal claims only."""
    return Beat.objects.all() if sees_internal(user) else Beat.objects.readable()


def source_at(slug: str, user: Any) -> Source:
    """The source at an address; for one that was merged, the source that it was merged into.

    Raises Http404.
    """
    rows = sources_for(user).select_related("outlet", "merged_into__outlet")
    found = get_object_or_404(rows, slug=slug)
    return found.merged_into or found
