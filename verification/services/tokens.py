"""The tokens of programs: made, limited, used, revoked.

A token is the key of a program that acts for one user. What it may do is what its scopes and that
user's role both allow, asked anew with every request: a role that is taken away, or a user who has
left, takes all of it away at once.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from verification import roles
from verification.models import ApiToken, User
from verification.services import ledger
from verification.services.drafts import Checks, one_line
from verification.services.errors import allow
from verification.services.people import within_reach

#: The longest that a token with an end can last, in days.
DAYS_MAX = 3650
#: The use of a token is written down at most so often.
USE_WRITTEN = timedelta(minutes=1)


@transaction.atomic
def create(
    *,
    actor: User | None,
    user: User,
    now: datetime,
    name: str = "",
    scopes: Collection[str] | None = None,
    days: int | None = None,
) -> tuple[ApiToken, str]:
    """Makes a token and returns its row and the token itself, of which only a hash is kept.

    `scopes` are some of `roles.SCOPES`; none are for reading what is public, and None stands for
    all that the user may. It ends after `days`; None: when somebody revokes it. `actor` is none on
    the command line. Raises ValidationError (`user`, `name`, `scopes`, `days`), PermissionDenied.
    """
    if actor is not None:
        allow(actor, "add_apitoken")
        _reach(actor, user)
    ledger.hold()
    named = one_line(name)
    checks = Checks()
    checks.text("name", named, longest=ApiToken._meta.get_field("name").max_length)
    if not user.is_active:
        checks.add(
            "user",
            _("“%(name)s” has left the desk: only active users have tokens.")
            % {"name": user.username},
        )
    unknown = sorted(set(scopes or ()) - set(roles.SCOPES))
    if unknown:
        checks.add(
            "scopes",
            _("“%(scope)s” is not one of: %(known)s.")
            % {"scope": unknown[0], "known": ", ".join(roles.SCOPES)},
        )
    if days is not None and not 1 <= days <= DAYS_MAX:
        checks.add("days", _("Enter a number from 1 to %(most)s.") % {"most": DAYS_MAX})
    checks.done()
    kept = None if scopes is None else [scope for scope in roles.SCOPES if scope in scopes]
    row, token = ApiToken.objects.create(
        user=user, name=named, scopes=kept, created_by=actor, expiry=None
    )
    if days is not None:
        # By the clock of the caller, and not by the library's.
        row.expiry = now + timedelta(days=days)
        row.save(update_fields=["expiry"])
    ledger.append(
        actor=actor,
        action="token created",
        now=now,
        content={
            "user": user.username,
            "name": row.name,
            "token": row.token_key,
            "scopes": "all" if kept is None else kept,
            "days": days,
        },
    )
    return row, token


@transaction.atomic
def revoke(*, actor: User, token: ApiToken, now: datetime) -> None:
    """Ends a token at once. Raises PermissionDenied."""
    allow(actor, "delete_apitoken")
    _reach(actor, token.user)
    content = {"user": token.user.username, "name": token.name, "token": token.token_key}
    token.delete()
    ledger.append(actor=actor, action="token revoked", now=now, content=content)


def note_use(token: ApiToken, now: datetime) -> None:
    """Writes down that the token was used, at most once in a minute, whoever else does the same."""
    earlier = now - USE_WRITTEN
    if token.last_used_at is not None and token.last_used_at > earlier:
        return
    ApiToken.objects.filter(
        Q(last_used_at__isnull=True) | Q(last_used_at__lte=earlier), pk=token.pk
    ).update(last_used_at=now)


def _reach(actor: User, user: User) -> None:
    if not within_reach(actor, user):
        raise PermissionDenied(_("This user holds permissions that you do not have."))
