"""Who is told: from whoever answers for a claim to the last resort."""

from __future__ import annotations

from functools import cached_property

from django.contrib.auth.models import Permission
from django.db.models import Q

from verification.models import Claim, Suppression, User


class Routing:
    """Finds the recipients of a batch of claims; what they share is read once, when asked for.

    Make one for each batch: it does not hear of what changes later.
    """

    @cached_property
    def _refused(self) -> frozenset[str]:
        return frozenset(Suppression.objects.values_list("address", flat=True))

    @cached_property
    def managing_editors(self) -> list[User]:
        """Everybody who may revise verdicts, and can be reached: the last resort."""
        permission = Permission.objects.filter(
            codename="revise_claim", content_type__app_label="verification"
        )
        users = User.objects.filter(
            Q(groups__permissions__in=permission) | Q(is_superuser=True), is_active=True
        ).distinct()
        return [user for user in users if self.reaches(user)]

    def reaches(self, user: User) -> bool:
        """Whether a mail to the user can arrive at all."""
        return user.is_active and bool(user.email) and user.email.casefold() not in self._refused

    def owners(self, claim: Claim) -> list[User]:
        """Who is answerable for the claim; empty where nobody can be reached.

        The assignee, else who logged it, else the beat's editor, else every managing editor.
        """
        for user in (claim.assignee, claim.logged_by, claim.beat.editor):
            if user is not None and self.reaches(user):
                return [user]
        return self.managing_editors
