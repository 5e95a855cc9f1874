"""Passwords that users set themselves: changed, or forgotten and set by a link in a mail."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import password_validation
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from verification.models import AccountNotice, User
from verification.models.choices import AccountEvent, Gate
from verification.services import account_notices, attempts, desk_sessions, people

#: Users that share one address and are all written to.
MOST = 5


def ask(*, name: str, address: str, now: datetime) -> None:
    """Sees that whoever has this user name or e-mail address is sent a link for a new password.

    Nothing tells the caller whether there is anybody: the work is the same, and the mail is written
    by the next sweep. Who asks too often is answered likewise and sent nothing.
    """
    name = " ".join(name.replace("\0", "").split())[:254]
    keys: list[attempts.Key] = [
        (Gate.RESET_NAME, name.casefold()), (Gate.RESET_ADDRESS, address)
    ]  # fmt: skip
    if attempts.take(keys=keys, now=now) is None:
        return
    users: list[User | None] = list(
        User.objects.filter(
            Q(username=name) | Q(email__iexact=name), is_active=True, is_staff=True
        ).order_by("pk")[:MOST]
    )
    AccountNotice.objects.bulk_create(
        AccountNotice(user=user, event=AccountEvent.RESET, at=now, address=address)
        for user in users or [None]
    )


def check_token(*, user: User | None, token: str) -> bool:
    """Whether the link still holds: an hour old at most, never used, of somebody who may sign in.

    It ends with the next sign-in and with any change of the password or the address.
    """
    return (
        user is not None
        and user.is_active
        and user.is_staff
        and default_token_generator.check_token(user, token)
    )


@transaction.atomic
def set_by_token(
    *, user: User, token: str, password: str, again: str, address: str, now: datetime
) -> None:
    """Sets the password of who has come by the link of a mail. Signs nobody in.

    The second factor stays: a mailbox alone is not a way in. Raises ValidationError (by field).
    """
    # Held, so that of two at the same moment the second finds the link used.
    user = User.objects.select_for_update().get(pk=user.pk)
    if not check_token(user=user, token=token):
        raise ValidationError(_("This link does not hold any more. Ask for a new one."))
    _set(user=user, password=password, again=again, keep=None, address=address, now=now)
    attempts.open_for(user)


def change(
    *,
    user: User,
    old: str,
    password: str,
    again: str,
    keep: str | None,
    address: str,
    now: datetime,
) -> User:
    """Changes one's own password; every other session than the one with the key `keep` ends.

    Must be called outside any transaction, for a wrong try is counted. Raises ValidationError (by
    field).
    """
    if not confirmed(user=user, password=old, address=address, now=now):
        raise ValidationError({"old_password": _("This is not your password.")})
    _set(user=user, password=password, again=again, keep=keep, address=address, now=now)
    return user


def confirmed(*, user: User, password: str, address: str, now: datetime) -> bool:
    """Whether it is the user's password: asked again before something that a thief would do.

    Counted like the tries of signing in, so that an open session is no place to guess from; so it
    must be called outside any transaction that is undone.
    """
    keys: list[attempts.Key] = [(Gate.NAME, f"{user.username.casefold()}\n{address}")]
    if attempts.take(keys=keys, now=now, user=user) is None or not user.check_password(password):
        return False
    attempts.forget(keys=keys)
    return True


@transaction.atomic
def _set(
    *, user: User, password: str, again: str, keep: str | None, address: str, now: datetime
) -> None:
    if password != again:
        raise ValidationError({"new_password2": _("The two passwords differ.")})
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"new_password1": error.messages}) from error
    user.set_password(password)
    user.save(update_fields=["password"])
    desk_sessions.end_all(user=user, keep=keep)
    account_notices.leave(user=user, event=AccountEvent.PASSWORD, address=address, now=now)
    people.write_down(actor=user, action="password changed", user=user, now=now)
