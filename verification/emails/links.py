"""Signed addresses in mails: each says who may do what with it, and for how long.

A link opens a page that asks; only a POST from that page, or a mail program's own one-click POST,
changes anything. The token is all that allows it, and allows nothing else: one action, one claim,
one user, one deadline; or one kind of mail of one user.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.core import signing

from verification.emails.base import page
from verification.models import Claim, User

Action = Literal["snooze", "hand-over", "extend"]
ACTIONS: tuple[Action, ...] = ("snooze", "hand-over", "extend")
#: Whether a user holds a permission (a codename of this app).
Holds = Callable[[User, str], bool]
#: The permissions that the links of a mail ask for.
ASKED = ("view_claim", "extend_claim", "assign_claim")
#: What one may do without: mails before a deadline, and the weekly digest.
Optional = Literal["heads-up", "digest"]
OPTIONAL: tuple[Optional, ...] = ("heads-up", "digest")

#: In 60 days a claim is decided, or somebody has had a newer mail about it.
ACTION_MAX_AGE = 60 * 24 * 3600
#: A link of a mail's footer works for as long as somebody may keep the mail.
UNSUBSCRIBE_MAX_AGE = 366 * 24 * 3600
_ACTION_SALT = "borneout.mail."
_UNSUBSCRIBE_SALT = "borneout.unsubscribe"


@dataclass(frozen=True, slots=True)
class Scope:
    """What the token of a mail's link allows: primary keys, and the deadline that it was about.

    `held` says whether the user had the claim in hand when the mail was written.
    """

    claim: int
    user: int
    deadline: date
    held: bool


def action_url(action: Action, claim: Claim, user: User, *, deadline: date) -> str:
    """The address of the page on which `user` can do `action` with the claim."""
    scope = [claim.pk, user.pk, deadline.isoformat(), int(claim.holder_id == user.pk)]
    token = signing.dumps(scope, salt=_ACTION_SALT + action)
    return page("mail_link", action, token)


def scope_of(action: Action, token: str) -> Scope:
    """What the token allows. Raises signing.SignatureExpired, or signing.BadSignature."""
    claim, user, deadline, held = signing.loads(
        token, salt=_ACTION_SALT + action, max_age=ACTION_MAX_AGE
    )
    return Scope(claim=claim, user=user, deadline=date.fromisoformat(deadline), held=bool(held))


def _asks(user: User, permission: str) -> bool:
    return user.has_perm(f"verification.{permission}")


def may(action: Action, claim: Claim, user: User, holds: Holds = _asks) -> bool:
    """Whether the user may do this with the claim: no other links are printed in a mail."""
    if not holds(user, "view_claim"):
        return False
    if action == "extend":
        return holds(user, "extend_claim")
    if action == "hand-over":
        return claim.holder_id == user.pk or holds(user, "assign_claim")
    return True


def unsubscribe_url(user: User, what: Optional = "heads-up") -> str:
    """The address that ends a kind of mail which this recipient may do without."""
    token = signing.dumps([user.pk, what], salt=_UNSUBSCRIBE_SALT)
    return page("unsubscribe", token)


def unsubscribing(token: str) -> tuple[int, Optional]:
    """The user (primary key) and the kind of mail in such an address.

    Raises signing.BadSignature.
    """
    scope = signing.loads(token, salt=_UNSUBSCRIBE_SALT, max_age=UNSUBSCRIBE_MAX_AGE)
    if isinstance(scope, int):
        # Mails of before there was a digest name nobody but the user.
        return scope, "heads-up"
    user, what = scope
    return user, what
