"""Signed addresses in mails: each says who may do what with it, and for how long.

A link opens a page that asks; only a POST from that page, or a mail program's own one-click POST,
changes anything. The token is all that allows it, and allows nothing else.
"""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from verification.emails.base import absolute
from verification.models import User

#: A link of a mail's footer works for as long as somebody may keep the mail.
UNSUBSCRIBE_MAX_AGE = 366 * 24 * 3600
_UNSUBSCRIBE_SALT = "borneout.unsubscribe"


def unsubscribe_url(user: User) -> str:
    """The address that ends the mails which this recipient may do without."""
    token = signing.dumps(user.pk, salt=_UNSUBSCRIBE_SALT)
    return absolute(reverse("unsubscribe", args=[token]))


def unsubscribing_user(token: str) -> int:
    """The primary key in the token of such an address. Raises signing.BadSignature."""
    return int(signing.loads(token, salt=_UNSUBSCRIBE_SALT, max_age=UNSUBSCRIBE_MAX_AGE))
