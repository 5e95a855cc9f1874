"""Signed addresses in mails: each says who may do what with it, and for how long.

A link opens a page that asks; only a POST from that page, or a mail program's own one-click POST,
changes anything. The token is all that allows it, and allows nothing else.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.core import signing
from django.urls import reverse

from verification.emails.base import absolute
from verification.models import Claim, User

#: A link of a mail's footer works for as long as somebody may keep the mail.
UNSUBSCRIBE_MAX_AGE = 366 * 24 * 3600
_UNSUBSCRIBE_SALT = "borneout.unsubscribe"


def unsubscribe_url(user: User, topic: str = "heads-up") -> str:
    """The address that ends the mails of this topic, which the recipient may do without."""
    token = signing.dumps(user.pk, salt=_UNSUBSCRIBE_SALT)
    return absolute(reverse("unsubscribe", args=[token]))


def unsubscribing_user(token: str) -> int:
    """The primary key in the token of such an address. Raises signing.BadSignature."""
    return int(signing.loads(token, salt=_UNSUBSCRIBE_SALT, max_age=UNSUBSCRIBE_MAX_AGE))


Action = Literal["snooze", "hand-over", "extend"]
#: What each action takes, and the page of the desk that does it.
_ACTIONS: dict[Action, tuple[str, str]] = {
    "snooze": ("view_claim", "change"),
    "hand-over": ("assign_claim", "assign"),
    "extend": ("extend_claim", "extend"),
}


def may(action: Action, claim: Claim, user: User) -> bool:
    """Whether the user may do this with the claim."""
    return user.has_perm(f"verification.{_ACTIONS[action][0]}")


def action_url(action: Action, claim: Claim, user: User, *, deadline: date) -> str:
    """The address of the page that does this with the claim, once it is confirmed there."""
    return absolute(reverse(f"admin:verification_claim_{_ACTIONS[action][1]}", args=[claim.pk]))
