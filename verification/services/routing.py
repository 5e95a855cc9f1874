"""Who is told: from whoever answers for a claim to the last resort."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from verification.emails.links import Holds
from verification.models import Claim, Suppression, User

#: Whether somebody cannot be told of a claim, for a reason of that claim.
Passed = Callable[[User], bool]


def holding(permission: str) -> QuerySet[User]:
    """Everybody active who holds `permission` (a codename of this app)."""
    held = {"codename": permission, "content_type__app_label": "verification"}
    return (
        User.objects.filter(is_active=True)
        .filter(
            Q(is_superuser=True)
            | Q(**{f"groups__permissions__{name}": value for name, value in held.items()})
            | Q(**{f"user_permissions__{name}": value for name, value in held.items()})
        )
        .distinct()
    )


def holders(users: Iterable[User], permissions: Iterable[str]) -> Holds:
    """Who of some users holds which of some permissions: what `holding` says, for many at once.

    Two queries, and none for any question after that.
    """
    active = {user.pk: user for user in users if user.is_active}
    asked = Permission.objects.filter(
        codename__in=permissions, content_type__app_label="verification"
    )
    held = {
        pair
        for way in ("user", "group__user")
        for pair in asked.filter(**{f"{way}__in": active}).values_list(way, "codename")
    }
    return lambda user, permission: (
        user.pk in active and (user.is_superuser or (user.pk, permission) in held)
    )


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
        return [user for user in holding("revise_claim").order_by("pk") if self.reaches(user)]

    def reaches(self, user: User) -> bool:
        """Whether a mail to the user can arrive at all."""
        return user.is_active and bool(user.email) and user.email.casefold() not in self._refused

    def in_line(self, claim: Claim) -> list[User]:
        """Who answers for the claim, one after the other, as far as they can be reached.

        The assignee, who logged it, the beat's editor. After them come the managing editors.
        """
        line = (claim.assignee, claim.logged_by, claim.beat.editor)
        return [user for user in line if user is not None and self.reaches(user)]

    def owners(self, claim: Claim, passed: Passed = lambda user: False) -> list[User]:
        """Who is answerable for the claim; empty where nobody can be reached.

        The first in line, else every managing editor; those that are `passed` over left out.
        """
        for user in self.in_line(claim):
            if not passed(user):
                return [user]
        return [user for user in self.managing_editors if not passed(user)]
